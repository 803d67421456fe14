"""Content documents as YAML files: reading a folder with good error messages, loading it, and writing it again."""

from collections import Counter, defaultdict
from pathlib import Path

import yaml
from django.db import transaction
from django.db.models import OuterRef, Subquery

from .importers import known_names
from .models import Article, Document, Revision
from .projection import rebuild
from .shapes import MODELS, ContentError, canonical, content_hash
from .workflow import publish_shipped

_FOLDERS = {"article": "articles", "drug": "medicines", "effect": "effects"}  # one file a document
NAMES_FILE = "names.csv"  # names of medicines: no documents, but read with them
_FILES = {
    "glossary-term": "glossary.yaml",
    "red-flag": "safety/red-flags.yaml",
    "cascade": "safety/cascades.yaml",
    "look-alike": "safety/look-alikes.yaml",
    "help-line": "safety/help-lines.yaml",
    "word-group": "words/groups.yaml",
    "ambiguous-word": "words/ambiguous.yaml",
}
_SOURCE_GROUPS = ("effects", "red-flags", "other-causes", "cascades", "timing", "glossary", "articles")


class ContentFileError(Exception):
    """Sentences that each name file, line and key of a mistake."""

    def __init__(self, mistakes):
        self.mistakes = mistakes
        super().__init__("\n".join(mistakes))


class _Loader(yaml.CSafeLoader):
    """Refuses a mapping that gives the same name twice; stock YAML keeps the last one without a word."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(None, None, f"'{key.value}' is given twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


class _Dumper(yaml.SafeDumper):
    """Block style all the way, rows indented under their name, texts of several lines as literal blocks."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, indentless=False)


def _represent_text(dumper, text):
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def read_folder(folder):
    """[(path, index or None, canonical content)] of all *.yaml files below a folder, in an order in which they can be stored.

    A file holds one document or a list of them. Raises ContentFileError with every mistake found, not only the first.
    """
    folder = Path(folder)
    found, mistakes, seen = [], [], {}
    for path in sorted(folder.rglob("*.yaml")):
        try:
            loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
        except yaml.MarkedYAMLError as error:
            mistakes.append(f"{path}, line {error.problem_mark.line + 1}: {error.problem}.")
            continue
        except (UnicodeDecodeError, yaml.YAMLError) as error:
            mistakes.append(f"{path}: this is not a readable YAML file ({error}).")
            continue
        for index, content in enumerate(loaded) if isinstance(loaded, list) else [(None, loaded)]:
            try:
                content = canonical(content)
            except ContentError as error:
                mistakes.append(_sentence(path, index, error))
                continue
            address = (content["kind"], content["slug"])
            if address in seen:
                mistakes.append(f"{path}: {content['kind']} '{content['slug']}' stands in {seen[address]} too.")
            seen[address] = path
            found.append((path, index, content))
    if mistakes:
        raise ContentFileError(mistakes)
    order = list(MODELS)
    return sorted(found, key=lambda item: order.index(item[2]["kind"]))


@transaction.atomic
def load(folder):
    """Publish every document of a folder, and read its names; all or nothing.

    Returns (Counter of outcomes, notes on what was skipped). A document that somebody edited or withdrew on this site is
    left alone.
    """
    # No editor saves one between the look at it and the loading. First held, then looked at: the query that waits for a
    # document would still see what it was before.
    list(Document.objects.held().order_by("slug").values_list("pk"))
    stored = _stored_documents()
    outcomes, notes = Counter(), []
    lost_before = _lost_pairs()
    for path, index, content in read_folder(folder):
        address = (content["kind"], content["slug"])
        digest, origin, state = stored.get(address, (None, None, None))
        if state == Document.State.WITHDRAWN:
            outcomes["skipped"] += 1
            notes.append(f"{content['kind']} {content['slug']}: withdrawn here, skipped")
        elif origin not in (None, Revision.Origin.SHIPPED):
            outcomes["skipped"] += 1
            notes.append(f"{content['kind']} {content['slug']}: edited here, skipped")
        elif digest == content_hash(content):
            outcomes["unchanged"] += 1
        else:
            try:
                publish_shipped(content)
            except ContentError as error:
                raise ContentFileError([_sentence(path, index, error)]) from error
            outcomes["created" if digest is None else "updated"] += 1
    if outcomes["created"] or outcomes["updated"]:
        _refuse_lost_pairs(lost_before)
        rebuild()
    names = Path(folder, NAMES_FILE)
    if names.exists():
        try:
            changes = known_names.load(known_names.read(names))
        except known_names.KnownNamesError as error:
            raise ContentFileError([str(error)]) from error
        if any(changes.values()):
            notes.append("names: " + ", ".join(f"{count:,} {outcome}" for outcome, count in changes.items()))
    return outcomes, notes


