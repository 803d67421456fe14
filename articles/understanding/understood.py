"""What reading gives: pieces that were understood, and questions to ask back."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Named:
    """Something understood. `start`, `end`: where it stands in what was typed."""

    kind: str  # medicine or symptom
    typed: str
    slug: str
    name: str
    how: str
    start: int = 0
    end: int = 0
    printed: str = ""  # the name as it is printed, where that is not `name`
    country: str = ""  # where alone a brand is known under this name


@dataclass(frozen=True)
class Asked:
    """Something to ask back. `options`: [(slug or "", name, brand of, or "")]."""

    kind: str
    typed: str
    options: tuple
    start: int = 0
    end: int = 0
    question: str = ""


@dataclass
class Understood:
    text: str = ""
    medicines: list = field(default_factory=list)
    symptoms: list = field(default_factory=list)
    did_you_mean: list = field(default_factory=list)
    not_covered: list = field(default_factory=list)  # (typed, INN, start, end, name as printed)
    ambiguous: list = field(default_factory=list)
    not_understood: list = field(default_factory=list)
    left_out: list = field(default_factory=list)  # (typed, why): denied, past or reason
    signs: dict = field(default_factory=dict)  # rule -> {key of a sign: whether it is enough alone}
    only_asked: bool = False  # a question of what could be, not of what is
