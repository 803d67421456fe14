import pytest

from articles.models import Document, ListedEffect

from ... import factories


def headings(found):
    return [" ".join(element["text"].split()) for element in found.elements if element["tag"] in ("h2", "h3")]


def test_list_holds_every_symptom_under_its_body_part(page):
    found = page("/symptoms/")

    slugs = Document.objects.live().filter(kind="effect").values_list("slug", flat=True)
    assert {f"/symptoms/{slug}/" for slug in slugs} <= found.links
    assert "Legs and feet" in headings(found)


def test_thoughts_of_suicide_come_with_the_crisis_lines(page, django_assert_num_queries):
    with django_assert_num_queries(4):
        found = page("/symptoms/suicidal-thoughts/")

    assert {"tel:988", "tel:116123"} <= found.links
    assert "tel:988" not in page("/symptoms/nausea/").links


def test_sign_of_shock_is_an_emergency(page):
    box = page("/symptoms/low-blood-pressure/").html.partition('class="box now"')[2].partition("</div>\n</div>")[0]

    assert "have cold clammy skin with confusion" in box


def test_list_takes_one_query(page, django_assert_num_queries):
    with django_assert_num_queries(1):
        page("/symptoms/")


@pytest.mark.parametrize("slug", ["nausea", "jaw-bone-damage"])
def test_symptom_takes_four_queries_however_many_medicines_list_it(page, django_assert_num_queries, slug):
    with django_assert_num_queries(4):
        page(f"/symptoms/{slug}/")


def test_symptom_says_what_it_is_and_when_to_get_help_before_it_names_medicines(page):
    found = page("/symptoms/ankle-swelling/")

    assert found.h1 == "Swollen ankles, feet or legs"
    assert "The medical word is oedema peripheral." in found.text
    assert "People also say: puffy ankles" in found.text
    order = headings(found)
    assert order.index("Call for emergency help now if you:") < order.index("Medicines that list it")


def test_symptom_lists_every_medicine_once(page):
    found = page("/symptoms/muscle-cramps/")

    rows = ListedEffect.objects.filter(effect_slug="muscle-cramps").values_list("drug_slug", flat=True)
    pairs = [
        link["attributes"]["href"] for link in found.all("a") if link["attributes"]["href"].endswith("/muscle-cramps/")
    ]
    assert sorted(pairs) == sorted(f"/medicines/{slug}/muscle-cramps/" for slug in rows)


def test_medicines_go_from_often_to_no_number(page):
    order = headings(page("/symptoms/muscle-cramps/"))

    assert order.index("1 to 10 in every 100 people") < order.index("1 to 10 in every 1,000 people")
    assert order.index("1 to 10 in every 1,000 people") < order.index("No number found")


def test_urgency_belongs_to_the_pair_and_not_to_the_symptom(page):
    rows = {row["text"] for row in page("/symptoms/muscle-cramps/").all("tr")}

    amitriptyline = next(text for text in rows if text.startswith("Amitriptyline"))
    losartan = next(text for text in rows if text.startswith("Losartan"))
    assert "Call a doctor today" in amitriptyline
    assert "Call a doctor today" not in losartan


def test_symptom_leads_to_the_check_and_to_its_articles(page):
    links = page("/symptoms/muscle-cramps/").links

    assert "/check/?symptom=muscle-cramps" in links
    assert {"/articles/does-amlodipine-cause-leg-cramps/", "/articles/does-amitriptyline-affect-your-legs/"} <= links


def test_general_advice_stands_with_its_source_and_its_absence_is_said(page):
    assert "Sugar-free gum or sweets, sip water" in page("/symptoms/dry-mouth/").text
    assert "We do not know of general advice from a source." in page("/symptoms/muscle-cramps/").text


def test_symptom_that_no_medicine_lists_says_what_that_means(page):
    factories.published(factories.source_content())
    factories.published(factories.effect_content(sources=["test-label"]))

    text = page("/symptoms/test-ache/").text

    assert "No medicine on this site lists it. That does not mean that none can cause it." in text
    assert "Signed off by Rita Rahman" in text


def test_unknown_symptom_is_not_found(page):
    page("/symptoms/nothing/", status=404)
