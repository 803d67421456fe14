"""The ticks of the check's form."""

from articles.presenters.check_form import check_form

from .check_rows import known

SYMPTOMS = {f"symptom-{number:02}": f"Symptom {number:02}" for number in range(15)}
KNOWN = known(
    medicines={"amlodipine": "amlodipine", "sertraline": "sertraline"},
    symptoms=SYMPTOMS,
    classes={},
    areas=dict.fromkeys(SYMPTOMS, "legs and feet"),
    listed_by={slug: number for number, slug in enumerate(SYMPTOMS)},
)


def test_twelve_most_listed_symptoms_stand_first_and_the_others_by_part_of_the_body():
    form = check_form((), (), KNOWN)

    assert [tick["value"] for tick in form["common"]][:2] == ["symptom-14", "symptom-13"]
    assert len(form["common"]) == 12
    assert [(area["name"], len(area["options"])) for area in form["areas"]] == [("Legs and feet", 3)]


def test_every_symptom_stands_once():
    form = check_form((), (), KNOWN)

    ticks = form["common"] + [tick for area in form["areas"] for tick in area["options"]]
    assert sorted(tick["value"] for tick in ticks) == sorted(SYMPTOMS)


def test_chosen_ones_are_ticked_and_never_hidden():
    form = check_form(("sertraline",), ("symptom-00",), KNOWN)

    assert [tick["checked"] for tick in form["medicines"]] == [False, True]
    assert form["any_open"]
    assert form["areas"][0]["open"]


def test_what_no_list_offers_is_kept():
    form = check_form(("unknown",), ("nothing",), KNOWN)

    assert form["others"] == [("medicine", "unknown"), ("symptom", "nothing")]
