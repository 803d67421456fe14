"""The page of one medicine with one side effect."""

import pytest

from articles.models import Document, ListedEffect
from articles.presenters.figures import exact_percent, figure_groups
from articles.presenters.trust import number_sources

from ... import factories


def headings(found):
    return [" ".join(element["text"].split()) for element in found.elements if element["tag"] in ("h2", "h3")]


def test_pair_has_the_answer_first_with_both_sides(page):
    found = page("/medicines/amlodipine/dizziness/")

    assert found.h1 == "Can amlodipine cause feeling dizzy or light-headed?"
    assert (
        "Yes, it can. But most people do not get it. 1 to 10 in every 100 people get it; 90 to 99 do not." in found.text
    )


def test_figure_stands_with_its_dose_its_dummy_tablet_and_its_source(page):
    text = page("/medicines/amlodipine/ankle-swelling/").text

    assert (
        "11 in every 100 people on 10 mg a day get it; 89 do not. On a dummy tablet: 1 in every 100 people. "
        "Who: placebo-controlled trials. Source: 1. Copy of the US DailyMed label text on a drug-information site "
        "(10.8%; 0.6% on a dummy tablet)" in text
    )


@pytest.mark.parametrize(
    "address",
    [
        "/medicines/amlodipine/muscle-cramps/",
        "/medicines/sertraline/nausea/",
        "/medicines/sertraline/serotonin-syndrome/",
        "/medicines/salbutamol/tremor/",
    ],
)
def test_pair_takes_three_queries(page, django_assert_num_queries, address):
    with django_assert_num_queries(3):
        page(address)


def test_article_leads_its_pair_and_the_pair_has_another_heading(page):
    found = page("/medicines/amlodipine/muscle-cramps/")

    assert found.h1 == "Amlodipine and muscle cramps or spasms: how often, and what to do"
    assert "/articles/does-amlodipine-cause-leg-cramps/" in found.links


def test_word_of_the_label_stands_once_and_only_among_the_sources(page):
    found = page("/medicines/amlodipine/muscle-cramps/")

    before, _, after = found.text.partition("Where this comes from")
    assert "'uncommon'" not in before
    assert after.count("'uncommon'. That means 1 to 10 in every 1,000 people.") == 1


def test_same_symptom_needs_a_call_with_one_medicine_and_not_with_another(page):
    assert "Call your doctor today for the others." in page("/medicines/amitriptyline/muscle-cramps/").text
    assert "Call your doctor today for the others." not in page("/medicines/amlodipine/muscle-cramps/").text


def test_emergency_that_holds_back_the_dose_is_headed_by_its_order(page):
    found = page("/medicines/sertraline/serotonin-syndrome/")

    order = headings(found)
    assert order.index("Call an ambulance or go to an emergency department") < order.index("How often it happens")
    assert "Get medical help before your next dose" not in found.text
    assert "Do not stop" not in found.text
    assert "Ask before you stop taking sertraline." in found.text


def test_rule_for_today_that_holds_back_the_dose_says_so_first(page):
    for address in ("/medicines/atorvastatin/muscle-breakdown/", "/medicines/metoclopramide/movement-problems/"):
        found = page(address)
        assert headings(found)[0] == "Get medical help before your next dose", address
        assert "Do not stop" not in found.text, address
    assert "Do not stop quetiapine on your own" in headings(page("/medicines/quetiapine/movement-problems/"))


def test_answer_box_of_an_emergency_says_now_and_carries_one_order(page):
    answer = page("/medicines/sertraline/serotonin-syndrome/").all("div", class_="answer")[0]["text"]

    assert "Get emergency help now if you have the signs below. Take no more until you are told." in answer
    assert "Do not stop" not in answer and "before your next dose" not in answer


@pytest.mark.parametrize("drug", ["tramadol", "gabapentin", "pregabalin"])
def test_slow_breathing_is_never_told_to_go_on_first(page, drug):
    found = page(f"/medicines/{drug}/slow-breathing/")

    assert "Do not stop" not in found.all("div", class_="answer")[0]["text"]
    order = headings(found)
    assert order.index("Call for emergency help now if you:") < order.index(f"Do not stop {drug} on your own")
    assert "have slow or shallow breathing" in [" ".join(item["text"].split()) for item in found.all("li")]


