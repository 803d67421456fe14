"""The page on which what two editors changed differently is settled: nothing chosen or written there is passed over."""

import re

import pytest

from articles.merging import settle
from articles.models import Document, Revision
from articles.revisions import latest_revision
from tests.factories import (
    article_content,
    draft,
    effect_content,
    published,
    source_content,
)

from ...pages import Page
from .forms import fields_of
from .two_editors import SECTIONS, as_bert, change, content_of, seen


def test_the_same_place_is_settled_on_a_page_with_both_texts(anna, bert, article):
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=SECTIONS, action="Ask Bert."))

    response = anna.post(change(article), fields | {"action": "Ask Anna."}, follow=True)

    page = Page(response.content.decode())
    assert "Ask <mark>Bert</mark>." in page.html
    assert "Ask <mark>Anna</mark>." in page.html
    assert content_of(article)["action"] == "Ask Bert."
    address = response.redirect_chain[-1][0]

    refused = anna.post(address, {"seen": seen(article)})
    assert (refused.status_code, "Choose for each place" in refused.content.decode()) == (409, True)

    anna.post(address, {"seen": seen(article), "choice:action": "text", "text:action": "Ask Anna or Bert."})
    assert content_of(article)["action"] == "Ask Anna or Bert."


def test_an_own_text_that_was_not_chosen_is_asked_about_and_never_dropped(anna, bert, article):
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=SECTIONS, action="Ask Bert."))
    address = anna.post(change(article), fields | {"action": "Ask Anna."})["Location"]
    offered = {"seen": seen(article), "choice:action": "theirs", "offered:action": "Ask Anna."}
    typed = offered | {"text:action": "Ask Anna or Bert."}

    refused = anna.post(address, typed)

    page = refused.content.decode()
    assert (refused.status_code, content_of(article)["action"]) == (409, "Ask Bert.")
    assert "You wrote a text of your own and chose another." in page
    assert "Ask Anna or Bert.</textarea>" in page
    assert "What stood there before both" in page
    assert anna.post(address, typed | {"text:action": "Ask Anna."}).status_code == 302


def test_choosing_what_readers_see_already_leaves_it_as_it_is(anna, bert, db):
    effect = draft(effect_content())
    fields = fields_of(anna, change(effect), "effect")
    published(effect_content(description="Theirs."))
    address = anna.post(change(effect), fields | {"description": "Mine."})["Location"]

    settled = anna.post(address, {"seen": "2", "choice:description": "theirs"}, follow=True)

    assert "The text is as it was." in settled.content.decode()
    assert Document.objects.get(pk=effect.pk).state == Document.State.PUBLISHED
    assert latest_revision(effect).number == 2


def test_a_conflict_that_went_away_can_still_be_put_together(anna, bert, article):
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=SECTIONS, action="Ask Bert."))
    address = anna.post(change(article), fields | {"action": "Ask Anna."})["Location"]
    as_bert(article, bert, article_content(sections=SECTIONS))

    assert "Put together and save" in anna.get(address).content.decode()
    anna.post(address, {"seen": seen(article)})
    assert content_of(article)["action"] == "Ask Anna."


@pytest.fixture
def asked(anna, bert, article):
    """The address of the page that asks which action stays, Anna's or Bert's."""
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=SECTIONS, action="Ask Bert."))
    return anna.post(change(article), fields | {"action": "Ask Anna."})["Location"]


def written(article, words, **others):
    """What the browser sends when somebody has written one text of both."""
    answer = {"choice:action": "text", "offered:action": "Ask Anna.", "text:action": words}
    return {"seen": seen(article)} | answer | others


def test_own_words_are_given_back_where_the_place_does_not_clash_any_more(anna, bert, article, asked):
    answer = written(article, "Ask Anna,\r\nthen Bert.")
    as_bert(article, bert, article_content(sections=SECTIONS))

    page = anna.post(asked, answer).content.decode()

    assert "What you wrote, without a place" in page
    assert "Ask Anna,\nthen Bert.</textarea>" in page
    again = anna.post(asked, {"seen": "0", "kept:action": "Ask Anna, then Bert."}).content.decode()
    assert "Ask Anna, then Bert.</textarea>" in again


