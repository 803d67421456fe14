import shutil
from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command

from articles import revisions, workflow
from articles.content import restore
from articles.content_files import ContentFileError, dump, export, load, read_folder
from articles.models import Article, Document, EvidenceChange, Revision, Source
from articles.shapes import content_hash

from .. import factories
from ..factories import article_content, draft, drug_content, effect_content, listing, published_world, source_content

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def folder(tmp_path):
    """A folder of three documents: a source, an effect and a medicine that lists it."""

    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content if isinstance(content, str) else dump(content), encoding="utf-8")
        return path

    write("sources/test.yaml", [source_content()])
    write("effects/test-ache.yaml", effect_content())
    write("medicines/testamol.yaml", drug_content(effects=[listing(findings=[{"low": 1, "high": 2.5}])]))
    tmp_path.write = write
    return tmp_path


@pytest.fixture
def tmp_path(tmp_path):
    class Folder(type(tmp_path)):
        """A path that carries the write() of the fixture above."""

    return Folder(tmp_path)


class TestLoad:
    def test_the_second_run_changes_nothing(self, folder):
        first, _ = load(folder)
        revisions = Revision.objects.count()

        second, _ = load(folder)

        assert first == {"created": 3}
        assert second == {"unchanged": 3}
        assert Revision.objects.count() == revisions

    def test_a_changed_file_becomes_a_new_live_version(self, folder):
        load(folder)
        folder.write("effects/test-ache.yaml", effect_content(name="Better name"))

        outcomes, _ = load(folder)

        assert outcomes == {"updated": 1, "unchanged": 2}
        assert Document.objects.get(slug="test-ache").live.content["name"] == "Better name"

    def test_what_was_edited_on_the_site_is_never_overwritten(self, folder):
        load(folder)
        draft(effect_content(name="Edited here"))
        folder.write("effects/test-ache.yaml", effect_content(name="Shipped later"))

        outcomes, notes = load(folder)

        assert notes == ["effect test-ache: edited here, skipped"]
        assert outcomes["skipped"] == 1
        assert workflow.latest_revision(Document.objects.get(slug="test-ache")).content["name"] == "Edited here"

    def test_pages_that_rest_on_a_changed_file_are_to_be_looked_at_and_its_old_link_is_forgotten(self, folder):
        load(folder)
        Source.objects.filter(slug="test-label").update(link_state="dead")
        address = "https://www.example.org/label"
        folder.write("sources/test.yaml", [source_content(title="Newer label", address=address, linkable=True)])

        load(folder)

        waiting = EvidenceChange.objects.filter(settled_at=None).values_list("page__slug", flat=True)
        assert set(waiting) == {"testamol"}
        assert Source.objects.get(slug="test-label").link_state == ""

    def test_what_was_withdrawn_on_the_site_stays_withdrawn(self, folder):
        load(folder)
        document = Document.objects.get(slug="test-ache")
        workflow.withdraw(document, by=factories.publisher(), reason="Wrong")

        _, notes = load(folder)

        document.refresh_from_db()
        assert notes == ["effect test-ache: withdrawn here, skipped"]
        assert document.live is None

    @pytest.mark.parametrize("edited", [False, True], ids=["the same as its file", "edited here"])
    def test_it_takes_no_pair_out_of_an_article(self, folder, edited):
        folder.write("articles/a.yaml", article_content(pairs=["testamol/test-ache"]))
        load(folder)
        if edited:
            draft(article_content(pairs=["testamol/test-ache"], subtitle="Edited here"))
        folder.write("medicines/testamol.yaml", drug_content(effects=[]))

        with pytest.raises(ContentFileError, match="leads the pair testamol/test-ache"):
            load(folder)

        assert Article.objects.get(slug="does-testamol-ache").pairs.count() == 1

    def test_it_loads_all_or_nothing(self, folder):
        folder.write("medicines/zz-bad.yaml", drug_content("zz-bad", effects=[listing("no-such-effect")]))

        with pytest.raises(ContentFileError):
            load(folder)

        assert not Document.objects.filter(slug__in=["test-ache", "testamol", "zz-bad"]).exists()


