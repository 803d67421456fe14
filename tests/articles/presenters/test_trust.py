from types import SimpleNamespace

from articles.models import Revision
from articles.presenters.trust import number_sources, source_rows, trust

from .rows import SOURCE


def document(*, origin=Revision.Origin.SHIPPED, author=None, **signing):
    content = {"facts_checked": "2026-11-20", "review_due": "2027-11-20"}
    fields = dict.fromkeys(
        ("signed_on", "signed_first_name", "signed_last_name", "signed_title", "signed_registration")
    )
    return SimpleNamespace(live=SimpleNamespace(content=content, author=author, origin=origin), **fields | signing)


def test_shipped_page_names_nobody():
    said = trust(document())

    assert (said["checked"], said["due"], said["due_in"]) == ("20 November 2026", "20 November 2027", "12 months")
    assert (said["written_by"], said["signed_by"], said["compared"]) == ("", "", True)


def test_written_and_signed_page_names_both():
    author = SimpleNamespace(get_full_name=lambda: "Wanda Writer")
    signed_on = SimpleNamespace(date=lambda: "2026-12-01")
    signing = {"signed_first_name": "Rita", "signed_last_name": "Rahman", "signed_title": "Pharmacist"}

    said = trust(document(origin="edited", author=author, signed_on=signed_on, signed_registration="TEST 1", **signing))

    assert said["written_by"] == "Wanda Writer"
    assert (said["signed_by"], said["signed_on"]) == ("Rita Rahman (Pharmacist, TEST 1)", "1 December 2026")
    assert not said["compared"]


def test_sources_are_numbered_by_first_use():
    assert number_sources(["b", "a"], None, ["a", "c"]) == {"b": 1, "a": 2, "c": 3}


def test_only_a_source_that_may_be_linked_gets_a_link():
    linked = SOURCE | {"address": "https://example.org/label", "linkable": True}
    kept = SOURCE | {"address": "github:stored/copy"}

    rows = source_rows({"kept": 2, "linked": 1}, {"linked": linked, "kept": kept})

    assert [(row["n"], row["href"]) for row in rows] == [(1, "https://example.org/label"), (2, "")]


def test_source_says_its_language_its_weakness_and_its_own_date():
    weak = SOURCE | {"strength": "weak", "language": "de", "facts_checked": "2026-01-02"}

    found = source_rows({"weak": 1}, {"weak": weak}, page_checked="2026-11-20")[0]

    assert (found["language"], found["lang"], found["strength"]) == ("German", "de", "A weak source")
    assert found["checked"] == "2 January 2026"


def test_date_of_the_whole_page_is_not_repeated_at_each_source():
    assert source_rows({"label": 1}, {"label": SOURCE}, page_checked="2026-11-20")[0]["checked"] == ""