def test_own_words_without_a_place_stay_on_the_page_when_the_rest_is_put_together(anna, bert, article, asked):
    as_bert(article, bert, article_content(sections=SECTIONS))

    done = anna.post(asked, {"seen": seen(article), "kept:action": "Ask Anna, then Bert."})

    page = done.content.decode()
    assert done.status_code == 200
    assert "Put together as version" in page
    assert "Ask Anna, then Bert.</textarea>" in page
    assert content_of(article)["action"] == "Ask Anna."


def test_own_words_go_back_into_their_box_when_the_place_clashes_again(anna, article, asked):
    page = anna.post(asked, {"seen": "0", "kept:action": "Ask Anna, then Bert."}).content.decode()

    assert "What you wrote, without a place" not in page
    assert 'name="text:action"' in page
    assert "Ask Anna, then Bert.</textarea>" in page


@pytest.mark.parametrize("words", ["", "x" * 500])
def test_own_words_that_a_field_does_not_take_are_refused_at_once(anna, bert, db, words):
    effect = draft(effect_content())
    fields = fields_of(anna, change(effect), "effect")
    as_bert(effect, bert, effect_content(name="Bert's name", description="Theirs."))
    address = anna.post(change(effect), fields | {"name": "Anna's name"})["Location"]

    refused = anna.post(
        address, {"seen": seen(effect), "choice:name": "text", "offered:name": "Anna's name", "text:name": words}
    )

    page = refused.content.decode()
    assert "The two versions cannot be put together like this: name:" in page
    assert ".." not in page.split("cannot be put together like this")[1].split("<")[0]
    assert 'name="choice:description"' not in page


def test_the_page_says_that_address_and_dates_of_a_published_page_stay(anna, bert, db):
    effect = draft(effect_content())
    fields = fields_of(anna, change(effect), "effect")
    as_bert(effect, bert, effect_content(description="Theirs."))
    address = anna.post(change(effect), fields | {"description": "Mine.", "slug": "test-moved"})["Location"]
    assert "its address and its dates stay" not in anna.get(address).content.decode()

    published(effect_content(description="Theirs."))

    assert (
        "so its address and its dates stay; those of version 3 are not taken over" in anna.get(address).content.decode()
    )


def test_own_words_are_given_back_when_somebody_else_has_settled_it(anna, bert, article, asked):
    answer = written(article, "Ask Anna, then Bert.")
    settle(article, Revision.objects.unsettled().get(), by=bert, comment="Left aside")

    page = anna.post(asked, answer).content.decode()

    assert "was settled while you wrote" in page
    assert "Ask Anna, then Bert.</textarea>" in page
    assert "Put together and save" not in page
    assert anna.post(asked, written(article, "Ask Anna.")).status_code == 302


def test_a_version_is_not_left_aside_while_a_box_holds_own_words(anna, article, asked):
    page = anna.post(asked, written(article, "Ask Anna, then Bert.", _leave="1")).content.decode()

    assert "which is stored nowhere" in page
    assert "Ask Anna, then Bert.</textarea>" in page
    assert Revision.objects.unsettled().exists()
    assert anna.post(asked, written(article, "Ask Anna.", _leave="1")).status_code == 302
    assert not Revision.objects.unsettled().exists()


def test_a_choice_for_a_place_that_does_not_clash_is_shown_and_not_passed_over(anna, article, asked):
    answer = written(article, "Ask Anna.", **{"choice:action": "mine", "choice:subtitle": "mine"})

    page = anna.post(asked, answer)

    assert page.status_code == 409
    assert "Other places clash now" in page.content.decode()
    assert content_of(article)["action"] == "Ask Bert."