def test_allergic_reaction_carries_no_callout_to_go_on(page):
    found = page("/medicines/tramadol/allergic-reaction/")

    assert "Do not stop" not in found.text
    assert "Otherwise call your doctor today, before your next dose." in found.text


@pytest.mark.parametrize(
    ("address", "queries"), [("/medicines/sertraline/suicidal-thoughts/", 3), ("/medicines/sertraline/", 4)]
)
def test_crisis_lines_stand_where_suicide_is_named(page, django_assert_num_queries, address, queries):
    with django_assert_num_queries(queries):
        found = page(address)

    assert {"tel:988", "tel:116123"} <= found.links
    assert "tel:988" not in page("/medicines/amlodipine/").links


def test_studies_that_found_more_stop_the_comfort(page):
    answer = page("/medicines/metformin/diarrhoea/").all("div", class_="answer")[0]["text"]

    assert "Some studies found more: up to 53 in every 100." in answer
    assert "most people do not" not in answer


def test_machine_read_word_is_said_plainly_beside_the_numbers(page):
    text = page("/medicines/ciprofloxacin/appetite-loss/").text

    assert "A computer read this from labels. Nobody has checked it." in text.partition("When to get help")[2]
    assert "not checked against the label text" not in text


def test_signs_of_another_medicines_page_say_so(page):
    words = "Some of these signs come from pages about similar medicines."

    assert words in page("/medicines/amlodipine/ankle-swelling/").text
    assert words not in page("/medicines/metoprolol/heart-failure/").text


def test_pair_without_a_number_says_so(page):
    text = page("/medicines/amitriptyline/muscle-cramps/").text

    assert "We do not know how often. It is listed, but no source gives a number." in text
    assert "These numbers are about groups" not in text


def test_emergency_box_holds_no_links_but_the_numbers_to_call(page):
    html = page("/medicines/amitriptyline/numbness-tingling/").html

    box = html.partition('class="box now"')[2].partition("</div>\n</div>")[0]
    assert box.count("<a ") == box.count('<a href="tel:') == 3


def test_every_finding_of_every_medicine_is_shown_with_each_of_its_sources(db):
    sources = {slug: content for (_, slug), content in Document.objects.contents(source=None).items()}

    missing = []
    for row in ListedEffect.objects.all():
        findings = row.listing.get("findings", [])
        groups = figure_groups(findings, sources, number_sources(*(finding["sources"] for finding in findings)))
        shown = sorted(
            source["percent"] for group in groups for figure in group["figures"] for source in figure["sources"]
        )
        if shown != sorted(exact_percent(finding) for finding in findings for _ in finding["sources"]):
            missing.append(f"{row.drug_slug}/{row.effect_slug}")
    assert missing == []


def test_pages_of_a_medicine_show_each_exact_percent_and_each_dummy_figure(page):
    for row in ListedEffect.objects.filter(drug_slug="amlodipine"):
        text = page(f"/medicines/amlodipine/{row.effect_slug}/").text
        percents = [exact_percent(finding) for finding in row.listing.get("findings", [])]
        assert [words for words in percents if f"({words})" not in text and words] == []


def test_source_that_may_not_be_linked_is_cited_without_a_link(page):
    found = page("/medicines/amlodipine/ankle-swelling/")

    assert "(no public link)" in found.text
    assert not any(link.startswith("github:") for link in found.links)


def test_source_in_another_language_says_so(page):
    slug = Document.objects.filter(kind="source", live__content__language="de").values_list("slug", flat=True)
    row = next(row for row in ListedEffect.objects.all() if set(row.listing.get("sources", ())) & set(slug))

    assert "In German." in page(f"/medicines/{row.drug_slug}/{row.effect_slug}/").text


def test_pair_of_a_made_up_medicine_shows_all_kinds_of_gaps(page):
    factories.published(factories.source_content())
    factories.published(factories.effect_content())
    factories.published(factories.drug_content(effects=[factories.listing(findings=[{"band": "not-known"}])]))

    text = page("/medicines/testamol/test-ache/").text

    assert "We do not know. The label lists it but gives no number." in text
    assert "It is listed, but the source does not say how often." in text
    assert "We do not know of advice from a source for this pair. Ask a pharmacist." in text
