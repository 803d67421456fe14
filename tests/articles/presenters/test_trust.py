from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from articles.models import Revision
from articles.presenters.trust import changes, hurried_on, number_sources, source_rows, trust

from .rows import SOURCE


def document(*, origin=Revision.Origin.SHIPPED, author=None, **signing):
    content = {"facts_checked": "2026-11-20", "review_due": "2027-11-20"}
    fields = dict.fromkeys(
        ("signed_on", "signed_first_name", "signed_last_name", "signed_title", "signed_registration", "hurried_on")
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


def test_reviewed_text_that_came_with_the_project_was_compared_and_names_no_author():
    said = trust(document(origin=Revision.Origin.REVIEWED))

    assert (said["compared"], said["written_by"]) == (True, "")


def test_whoever_restored_an_earlier_version_is_not_said_to_have_written_it():
    author = SimpleNamespace(get_full_name=lambda: "Wanda Writer")

    assert trust(document(origin=Revision.Origin.RESTORED, author=author))["written_by"] == ""


MARCH, MAY = datetime(2027, 3, 2, tzinfo=UTC), datetime(2027, 5, 4, tzinfo=UTC)


@pytest.mark.parametrize(("signed_on", "said"), [(None, "2 March 2027"), (MAY, "")])
def test_emergency_text_is_called_hurried_until_a_clinician_signs_it(signed_on, said):
    assert trust(document(hurried_on=MARCH, signed_on=signed_on))["hurried_on"] == said


def test_page_of_two_documents_is_as_hurried_as_the_later_one():
    assert hurried_on(document(), document(hurried_on=MARCH), document(hurried_on=MAY)) == "4 May 2027"
    assert hurried_on(document(), document()) == ""


def event(verb="publish", what_changed="", at=MARCH):
    return {"verb": verb, "at": at, "what_changed": what_changed}


def test_changes_stand_newest_first_each_note_as_a_sentence():
    shown = changes([event(what_changed="new figure for 10 mg\nTypo in the lead.", at=MAY), event()])

    assert shown["rows"] == [
        {"on": "4 May 2027", "notes": ["New figure for 10 mg.", "Typo in the lead."]},
        {"on": "2 March 2027", "notes": ["First published."]},
    ]


def test_notes_on_drafts_before_the_first_publication_are_not_told():
    assert changes([event(what_changed="Pasted from the old site")])["rows"][0]["notes"] == ["First published."]


def test_withdrawal_and_return_are_told_without_a_reason():
    shown = changes([event(), event("withdraw"), event("publish-urgently"), event()])

    assert [row["notes"] for row in shown["rows"]] == [
        ["Shown again, unchanged."],
        ["Withdrawn."],
        ["Published again."],
        ["First published."],
    ]


def test_only_the_last_changes_are_listed_and_the_others_counted():
    shown = changes([event(what_changed="x")] * 12 + [event()])

    assert (len(shown["rows"]), shown["older"]) == (10, 3)
    assert ["First published."] not in [row["notes"] for row in shown["rows"]]


def test_page_without_a_history_lists_no_changes():
    assert changes([]) == {"rows": [], "older": 0}


def test_sources_are_numbered_by_first_use():
    assert number_sources(["b", "a"], None, ["a", "c"]) == {"b": 1, "a": 2, "c": 3}


def test_only_a_source_that_may_be_linked_gets_a_link():
    linked = SOURCE | {"address": "https://example.org/label", "linkable": True}
    kept = SOURCE | {"address": "github:stored/copy"}

    rows = source_rows({"kept": 2, "linked": 1}, {"linked": linked, "kept": kept})

    assert [(row["n"], row["href"]) for row in rows] == [(1, "https://example.org/label"), (2, "")]


def test_source_whose_page_is_gone_keeps_its_place_and_loses_its_link():
    gone = SOURCE | {"address": "https://example.org/label", "linkable": True, "link_is_dead": True}

    row = source_rows({"gone": 1}, {"gone": gone})[0]

    assert (row["href"], row["dead"], row["title"]) == ("", True, SOURCE["title"].rstrip("."))


def test_source_says_its_language_its_weakness_and_its_own_date():
    weak = SOURCE | {"strength": "weak", "language": "de", "facts_checked": "2026-01-02"}

    found = source_rows({"weak": 1}, {"weak": weak}, page_checked="2026-11-20")[0]

    assert (found["language"], found["lang"], found["strength"]) == ("German", "de", "A weak source")
    assert found["checked"] == "2 January 2026"


def test_date_of_the_whole_page_is_not_repeated_at_each_source():
    assert source_rows({"label": 1}, {"label": SOURCE}, page_checked="2026-11-20")[0]["checked"] == ""