def test_own_words_count_where_only_a_whole_side_can_stand(anna, bert, db):
    """Which places clash on that page is learnt only from a first attempt; the page carries it along."""
    effect = draft(effect_content(facts_checked="2026-01-01", review_due="2026-12-31"))
    fields = fields_of(anna, change(effect), "effect")
    theirs = {"facts_checked": "2026-01-01", "review_due": "2026-06-01", "description": "Theirs."}
    as_bert(effect, bert, effect_content(**theirs))
    sent = fields | {"facts_checked": "01/10/2026", "name": "My name"}
    response = anna.post(change(effect), sent, follow=True)
    address, page = response.redirect_chain[-1][0], response.content.decode()
    chosen = {f"choice:{name}": "theirs" for name in re.findall(r'id="theirs-\d+" name="choice:([^"]+)"', page)}
    assert {"choice:name", "choice:description", "choice:facts_checked"} < chosen.keys()
    assert '<input type="hidden" name="whole" value="">' in page

    own = {"offered:name": "My name", "text:name": "A name of both"}
    answers = {"seen": seen(effect), "whole": ""} | chosen | own
    assert "You wrote a text of your own and chose another" in anna.post(address, answers).content.decode()

    answer = anna.post(address, answers | {"choice:name": "text"})

    assert answer.status_code == 302
    assert content_of(effect)["name"] == "A name of both"
    assert content_of(effect)["review_due"] == "2026-06-01"


def test_an_own_text_longer_than_a_form_takes_is_refused(anna, bert, article):
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=SECTIONS, action="Ask Bert."))
    address = anna.post(change(article), fields | {"action": "Ask Anna."})["Location"]

    refused = anna.post(address, {"seen": seen(article), "choice:action": "text", "text:action": "x" * 100_001})

    assert "at most 100,000 characters" in refused.content.decode()
    assert content_of(article)["action"] == "Ask Bert."


def test_a_colleague_who_settles_it_is_told_whose_text_is_whose(anna, bert, article):
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=SECTIONS, action="Ask Bert."))
    address = anna.post(change(article), fields | {"action": "Ask Anna."})["Location"]

    for_anna = anna.get(address).content.decode()
    anna.force_login(bert)
    for_bert = anna.get(address).content.decode()

    assert "You opened version 1" in for_anna
    assert "You opened" not in for_bert
    assert "Leave mine aside" not in for_bert


def test_a_third_save_while_somebody_chooses_is_shown_first(anna, bert, article):
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=SECTIONS, action="Ask Bert."))
    response = anna.post(change(article), fields | {"action": "Ask Anna."}, follow=True)
    shown = seen(article)
    as_bert(article, bert, article_content(sections=SECTIONS, action="Ask Bert again."))

    answer = anna.post(response.redirect_chain[-1][0], {"seen": shown, "choice:action": "mine"})

    assert answer.status_code == 409
    assert "Bert has saved version 4 meanwhile" in answer.content.decode()
    assert content_of(article)["action"] == "Ask Bert again."


def test_a_version_can_be_left_aside(anna, bert, article):
    fields = fields_of(anna, change(article), "article")
    as_bert(article, bert, article_content(sections=SECTIONS, action="Ask Bert."))
    response = anna.post(change(article), fields | {"action": "Ask Anna."}, follow=True)
    assert Revision.objects.unsettled().get().author.username == "anna"

    anna.post(response.redirect_chain[-1][0], {"_leave": "1"})

    assert not Revision.objects.unsettled().exists()
    assert content_of(article)["action"] == "Ask Bert."


def test_what_both_together_would_break_is_one_choice(anna, bert, db):
    """Each may set one of two dates; together the review would come before the check."""
    source = draft(source_content(facts_checked="2026-01-01", review_due="2026-06-01"))
    fields = fields_of(anna, change(source), "source")
    as_bert(source, bert, source_content(facts_checked="2026-05-01", review_due="2026-06-01"))

    response = anna.post(change(source), fields | {"review_due": "01/03/2026"}, follow=True)

    page = response.content.decode()
    assert 'name="choice:facts_checked"' in page
    assert 'name="choice:review_due"' in page
    assert content_of(source)["review_due"] == "2026-06-01"
