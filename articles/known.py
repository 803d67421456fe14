"""What the check and the search know: read once per process, and again after each publication, which the log tells.

Small things only (names, rules, words): the figures of a pair are read from ListedEffect when they are asked for.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Subquery

from .models import Document, KnownName, ListedEffect, ReviewEvent, SearchEntry
from .models.words import wording_lines
from .understanding.lexicon import Lexicon
from .understanding.names import name_key

Kind = Document.Kind
_DRUG_FIELDS = (
    "name",
    "us_name",
    "names",
    "rxcui",
    "atc",
    "former_atc",
    "other_atc",
    "uses",
    "related",
    "stop_warning",
    "stop_effects",
)
_WHOLE = (
    Kind.EFFECT,
    Kind.RED_FLAG,
    Kind.CASCADE,
    Kind.HELP_LINE,
    Kind.LOOK_ALIKE,
    Kind.WORD_GROUP,
    Kind.AMBIGUOUS_WORD,
)


@dataclass(frozen=True, eq=False)  # one object a version: views cache by it
class Known:
    """`medicines`, `symptoms`: {slug: name} of all that is live; `classes`: {drug: (class slug, class name)}; `areas`: the
    body area of each effect; `listed_by`: how many medicines list it; `uses`: {drug: what it is for, in words};
    `effects`: {slug: live content}; `stops`: {drug: what happens on stopping} of those that must not be stopped suddenly;
    `look_alikes`: {key of a name: [(name, the other name, why)]}; `related`: {key of a name: (name, drug it is confused with)}.
    """

    medicines: dict
    symptoms: dict
    classes: dict
    areas: dict
    listed_by: dict
    uses: dict
    effects: dict
    stops: dict
    rules: list
    cascades: list
    help_lines: list
    look_alikes: dict
    related: dict
    lexicon: Lexicon
    _sources_read: dict = field(default_factory=dict)
    _sources: dict = field(default_factory=dict)

    def sources(self, slugs):
        """{slug: live content} of these sources; each is read when it is first asked for."""
        if missing := set(slugs) - self._sources.keys():
            contents = Document.objects.contents(source=missing)
            self._sources.update({slug: contents.get((Kind.SOURCE, slug)) for slug in missing})
        return {slug: self._sources[slug] for slug in slugs if self._sources[slug]}

    def sources_read(self, drug):
        """Slugs of every source of a medicine's side effects; its content is read when first asked for."""
        if drug not in self._sources_read:
            content = Document.objects.contents(drug=[drug]).get((Kind.DRUG, drug), {})
            slugs = set()
            for listing in content.get("effects", []):
                slugs.update(
                    listing.get("sources", []), *(finding["sources"] for finding in listing.get("findings", []))
                )
            self._sources_read[drug] = sorted(slugs)
        return self._sources_read[drug]


_held = (None, None)


def known():
    """One query, unless something was published since the last time."""
    global _held
    version = _version()
    if _held[0] != version:
        _held = (version, _read())
    return _held[1]


def _version():
    names = KnownName.objects.order_by("-pk").values("pk")[:1]
    return ReviewEvent.objects.order_by("-pk").values_list("pk", "at", Subquery(names)).first()


def _read():
    drugs = Document.objects.live().filter(kind=Kind.DRUG).order_by("slug")
    rows = drugs.values_list("slug", *(f"live__content__{field}" for field in _DRUG_FIELDS))
    contents = {(Kind.DRUG.value, slug): dict(zip(_DRUG_FIELDS, values, strict=True)) for slug, *values in rows}
    for content in contents.values():
        content["rxcui"] = str(content["rxcui"] or "")  # SQLite's JSON gives a text of digits back as a number
    medicines = {slug: content["name"] for (_, slug), content in contents.items()}
    uses = {slug: what_for(content) for (_, slug), content in contents.items()}
    related = {}
    for (_, slug), content in contents.items():
        for other in content["related"] or ():
            related[name_key(other["name"])] = (other["name"], slug)
    drugs_read = dict(contents)
    contents |= Document.objects.contents(**{kind.value.replace("-", "_"): None for kind in _WHOLE})
    of_kind = defaultdict(list)
    for (kind, _), content in contents.items():
        of_kind[kind].append(content)
    names = KnownName.objects.order_by("pk").values_list("name", "kind", "country", "ingredient")
    entries = SearchEntry.objects.filter(kind=SearchEntry.Kind.EFFECT).order_by("title")
    classes, areas, listed_by = _listed()
    return Known(
        medicines=dict(sorted(medicines.items(), key=lambda item: item[1].casefold())),
        symptoms=dict(entries.values_list("slug", "title")),
        classes=classes,
        areas=areas,
        listed_by=listed_by,
        uses=uses,
        effects={slug: content for (kind, slug), content in contents.items() if kind == Kind.EFFECT},
        stops={
            slug: content["stop_effects"] or "" for (_, slug), content in drugs_read.items() if content["stop_warning"]
        },
        rules=of_kind[Kind.RED_FLAG],
        cascades=of_kind[Kind.CASCADE],
        help_lines=of_kind[Kind.HELP_LINE],
        look_alikes=_look_alikes(of_kind[Kind.LOOK_ALIKE]),
        related=related,
        lexicon=Lexicon(contents, list(names), wording_lines),
    )


def what_for(content):
    """'high blood pressure and angina': what a medicine is for, in few words; '' where that is not known."""
    uses = [use["text"].partition(" (")[0] for use in content.get("uses") or ()]
    return " and ".join(filter(None, [", ".join(uses[:2][:-1]), *uses[:2][-1:]]))


def _listed():
    classes, areas, listed_by = {}, {}, defaultdict(int)
    rows = ListedEffect.objects.values_list("drug_slug", "class_slug", "class_name", "effect_slug", "body_area")
    for drug, class_slug, class_name, effect, area in rows:
        classes[drug] = (class_slug, class_name)
        areas[effect] = area
        listed_by[effect] += 1
    return classes, areas, dict(listed_by)


def _look_alikes(contents):
    found = defaultdict(list)
    for content in contents:
        a, b = content["name_a"], content["name_b"]
        found[name_key(a)].append((a, b, content["why"]))
        found[name_key(b)].append((b, a, content["why"]))
    return dict(found)
