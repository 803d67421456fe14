"""What a request asks of the check: choices, filters and free text, read from its address. No queries.

Not here: what the words mean (understanding/) and what answers them (check.py).
"""

import re
from dataclasses import dataclass, field

from .frequency import BANDS

MAX_LENGTH = 3000  # characters of a query string; ten medicines and five symptoms need far fewer
MAX_WORDS_LENGTH = 300

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def cleaned(query):
    """What was typed, on one line, without characters that no keyboard makes (NUL, half pairs, broken UTF-8)."""
    return " ".join("".join(c if c.isprintable() and c != "\ufffd" else " " for c in query).split())


@dataclass
class Question:
    """What somebody asks: choices in the order asked, free text, and sentences about what could not be read."""

    medicines: list = field(default_factory=list)
    symptoms: list = field(default_factory=list)
    drug_class: str = ""
    band: str = ""
    serious: bool = False
    words: str = ""
    page: int = 1
    as_json: bool = False
    problems: list = field(default_factory=list)

    @classmethod
    def of(cls, request):
        """What a request asks. Whatever stands in its address, this raises nothing."""
        question = cls()
        if len(request.META.get("QUERY_STRING", "")) > MAX_LENGTH:
            question.problems.append("This address is too long to look up. Choose again below.")
            return question
        parameters = request.GET
        question.medicines = question._choices(parameters.getlist("medicine"), "medicines")
        question.symptoms = question._choices(parameters.getlist("symptom"), "symptoms")
        question.drug_class = question._filter(parameters.get("class", ""), _SLUG.fullmatch, "kind of medicine")
        question.band = question._filter(parameters.get("band", ""), BANDS.__contains__, "how often")
        question.serious = bool(question._filter(parameters.get("serious", ""), "1".__eq__, "how urgent"))
        question.words = cleaned(parameters.get("q", ""))
        if len(question.words) > MAX_WORDS_LENGTH:
            question.problems.append(f"That is too much to look up. Type at most {MAX_WORDS_LENGTH} letters.")
        question.as_json = parameters.get("format") == "json"
        page = parameters.get("page", "1")
        question.page = int(page) if re.fullmatch("[1-9][0-9]{0,3}", page) else 1
        return question

    def __bool__(self):
        return bool(self.medicines or self.symptoms or self.words)

    @property
    def is_filtered(self):
        return bool(self.drug_class or self.band or self.serious)

    def _choices(self, values, noun):
        choices = list(dict.fromkeys(filter(None, map(cleaned, values))))
        sound = [choice for choice in choices if len(choice) <= 100]
        if len(sound) < len(choices):
            self.problems.append(f"We could not read all {noun} in the address. Choose them again below.")
        return sound

    def _filter(self, value, is_known, noun):
        if value and not is_known(value):
            self.problems.append(f"We do not know the filter '{noun}' in the address. It is left out.")
            return ""
        return value