class TestMistakes:
    def mistake(self, folder):
        with pytest.raises(ContentFileError) as refused:
            load(folder)
        return refused.value.mistakes[0]

    def test_an_unknown_reference_is_named_with_file_line_and_key(self, folder):
        path = folder.write("medicines/testamol.yaml", drug_content(effects=[listing(sources=["nobody"])]))
        line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if text.strip() == "sources:")

        mistake = self.mistake(folder)

        assert mistake.startswith(f"{path}, line {line}, effects > test-ache > sources: no source is called 'nobody'")

    def test_a_percent_that_is_too_high_is_named_with_its_line(self, folder):
        path = folder.write("medicines/testamol.yaml", drug_content(effects=[listing(findings=[{"high": 111}])]))
        line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if "high: 111" in text)

        assert f"line {line}, effects > test-ache > findings > f1 > high:" in self.mistake(folder)

    def test_a_name_given_twice_is_refused(self, folder):
        folder.write("effects/test-ache.yaml", "kind: effect\nslug: test-ache\nname: One\nname: Two\n")

        assert "line 4: 'name' is given twice" in self.mistake(folder)

    def test_broken_yaml_is_named_with_its_line(self, folder):
        folder.write("effects/test-ache.yaml", "kind: effect\nslug: [unclosed\n")

        assert "test-ache.yaml, line 3" in self.mistake(folder)

    def test_a_file_that_is_no_text_is_named(self, folder):
        (folder / "effects" / "test-ache.yaml").write_bytes(b"\xff\xfe\x00")

        assert "not a readable YAML file" in self.mistake(folder)

    def test_the_same_document_in_two_files_is_refused(self, folder):
        folder.write("effects/again.yaml", effect_content())

        assert "stands in" in self.mistake(folder)

    def test_all_mistakes_are_named_at_once(self, folder):
        folder.write("effects/one.yaml", effect_content("one", colour="red"))
        folder.write("effects/two.yaml", effect_content("two", colour="blue"))

        with pytest.raises(ContentFileError) as refused:
            read_folder(folder)

        assert len(refused.value.mistakes) == 2

    def test_yaml_cannot_run_code(self, folder):
        folder.write("effects/test-ache.yaml", "!!python/object/apply:os.system ['true']")

        assert "could not determine a constructor" in self.mistake(folder)

    def test_the_command_says_that_nothing_was_loaded(self, folder):
        folder.write("effects/test-ache.yaml", "kind: poem\n")

        with pytest.raises(CommandError, match="Nothing was loaded"):
            call_command("load_content", str(folder))


class TestExport:
    def test_what_is_exported_loads_again_unchanged(self, tmp_path):
        export(tmp_path)

        outcomes, _ = load(tmp_path)

        assert set(outcomes) == {"unchanged"}
        assert outcomes["unchanged"] == Document.objects.count()

    def test_a_version_set_aside_is_not_exported(self, tmp_path):
        document = draft(effect_content())
        revisions.set_aside(document, effect_content(name="Set aside"), author=factories.writer(), based_on=1)

        export(tmp_path)

        assert "Set aside" not in (tmp_path / "effects" / "test-ache.yaml").read_text()

    def test_the_shipped_files_are_exactly_what_an_export_writes(self, tmp_path, settings):
        export(tmp_path, live=True)

        written = {path.relative_to(tmp_path): path.read_text() for path in tmp_path.rglob("*.yaml")}
        fixtures = settings.BASE_DIR / "fixtures"
        shipped = {path.relative_to(fixtures): path.read_text() for path in fixtures.rglob("*.yaml")}
        assert written == shipped

    def test_drafts_come_along_unless_only_live_content_is_asked_for(self, tmp_path):
        draft(effect_content("only-a-draft"))

        export(tmp_path / "all")
        export(tmp_path / "live", live=True)

        assert (tmp_path / "all/effects/only-a-draft.yaml").exists()
        assert not (tmp_path / "live/effects/only-a-draft.yaml").exists()

    def test_whatever_an_editor_types_survives_the_round_trip(self, tmp_path):
        published_world()
        awkward = "no\n- not: a list\n\ttab  \r\nnull: ~ 'quotes\" \u00e9\u2028\U0001f48a #no comment\n\n"
        document = draft(article_content(lead=awkward, faqs=[{"key": "no", "question": "yes", "answer": "1.0"}]))

        export(tmp_path)

        content = yaml.safe_load((tmp_path / "articles/does-testamol-ache.yaml").read_text(encoding="utf-8"))
        assert content_hash(content) == workflow.latest_revision(document).content_hash

    def test_it_can_be_deleted_and_restored_from_its_file(self, tmp_path):
        published_world()
        document = draft(article_content())
        export(tmp_path)
        workflow.discard(document, by=factories.writer())

        restored = restore(yaml.safe_load((tmp_path / "articles/does-testamol-ache.yaml").read_text()))

        assert restored.title == "Does testamol ache?"

    def test_the_commands_report_what_they_did(self, tmp_path):
        out = StringIO()

        call_command("export_content", str(tmp_path), stdout=out)
        call_command("load_content", str(tmp_path), stdout=out)
        call_command("rebuild", stdout=out)
        shutil.rmtree(tmp_path)

        assert f"{Document.objects.count()} documents written" in out.getvalue()
        assert "0 created, 0 updated" in out.getvalue()
        assert "listed effect: 1101 rows" in out.getvalue()
