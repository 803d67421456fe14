"""The words by which people say things: groups of words that mean the same, and words that mean several things."""

import re

from django.core.exceptions import ValidationError
from django.db import models

from .documents import Document, Part, key_validator

WORDINGS_HELP = (
    "One wording a line: words that stand near each other in what people type, in any order, whatever their ending. "
    "'chest pain/ache' takes either word; 'burning_up' keeps two words together; '@pain' takes any word of the word "
    "group 'pain'. A line that begins with - names something harmless that sounds alike: '- chest infection'."
)
_PART = r"(@[a-z0-9]+(-[a-z0-9]+)*|[^\W_]+(['’_-][^\W_]+)*)"
_ITEM = re.compile(rf"{_PART}(/{_PART})*")


def wording_lines(text):
    """[(is_harmless, [item, ...])] of a text of wordings; blank lines are left out."""
    rows = (line.strip() for line in text.splitlines())
    return [(row.startswith("- "), row.removeprefix("- ").split()) for row in rows if row]


def validate_wordings(text):
    for _, items in wording_lines(text):
        for item in items:
            if not _ITEM.fullmatch(item):
                raise ValidationError(f"'{item}' is not a word, words parted by /, or a group such as @pain.")


class WordGroup(Document):
    """Words that mean the same to a reader; wordings name the group as @slug."""

    words = models.TextField(
        help_text="Parted by commas, for example 'pain, ache, hurts'. Endings do not matter: 'hurt' takes 'hurting' too."
    )

    KIND = Document.Kind.WORD_GROUP
    CONTENT = ("words",)

    def __str__(self):
        return f"@{self.slug}"


class AmbiguousWord(Document):
    """An everyday word that can mean several symptoms or medicines, so that the check asks which."""

    word = models.CharField(max_length=60)
    forms = models.CharField(
        "other forms", max_length=300, blank=True, help_text="Parted by commas, for example 'cramp, cramping'."
    )
    question = models.CharField(max_length=300, help_text="What to ask, for example 'Where is it?'.")
    plain_default = models.ForeignKey(
        "Effect",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Only where the plain word is itself the name of one side effect: taken so, and the others are offered.",
    )
    beware = models.CharField(max_length=300, blank=True, help_text="A meaning that needs help now.")

    KIND = Document.Kind.AMBIGUOUS_WORD
    CONTENT = ("word", "forms", "question", "plain_default", "beware", "meanings")

    class Meta:
        verbose_name = "word with several meanings"
        verbose_name_plural = "words with several meanings"

    def __str__(self):
        return self.word


class Meaning(Part):
    """One thing that an ambiguous word can mean: a side effect or a medicine."""

    key = models.CharField(max_length=100, validators=[key_validator])
    ambiguous_word = models.ForeignKey(AmbiguousWord, models.CASCADE, related_name="meanings")
    effect = models.ForeignKey("Effect", models.PROTECT, null=True, blank=True, related_name="+")
    drug = models.ForeignKey("Drug", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="medicine")
    settled_by = models.CharField(
        max_length=300, blank=True, help_text="Words near it that settle this meaning, parted by commas."
    )
    only_if_settled = models.BooleanField(
        "not offered", default=False, help_text="Tick where only the words beside it can give it this meaning."
    )

    PARENT = "ambiguous_word"
    CONTENT = ("effect", "drug", "settled_by", "only_if_settled")

    class Meta(Part.Meta):
        constraints = (
            models.UniqueConstraint(fields=["ambiguous_word", "key"], name="meaning_key_unique"),
            models.CheckConstraint(
                condition=models.Q(effect__isnull=False, drug__isnull=True)
                | models.Q(effect__isnull=True, drug__isnull=False),
                name="meaning_is_one_thing",
                violation_error_message="A meaning is one side effect or one medicine.",
            ),
        )

    def __str__(self):
        return str(self.effect or self.drug)
