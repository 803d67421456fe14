"""All that reading needs to know, made once from live content: names, wordings, ambiguous words, spellings."""

from collections import defaultdict
from dataclasses import dataclass

from .names import Names
from .spelling import Speller, everyday_words
from .tokens import fold, stem
from .wordings import Wordings, stems_of


@dataclass(frozen=True)
class Sense:
    """An ambiguous word. `meanings`: [(kind, slug, words that settle it, folded, whether it is offered)]."""

    slug: str
    question: str
    plain_default: str
    meanings: tuple

    @property
    def is_of_medicines(self):
        return any(kind == "medicine" for kind, *_ in self.meanings)


class Lexicon:
    def __init__(self, contents, known_names, parse):
        """`contents`: {(kind, slug): content} of live documents; `known_names`: rows of KnownName as tuples;
        `parse`: splits a text of wordings into lines (models.words.wording_lines)."""
        by_kind = defaultdict(dict)
        for (kind, slug), content in contents.items():
            by_kind[kind][slug] = content
        self.everyday = everyday_words()
        self.names = Names(by_kind["drug"], known_names)
        self.effects = {slug: content["name"] for slug, content in by_kind["effect"].items()}
        self.illnesses = {slug for slug, content in by_kind["effect"].items() if content.get("is_illness")}
        groups = {slug: _parted(content["words"]) for slug, content in by_kind["word-group"].items()}
        self.wordings = Wordings(groups)
        # (rule, sign) -> the effects that alone are this sign: what is harmless for these is so for it
        self.kin = defaultdict(list)
        self.senses = {}
        self.sense_words = Wordings({})
        senses = by_kind["ambiguous-word"]
        for slug, content in senses.items():
            self._add_sense(slug, content)
        ambiguous = {stems_of(word) for content in senses.values() for word in _spoken(content)}
        for slug, content in by_kind["effect"].items():
            self._add_effect(slug, content, ambiguous, parse)
        for slug, content in by_kind["red-flag"].items():
            self._add_rule(slug, content, parse)
        self.wordings.finish()
        self.sense_words.finish()
        self.stems = self.wordings.words() | self.sense_words.words()
        spoken = self._spoken_words(by_kind)
        named = self.names.parts | {word for word in spoken if word in self.names}
        self.words = {word for word in spoken if word not in named or word in self.everyday}
        self._name_stems = {stem(word) for word in named} - {stem(word) for word in self.words}
        self.core = self.words & (
            # Names of effects are spelt right, which a word of a wording need not be.
            {
                word
                for content in by_kind["effect"].values()
                for text in _names_of(content)
                for word in fold(text).split()
            }
            | self.everyday
        )
        self.speller = Speller(word for word in self.words if len(word) > 3)

    def is_known_word(self, token):
        """Whether a word needs no guess at its spelling."""
        return (
            token.word in self.words
            or (stem(token.word) in self.stems and stem(token.word) not in self._name_stems)
            or token.text.casefold().replace("'", "").replace("’", "") in self.everyday
            or token.word in self.everyday
        )

    def _add_effect(self, slug, content, ambiguous, parse):
        owner = ("effect", slug)
        for phrase in [*_names_of(content), first_part(content["name"])]:
            is_everyday = phrase.isupper() and phrase.casefold() in self.everyday  # TEN and DRESS are not ten and dress
            if phrase and not is_everyday and stems_of(phrase) not in ambiguous:
                self.wordings.add_phrase(owner, phrase)
        for is_harmless, items in parse(content.get("wordings", "")):
            if len(items) == 1 and not is_harmless:
                # Alone such a word is asked about, whatever a wording says.
                items = ["/".join(word for word in items[0].split("/") if stems_of(word) not in ambiguous)]
            self.wordings.add_line(owner, [item for item in items if item], is_harmless=is_harmless)

    def _add_rule(self, slug, content, parse):
        for sign in content["signs"]:
            for effect in sign.get("effects", ()):
                self.kin[slug, sign["key"]].append(("effect", effect))
            for field, is_enough in (("wordings", True), ("wordings_together", False)):
                for is_harmless, items in parse(sign.get(field, "")):
                    owner = ("rule", slug) if is_harmless else ("sign", slug, sign["key"], is_enough)
                    self.wordings.add_line(owner, items, is_harmless=is_harmless)

    def _add_sense(self, slug, content):
        meanings = tuple(
            (
                "symptom" if row.get("effect") else "medicine",
                row.get("effect") or row["drug"],
                tuple(tuple(fold(words).split()) for words in _parted(row.get("settled_by", ""))),
                not row.get("only_if_settled", False),
            )
            for row in content.get("meanings", [])
        )
        self.senses[slug] = Sense(slug, content["question"], content.get("plain_default", ""), meanings)
        for word in _spoken(content):
            self.sense_words.add_phrase(slug, word)

    @staticmethod
    def _spoken_words(by_kind):
        """Every whole word, folded, that stands in a name of an effect, a wording, a group or an ambiguous word."""
        texts = [content["words"] for content in by_kind["word-group"].values()]
        for content in by_kind["effect"].values():
            texts += [*_names_of(content), content.get("wordings", "")]
        for content in by_kind["red-flag"].values():
            texts += [sign.get(field, "") for sign in content["signs"] for field in ("wordings", "wordings_together")]
        for content in by_kind["ambiguous-word"].values():
            texts += _spoken(content)
        return {word for text in texts for word in fold(text.replace("@", " ")).split()}


def _parted(text):
    return [part.strip() for part in text.split(",") if part.strip()]


def _spoken(content):
    return [content["word"], *_parted(content.get("forms", ""))]


def _names_of(effect):
    """The names of a side effect: its own, the clinical term, the synonyms."""
    return [effect["name"], effect["clinical_term"], *(row["text"] for row in effect.get("terms", []))]


def first_part(name):
    """'Chest pain or worsening angina' -> 'Chest pain'; '' where it is one word, which says too little ('Sore')."""
    for mark in (",", " or ", " (", "/"):
        name = name.split(mark)[0]
    return name if " " in name else ""
