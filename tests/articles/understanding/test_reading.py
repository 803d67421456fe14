import pytest

from .lexicons import medicines, read, symptoms


@pytest.mark.parametrize(
    ("typed", "slug", "how"),
    [
        ("amlodipine", "amlodipine", "exact"),
        ("AMLODIPINE 5mg", "amlodipine", "exact"),
        ("norvasc", "amlodipine", "brand"),
        ("albuterol", "salbutamol", "synonym"),
        ("C08CA01", "amlodipine", "code"),
        ("17767", "amlodipine", "code"),
        ("amlodipine besylate 10 mg twice daily", "amlodipine", "exact"),
        ("amlo dipine", "amlodipine", "exact"),
    ],
)
def test_a_medicine_is_understood_under_each_of_its_names(typed, slug, how):
    understood = read(typed)

    assert [(each.slug, each.how) for each in understood.medicines] == [(slug, how)]
    assert understood.not_understood == []


@pytest.mark.parametrize("typed", ["nimodipine", "Nimodipine 30mg", "prednisone"])
def test_a_real_name_without_a_page_is_never_taken_for_another(typed):
    understood = read(typed)

    assert understood.medicines == [] and understood.did_you_mean == []
    assert len(understood.not_covered) == 1


def test_a_combination_brand_gives_its_ingredients():
    understood = read("Exforge")

    assert [each.slug for each in understood.medicines] == ["amlodipine"]
    assert [inn for _, inn, *_ in understood.not_covered] == ["Valsartan"]


@pytest.mark.parametrize(
    ("typed", "country"), [("norvasc", "US"), ("istin", "UK"), ("lipitor", ""), ("zocor", ""), ("simvador", "")]
)
def test_a_brand_has_a_country_only_where_no_other_knows_it(typed, country):
    (brand,) = read(typed).medicines

    assert (brand.how, brand.country) == ("brand", country)


@pytest.mark.parametrize("typed", ["amlodopine", "amlodipin", "norvask 10 mg"])
def test_a_misspelt_medicine_is_asked_about_and_never_applied(typed):
    understood = read(typed)

    assert understood.medicines == []
    assert [option[0] for option in understood.did_you_mean[0].options] == ["amlodipine"]


def test_the_beginning_of_a_name_is_asked_about():
    assert [option[0] for option in read("amlod").did_you_mean[0].options] == ["amlodipine"]


def test_a_misspelt_name_in_two_words_is_asked_about_as_one():
    understood = read("alandronic acid")

    assert understood.did_you_mean[0].typed == "alandronic acid"
    assert understood.did_you_mean[0].options[0][0] == "alendronate"


@pytest.mark.parametrize(
    ("typed", "is_name"), [("heather is dizzy", False), ("taking heather, dizzy", True), ("heather", True)]
)
def test_a_brand_that_is_an_everyday_word_needs_a_second_sign(typed, is_name):
    assert bool(read(typed).not_covered) is is_name


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("swollen ankles", "ankle-swelling"),
        ("my ankles are all puffed up", "ankle-swelling"),
        ("cramp in my calf", "muscle-cramps"),
        ("chest hurts", "chest-pain"),
    ],
)
def test_a_symptom_is_understood_in_many_words(typed, slug):
    assert symptoms(typed) == [slug]


def test_a_misspelt_symptom_is_asked_about():
    understood = read("swolen ankels")

    assert understood.symptoms == []
    assert [ask.options[0][0] for ask in understood.did_you_mean] == ["ankle-swelling"]


def test_a_harmless_wording_counts_for_nothing():
    assert symptoms("my feet are swollen with pride") == []


def test_what_is_harmless_for_one_effect_silences_no_sign_of_another():
    assert read("weak on one side").signs == {"stroke": {"s1": True}}


def test_a_harmless_wording_stretched_over_a_sentence_silences_nothing():
    assert read("my left side is weak and I could not lift a bag").signs == {"stroke": {"s1": True}}
    assert read("weak, left my bag").signs == {}


@pytest.mark.parametrize("typed", ["took 20 aspirin", "took about 30 tablets", "taken 12 tablets", "I od'd"])
def test_a_count_of_what_was_taken_is_no_dose(typed):
    assert read(typed).signs == {"overdose": {"s1": True}}


@pytest.mark.parametrize("typed", ["took 10 amlodipine", "took 500 aspirin", "took 20 mg aspirin", "take 20 aspirin"])
def test_a_strength_is_no_count(typed):
    assert read(typed).signs == {}


def test_the_more_specific_wording_wins():
    assert symptoms("dizzy when I stand") == ["dizzy-on-standing"]


def test_one_sensation_can_be_of_two_parts_of_the_body():
    assert symptoms("chest pain and stomach pain") == ["chest-pain", "belly-pain"]


def test_a_word_with_several_meanings_is_asked_about():
    understood = read("cramps")

    assert understood.symptoms == []
    assert [option[0] for option in understood.ambiguous[0].options] == ["muscle-cramps", "belly-pain"]


def test_a_word_beside_it_settles_the_meaning():
    understood = read("cramping in the stomach")

    assert [each.slug for each in understood.symptoms] == ["belly-pain"]
    assert understood.ambiguous == []


def test_a_plain_meaning_is_taken_and_the_others_are_offered():
    understood = read("dizzy")

    assert [each.slug for each in understood.symptoms] == ["dizziness"]
    assert understood.ambiguous


def test_words_that_mean_two_effects_equally_are_asked_about():
    assert {option[0] for option in read("weak legs").ambiguous[0].options} == {"weakness", "muscle-weakness"}


def test_a_group_of_medicines_is_asked_about():
    understood = read("my statin and chest pain")

    assert [(ask.kind, [option[0] for option in ask.options]) for ask in understood.ambiguous] == [
        ("medicine", ["atorvastatin", "simvastatin"])
    ]


def test_a_group_of_medicines_whose_member_is_named_is_not_asked_about():
    assert read("my statin, simvastatin").ambiguous == []


def test_what_is_not_understood_is_said():
    assert read("amlodipine flibberty gibbet").not_understood == ["flibberty gibbet"]


def test_fillers_are_passed_over():
    understood = read("hello, please can you tell me which pill, since two weeks: amlodipine?")

    assert understood.not_understood == [] and len(understood.medicines) == 1


def test_a_sign_of_a_rule_is_heard_with_whether_it_is_enough_alone():
    assert read("weak on my left side, headache").signs == {"stroke": {"s1": True, "s2": False}}


def test_a_misspelt_sign_counts_for_a_warning():
    assert read("waek on one side").signs == {"stroke": {"s1": True}}


def test_several_medicines_stand_in_the_order_typed():
    assert medicines("salbutamol, norvasc and lipitor") == ["salbutamol", "amlodipine", "atorvastatin"]


@pytest.mark.parametrize(
    "text", ["", " ", "a " * 500, "x" * 5000, "💊🤒", "\x00\ud800", "' OR 1=1 --", "%s%n", "<script>"]
)
def test_no_text_raises(text):
    read(text)
