import pytest

from articles import workflow
from articles.models import Document, ListedEffect
from articles.presenters.figures import exact_percent, figure_groups
from articles.presenters.trust import number_sources

from ... import factories

AMITRIPTYLINE, SALBUTAMOL = "/medicines/amitriptyline/", "/medicines/salbutamol/"


def headings(found):
    return [" ".join(element["text"].split()) for element in found.elements if element["tag"] in ("h2", "h3")]


# The list


def test_list_shows_every_medicine_under_its_letter_and_its_brands_point_to_it(page):
    found = page("/medicines/")

    drugs = Document.objects.live().filter(kind="drug").values_list("slug", flat=True)
    assert {f"/medicines/{slug}/" for slug in drugs} <= found.links
    assert "Norvasc, see amlodipine" in found.text
    assert "Albuterol, see salbutamol" in found.text


def test_letter_without_entries_is_plain_text(page):
    found = page("/medicines/")

    letters = {letter["text"] for letter in found.all("span") if len(letter["text"]) == 1}
    assert letters and not any(f"#{letter}" in found.links for letter in letters)


def test_list_by_group(page):
    found = page("/medicines/?by=class")

    assert "Calcium-channel blockers" in headings(found)
    assert "Norvasc" not in found.text


@pytest.mark.parametrize("address", ["/medicines/", "/medicines/?by=class"])
def test_list_takes_one_query(page, django_assert_num_queries, address):
    with django_assert_num_queries(1):
        page(address)


def test_withdrawn_medicine_leaves_the_list(page):
    workflow.withdraw(Document.objects.get(slug="amlodipine"), by=factories.publisher(), reason="Wrong figures.")

    found = page("/medicines/")

    assert "/medicines/amlodipine/" not in found.links
    page("/medicines/amlodipine/", status=404)


# One medicine


@pytest.mark.parametrize("address", [AMITRIPTYLINE, f"{AMITRIPTYLINE}?by=body", SALBUTAMOL])
def test_medicine_takes_three_queries_however_many_effects_it_has(page, django_assert_num_queries, address):
    with django_assert_num_queries(3):
        page(address)


def test_medicine_begins_with_its_names_its_use_and_the_call_out(page):
    found = page("/medicines/amlodipine/")

    assert found.h1 == "Amlodipine"
    assert "Say it: am LOE di peen. Also sold as Norvasc, Katerzia" in found.text
    assert "It is used for high blood pressure and angina (chest pain from narrowed heart arteries)." in found.text
    assert "Do not stop amlodipine on your own" in headings(found)


def test_medicine_without_a_stop_warning_says_ask_first(page):
    found = page("/medicines/atorvastatin/")

    assert not any(heading.startswith("Do not stop") for heading in headings(found))
    assert "Ask before you stop taking it." in found.text


@pytest.mark.parametrize("address", [AMITRIPTYLINE, f"{AMITRIPTYLINE}?by=body"])
def test_every_listed_effect_stands_on_the_page_once(page, address):
    found = page(address)

    rows = ListedEffect.objects.filter(drug_slug="amitriptyline").values_list("effect_slug", flat=True)
    pairs = [
        link["attributes"]["href"] for link in found.all("a") if link["attributes"]["href"].startswith(AMITRIPTYLINE)
    ]
    assert sorted(pairs) == sorted(
        [f"{AMITRIPTYLINE}{slug}/" for slug in rows] + [AMITRIPTYLINE, f"{AMITRIPTYLINE}?by=body"]
    )


def test_urgent_effects_stand_before_frequent_ones_and_extra_ones_last(page):
    found = page(AMITRIPTYLINE)

    order = headings(found)
    assert order.index("Get help now or today for these") < order.index("10 or more in every 100 people")
    assert order.index("No number found") < order.index("Also listed") < order.index("How it works")


def test_sign_that_is_an_emergency_does_not_make_the_symptom_one(page):
    urgent = page(AMITRIPTYLINE).text.partition("Get help now or today for these")[2].partition("Other side effects")[0]

    assert "Numbness" not in urgent
    assert "Signs of a stroke" in urgent


def test_page_never_claims_our_marks_of_a_source(page):
    text = page(AMITRIPTYLINE).text.lower()

    assert "very-common" not in text and "not-known" not in text and "serious side effect" not in text


def test_body_view_groups_by_where_it_is(page):
    assert "Legs and feet" in headings(page(f"{AMITRIPTYLINE}?by=body"))


def test_claims_gaps_doses_links_and_codes_are_there(page):
    found = page("/medicines/amlodipine/")

    for heading in ("Usual doses", "What people often say", "Where sources disagree", "What we could not find"):
        assert heading in headings(found)
    assert "RxCUI: 17767" in found.text and "ATC: C08CA01" in found.text
    assert any("medlineplus" in link for link in found.links)
    assert {"/articles/does-amlodipine-cause-leg-cramps/", "/check/?medicine=amlodipine"} <= found.links


def test_prednisolone_says_that_prednisone_is_another_medicine(page):
    text = page("/medicines/prednisolone/").text

    assert "Prednisone (sold as Deltasone" in text
    assert "never load" not in text


def test_shipped_medicine_says_when_it_was_checked_and_that_nobody_signed(page):
    text = page(SALBUTAMOL).text

    assert "Facts last checked 20 November 2026; next review due in 12 months, on 20 November 2027." in text
    assert "The facts were compared with the sources listed on this page. Not yet signed off by a clinician." in text


def test_signed_medicine_names_its_writer_and_its_clinician(page):
    factories.published(factories.source_content())
    factories.published(factories.effect_content())
    factories.published(factories.drug_content(), by=factories.writer(first_name="Wanda", last_name="Writer"))

    text = page("/medicines/testamol/").text

    assert "Written by Wanda Writer." in text
    assert "Signed off by Rita Rahman (Pharmacist, TEST 1234567) on" in text
    assert "Not yet signed off" not in text


def test_draft_of_a_medicine_is_hidden_from_readers(page):
    medicine = factories.published_world()
    content = medicine.live.content
    factories.draft(content | {"patient_words": "a secret tablet"})

    assert "secret" not in page("/medicines/testamol/").text


def test_page_may_be_kept_for_a_minute(page):
    assert page(SALBUTAMOL).response.headers["Cache-Control"] == "public, max-age=60, stale-if-error=86400"


@pytest.mark.parametrize(
    "address", ["/medicines/nothing/", "/medicines/amlodipine/nothing/", "/medicines/nothing/muscle-cramps/"]
)
def test_unknown_medicine_or_pair_is_not_found(page, address):
    page(address, status=404)


# One pair


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
    assert "Call your doctor today if you have it." in page("/medicines/amitriptyline/muscle-cramps/").text
    assert "Call your doctor today if you have it." not in page("/medicines/amlodipine/muscle-cramps/").text


def test_rule_that_holds_back_the_next_dose_stands_before_the_keep_box(page):
    found = page("/medicines/sertraline/serotonin-syndrome/")

    order = headings(found)
    assert order.index("Get medical help before your next dose") < order.index("Do not stop sertraline on your own")
    assert "If you have the signs above, get help first and do what you are told." in found.text


def test_answer_box_never_carries_both_orders(page):
    answer = page("/medicines/sertraline/serotonin-syndrome/").all("div", class_="answer")[0]["text"]

    assert "Get medical help before your next dose" in answer
    assert "Do not stop" not in answer


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
