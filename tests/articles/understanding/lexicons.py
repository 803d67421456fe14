"""A small lexicon for tests: a few medicines, effects, rules and words, as literal contents."""

from functools import lru_cache

from articles.models.words import wording_lines
from articles.understanding.lexicon import Lexicon
from articles.understanding.reading import understand

DRUGS = {
    "amlodipine": {
        "name": "amlodipine",
        "names": [{"name": "Norvasc", "kind": "brand", "country": "US"}, {"name": "Istin", "country": "UK"}],
        "rxcui": "17767",
        "atc": "C08CA01",
    },
    "salbutamol": {"name": "salbutamol", "us_name": "albuterol", "names": []},
    "atorvastatin": {"name": "atorvastatin", "names": [{"name": "Lipitor"}]},
    "simvastatin": {
        "name": "simvastatin",
        "names": [{"name": "Zocor", "country": "US"}, {"name": "Zocor", "country": "UK"}],
    },
    "alendronate": {"name": "alendronic acid", "names": []},
}
EFFECTS = {
    "ankle-swelling": ("Swollen ankles, feet or legs", "@foot @swollen\n- swollen with pride"),
    "muscle-cramps": ("Muscle cramps or spasms", "leg/calf cramp"),
    "belly-pain": ("Stomach or belly pain", "belly/stomach pain"),
    "appetite-loss": ("Loss of appetite", "no appetite\nnot hungry"),
    "dizziness": ("Feeling dizzy or light-headed", ""),
    "dizzy-on-standing": ("Dizzy when standing up", "dizzy stand"),
    "chest-pain": ("Chest pain or worsening angina", "chest pain/hurt\nangina\n- chest pain infection"),
    "stroke-signs": ("Signs of a stroke", "stroke\n- stroke cat"),
    "headache": ("Headache", "headache\n- weak side"),
    "weakness": ("General weakness", "weak legs"),
    "muscle-weakness": ("Muscle weakness", "weak legs"),
}
SENSES = {
    "cramps": ("cramp, cramping", "", {"muscle-cramps": "leg, calf", "belly-pain": "stomach"}),
    "dizzy": ("dizziness", "dizziness", {"dizziness": "", "dizzy-on-standing": "stand up"}),
}
# (name, kind, country, ingredient)
KNOWN_NAMES = [
    ("Nimodipine", "ingredient", "", "Nimodipine"),
    ("Exforge", "brand", "US", "Amlodipine;Valsartan"),
    ("Valsartan", "ingredient", "", "Valsartan"),
    ("Simvador", "brand", "US;UK", "Simvastatin"),
    ("Heather", "brand", "US", "Norethisterone"),
    ("Prednisone", "ingredient", "", "Prednisone"),
    ("Aspirin", "ingredient", "", "Aspirin"),
]


def contents():
    made = {("drug", slug): content for slug, content in DRUGS.items()}
    for slug, (name, wordings) in EFFECTS.items():
        made["effect", slug] = {"slug": slug, "name": name, "clinical_term": f"{name} (term)", "wordings": wordings}
    for slug, (forms, default, meanings) in SENSES.items():
        rows = [{"key": effect, "effect": effect, "settled_by": words} for effect, words in meanings.items()]
        made["ambiguous-word", slug] = {
            "word": slug,
            "forms": forms,
            "question": "Where?",
            "plain_default": default,
            "meanings": rows,
        }
    statins = [{"key": slug, "drug": slug} for slug in ("atorvastatin", "simvastatin")]
    made["ambiguous-word", "statin"] = {"word": "statin", "question": "Which statin?", "meanings": statins}
    made["word-group", "foot"] = {"words": "foot, feet, ankle"}
    made["word-group", "swollen"] = {"words": "swollen, swelling, puffed up"}
    made["red-flag", "stroke"] = {
        "slug": "stroke",
        "signs": [
            {"key": "s1", "text": "weak on one side", "wordings": "weak one/left side\n- left bag/suitcase"},
            {"key": "s2", "text": "headache", "effects": ["headache"], "wordings_together": "headache"},
        ],
    }
    overdose = {
        "key": "s1",
        "text": "took too much",
        "wordings": "took_ten/taken_ten\nten tablets\noverdosed\ncant_wake",
    }
    made["red-flag", "overdose"] = {"slug": "overdose", "signs": [overdose]}
    return made


@lru_cache(maxsize=1)
def lexicon():
    return Lexicon(contents(), KNOWN_NAMES, wording_lines)


def read(text):
    return understand(text, lexicon())


def medicines(text):
    return [each.slug for each in read(text).medicines]


def symptoms(text):
    return [each.slug for each in read(text).symptoms]
