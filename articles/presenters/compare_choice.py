"""What somebody chose to compare: read from the address, written back into addresses, and the form. No queries."""

import re
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import urlencode

from django.urls import reverse

from .wording import listed, spoken, upper_first

FEWEST_MEDICINES, MOST_MEDICINES = 2, 4
MOST_SYMPTOMS = 5
LONGEST_QUERY = 1_000  # characters; four medicines and five symptoms need far fewer

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG = 100


@dataclass(frozen=True)
class Choice:
    """Slugs in the order chosen, and sentences about what could not be read or is too much."""

    medicines: tuple = ()
    symptoms: tuple = ()
    show_all: bool = False
    problems: tuple = ()

    @classmethod
    def of(cls, request):
        """What a request asks. Whatever stands in its address, this raises nothing and loses nothing that it could read."""
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            return cls(problems=("This address is too long to read. Choose again below.",))
        medicines, unread_medicines = _slugs(request.GET.getlist("medicine"))
        symptoms, unread_symptoms = _slugs(request.GET.getlist("symptom"))
        problems = (
            unread_medicines and "We could not read all medicines in the address. Choose them again below.",
            unread_symptoms and "We could not read all side effects in the address. Choose them again below.",
            _too_many(medicines, MOST_MEDICINES, "medicines"),
            _too_many(symptoms, MOST_SYMPTOMS, "side effects"),
        )
        return cls(medicines, symptoms, request.GET.get("all") == "1", tuple(filter(None, problems)))

    def __bool__(self):
        return bool(self.medicines or self.symptoms)

    def covered(self, known):
        """The medicines that have columns; none where there is nothing to compare or too much."""
        covered = [slug for slug in self.medicines if slug in known.medicines]
        return covered if FEWEST_MEDICINES <= len(covered) <= MOST_MEDICINES and not self.problems else []

    def address(self, **changes):
        """The address that asks this, with changes; '' or () leaves a part out."""
        asked = {"medicine": self.medicines, "symptom": self.symptoms, "all": "1" if self.show_all else ""} | changes
        query = urlencode([(name, value) for name, value in asked.items() if value], doseq=True)
        return reverse("compare") + (f"?{query}" if query else "")


def chips(choice, known):
    """[{"label", "chips"}] for components/chip_list.html: what is chosen, each with the address without it."""
    groups = (
        ("Your medicines", "medicine", choice.medicines, known.medicines),
        ("Your side effects", "symptom", choice.symptoms, known.symptoms),
    )
    return [
        {
            "label": label,
            "chips": [
                {
                    "text": upper_first(names.get(slug, spoken(slug))),
                    "href": choice.address(**{part: [other for other in chosen if other != slug]}),
                }
                for slug in chosen
            ],
        }
        for label, part, chosen, names in groups
        if chosen
    ]


def uncovered(choice, known):
    """[(sentence, address, words of its link)] on what was chosen and has no page. A brand may be known to the search."""
    return [
        (
            f"We do not cover {spoken(slug)} under this name.",
            f"{reverse('search')}?{urlencode({'q': spoken(slug)})}",
            f"Search for {spoken(slug)}",
        )
        for chosen, names in ((choice.medicines, known.medicines), (choice.symptoms, known.symptoms))
        for slug in chosen
        if slug not in names
    ]


def suggestions(choice, known):
    """[(address, words)]: the others of its kind, where one medicine waits for another."""
    (slug,) = choice.medicines if len(choice.medicines) == 1 else [""]
    kind = known.classes.get(slug)
    others = [other for other in known.medicines if other != slug and kind and known.classes.get(other) == kind]
    pairs = [(other, listed(known.medicines[each] for each in (slug, other))) for other in others]
    return [(choice.address(medicine=[slug, other]), f"Compare {names}") for other, names in pairs]


def compare_form(choice, known):
    """{"medicines", "symptoms"}: a select for each place, filled with what is chosen, so that sending it loses nothing."""
    felt = len(choice.symptoms)
    labels = [f"Medicine {number}" for number in range(1, max(MOST_MEDICINES, len(choice.medicines)) + 1)]
    only = ["Only this side effect", *["And this one"] * max(min(felt, MOST_SYMPTOMS - 1), felt - 1)]
    return {
        "medicines": _selects("medicine", labels, choice.medicines, known.medicines),
        "symptoms": _selects("symptom", only, choice.symptoms, known.symptoms),
    }


def _selects(name, labels, chosen, names):
    options = {slug: upper_first(text) for slug, text in names.items()}
    # What has no page keeps its place too.
    options |= {slug: f"{spoken(slug)} (not covered)" for slug in chosen if slug not in names}
    return [
        {
            "name": name,
            "id": f"{name}-{number}",
            "label": label,
            "options": [(slug, text, slug == mine) for slug, text in options.items()],
        }
        for number, (label, mine) in enumerate(zip_longest(labels, chosen), start=1)
    ]


def _slugs(values):
    """(each once, whether any is no slug). An empty place of the form is no choice."""
    values = ["-".join(value.casefold().split()) for value in values if value.strip()]
    sound = [value for value in values if len(value) <= _LONGEST_SLUG and _SLUG.fullmatch(value)]
    return tuple(dict.fromkeys(sound)), len(sound) < len(values)


def _too_many(chosen, most, noun):
    count = len(chosen)
    return count > most and f"You chose {count} {noun}. We can compare {most} at a time, so take away {count - most}."