def _stored_documents():
    rows = Document.objects.annotate(digest=_of_latest("content_hash"), origin=_of_latest("origin"))
    return {
        (kind, slug): (digest, origin, state)
        for kind, slug, digest, origin, state in rows.values_list("kind", "slug", "digest", "origin", "state")
    }


def _of_latest(column):
    latest = Revision.objects.of_the_rows().filter(document=OuterRef("pk")).order_by("-number")
    return Subquery(latest.values(column)[:1])


def _lost_pairs():
    """{(slug of an article, pair)} that the article's latest version leads and its rows do not."""
    led = defaultdict(set)
    for article, drug, effect in Article.objects.values_list("pk", "pairs__drug__slug", "pairs__effect__slug"):
        led[article].add(f"{drug}/{effect}")
    articles = Article.objects.annotate(leads=_of_latest("content__pairs")).values_list("pk", "slug", "leads")
    return {(slug, pair) for pk, slug, leads in articles for pair in set(leads or []) - led[pk]}


def _refuse_lost_pairs(lost_before):
    """A medicine's file that lacks a side effect takes it out of the rows of an article that leads it and was not loaded."""
    if lost := sorted(_lost_pairs() - lost_before):
        raise ContentFileError(
            [
                f"article {slug} leads the pair {pair}, and the medicine's file does not list it any more. Take it off there "
                "first."
                for slug, pair in lost
            ]
        )


def export(folder, *, live=False):
    """Write every document's latest saved version (or only what readers see) as YAML; returns how many were written."""
    folder = Path(folder)
    documents = Document.objects.live() if live else Document.objects.all()
    content = "live__content" if live else "latest_content"
    rows = documents.annotate(latest_content=_of_latest("content"))
    files = {}
    drugs = list(Document.objects.filter(kind=Document.Kind.DRUG).values_list("slug", flat=True))
    count = 0
    for document in rows.order_by("kind", "slug").values_list(content, flat=True):
        if document is None:
            continue
        document = canonical(document)  # JSON columns of PostgreSQL do not keep the order of names
        files.setdefault(_file_of(document, drugs), []).append(document)
        count += 1
    for name, contents in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        single = contents[0]["kind"] in _FOLDERS
        path.write_text(dump(contents[0] if single else contents), encoding="utf-8")
    return count


def dump(content):
    """A content dict (or a list of them) as YAML text."""
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


def _file_of(content, drugs):
    if folder := _FOLDERS.get(content["kind"]):
        return f"{folder}/{content['slug']}.yaml"
    if name := _FILES.get(content["kind"]):
        return name
    groups = [group for group in (*drugs, *_SOURCE_GROUPS) if content["slug"].startswith(f"{group}-")]
    return f"sources/{max(groups, key=len, default='other')}.yaml"


def _sentence(path, index, error):
    """'fixtures/medicines/x.yaml, line 12, effects > nausea > band: ...'"""
    steps = error.path if index is None else (index, *error.path)
    line = _line(yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader), steps)
    where = " > ".join(map(str, error.path))
    return f"{path}, line {line}{', ' + where if where else ''}: {error.message}"


def _line(node, steps):
    """The line of the deepest part of the YAML text that the steps lead to; rows of a list are found by their key."""
    line = node.start_mark.line + 1
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == step), None)
            if found is None:
                return line
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode):
            node = _row(node, step)
            if node is None:
                return line
            line = node.start_mark.line + 1
        else:
            return line
    return line


def _row(node, step):
    if isinstance(step, int):
        return node.value[step]
    for row in node.value:
        if isinstance(row, yaml.MappingNode) and any(k.value == "key" and v.value == step for k, v in row.value):
            return row
    return None
