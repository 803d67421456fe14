"""understand(): the words that somebody typed as medicines, symptoms, warning signs, and questions to ask back."""

import re
from collections import defaultdict
from operator import itemgetter

from .plain_words import DOSE_WORDS, FILLERS, SWALLOWED_WORDS, TABLET_WORDS, TAKING_WORDS
from .scopes import asked_about, is_only_asked, set_aside
from .spelling import allowed_distance
from .tokens import fold, stem, tokens_of
from .understood import Asked, Named, Understood

MAX_TOKENS = 80
MAX_SPELLINGS = 12  # unknown words whose spelling is looked for
MANY_TABLETS, MANY_OF_A_NAME, MOST_TABLETS = 8, 12, 300  # 'took 10 amlodipine' is a strength, 'took 500' milligrams
HARMLESS_SPAN = 4  # words that a harmless wording of several items may always stretch over
_DOSE = re.compile(
    r"\d+([.,]\d+)?(mg|mgs|mcg|ug|g|ml|iu|units?|milligrams?|micrograms?|grams?|percent|x|am|pm|st|nd|rd|th|yrs?|yo)?",
    re.IGNORECASE,
)


def understand(text, lexicon):
    """What a text names. Raises nothing, whatever the text."""
    return _Reader(text, lexicon).read()


class _Reader:
    def __init__(self, text, lexicon):
        self.text, self.lexicon = text, lexicon
        self.result = Understood(text)
        self.tokens = tokens_of(text)[:MAX_TOKENS]

    def read(self):
        if not self.tokens:
            return self.result
        self.result.only_asked = is_only_asked(self.text)
        self._take_doses()
        self._take_names()
        self._find_counts()
        self.aside = set_aside(self.text, self.tokens)
        self.spellings = self._look_up_spellings()
        self._split_words_run_together()
        self._take_groups()
        content = [token for token in self.tokens if not token.taken and not token.is_function_word]
        matches = self.lexicon.wordings.matches(content)
        self._take_signs(matches)
        self._take_symptoms(matches)
        self._take_senses(content)
        self._ask_spellings()
        self._say_the_rest()
        for named in (self.result.medicines, self.result.symptoms, self.result.did_you_mean, self.result.ambiguous):
            named.sort(key=lambda each: each.start)
        return self.result

    # Medicines

    def _take_doses(self):
        for number, token in enumerate(self.tokens):
            follows_dose = number and self.tokens[number - 1].taken == "dose"
            is_number = _DOSE.fullmatch(token.text) and token.word not in self.lexicon.names
            if is_number or (follows_dose and token.word in DOSE_WORDS):
                token.taken = "dose"

    def _take_names(self):
        place = 0
        while place < len(self.tokens):
            name, count = self.lexicon.names.longest(self.tokens, place)
            words = self.tokens[place : place + count]
            if name and self._is_meant(name, words, place):
                for token in words:
                    token.taken = "name"
                self._take_name(name, words)
            place += count or 1
        for number, token in enumerate(self.tokens[1:], start=1):
            if not token.taken and token.word in DOSE_WORDS and self.tokens[number - 1].taken in ("name", "dose"):
                token.taken = "dose"

    def _find_counts(self):
        """'Took 20 paracetamol' and 'swallowed 30 tablets' count tablets; 'took 10 amlodipine' tells the strength."""
        for number, token in enumerate(self.tokens[:-1]):
            following = self.tokens[number + 1]
            is_taken = any(before.word in SWALLOWED_WORDS for before in self.tokens[max(0, number - 2) : number])
            if token.taken != "dose" or not token.text.isdecimal() or not is_taken:
                continue
            of_tablets = following.word in TABLET_WORDS
            least = MANY_TABLETS if of_tablets else MANY_OF_A_NAME
            if least <= int(token.text) <= MOST_TABLETS and (of_tablets or following.taken == "name"):
                token.word, token.stems, token.taken = "ten", {"ten": False}, ""
                following.taken = "" if of_tablets else following.taken

    def _take_name(self, name, words):
        start, end = words[0].start, words[-1].end
        typed = self.text[start:end]
        for ingredient in name.ingredients:
            if not ingredient.slug:
                self.result.not_covered.append((typed, ingredient.name, start, end, name.name))
            elif ingredient.slug not in [each.slug for each in self.result.medicines]:
                self.result.medicines.append(
                    Named(
                        "medicine",
                        typed,
                        ingredient.slug,
                        ingredient.name,
                        name.how,
                        start,
                        end,
                        name.name,
                        name.country,
                    )
                )

    def _is_meant(self, name, words, place):
        """A brand that is also an everyday word or a word for a symptom (Heather, Ella) needs a second sign."""
        if len(words) > 1 or len(self.tokens) == 1:
            return True
        word = words[0].text.casefold()
        if name.how == "code":
            return not word.isdigit() or len(word) > 3
        if name.how != "brand" or (word not in self.lexicon.everyday and words[0].word not in self.lexicon.words):
            return True
        near = [*self.tokens[max(0, place - 2) : place], *self.tokens[place + 1 : place + 3]]
        return any(token.taken == "dose" or token.word in TAKING_WORDS for token in near)

    def _take_groups(self):
        """'My water tablet' is a medicine and says nothing of water, so such words are taken before symptoms are."""
        content = [token for token in self.tokens if not token.taken and not token.is_function_word]
        for match in self.lexicon.sense_words.matches(content):
            sense = self.lexicon.senses[match.owner]
            if sense.is_of_medicines and not match.is_corrected and not self.tokens[match.tokens[0]].taken:
                words = [self.tokens[at] for at in match.tokens]
                self._ask_sense(sense, match, self._typed(match.tokens), words[0].start, words[-1].end, "")
                for token in words:
                    token.taken = "name"

    # Spelling

    def _look_up_spellings(self):
        """{number of a token: names} for unknown words; likely words of symptoms become stems of the token."""
        found, looked = {}, 0
        for number, token in enumerate(self.tokens):
            has_dose = self._has_dose(number)
            if token.taken or token.is_function_word or len(token.text) < 4 or token.word.isdigit():
                continue
            if token.word in FILLERS or looked == MAX_SPELLINGS:
                continue
            if self.lexicon.is_known_word(token) and not (has_dose and token.word not in self.lexicon.words):
                self._add_frequent_spellings(token)
                continue
            looked += 1
            distance, names = min((self.lexicon.names.near(each) for each in token.spellings), key=itemgetter(0))
            far, others = self._near_with_next(number, distance)
            if others:
                distance, names = far, others
                self._ask_name(names, self.tokens[number : number + 2])
                continue
            words = min(
                (self.lexicon.speller.near(each) for each in token.spellings), key=lambda near: near[:1] or [(99,)]
            )
            if words and words[0][0] <= max(1, distance):
                for far, word in words:
                    if far == words[0][0]:
                        token.stems.setdefault(stem(word), True)
            if names and (not words or distance <= max(1, words[0][0])):
                found[token.at] = names
        return found

    def _add_frequent_spellings(self, token):
        """A wording can list a slip of its own ('yelow'); it stands for the word meant in all other wordings too."""
        if token.word in self.lexicon.core or token.text.casefold() in self.lexicon.everyday:
            return
        for far, word in self.lexicon.speller.near(token.word):
            if far <= 2 and word in self.lexicon.core:
                token.stems.setdefault(stem(word), True)

    def _has_dose(self, number):
        """Whether a dose with its unit follows: then even an everyday word may be a misspelt name."""
        after = self.tokens[number + 1 : number + 3]
        is_dose = bool(after) and after[0].taken == "dose"
        return is_dose and (not after[0].text.isdigit() or (len(after) > 1 and after[1].taken == "dose"))

    def _split_words_run_together(self):
        """'chestpain' -> the stems of both, on the one token's place; only where both halves are words of symptoms."""
        for token in self.tokens:
            if token.taken or len(token.word) < 7 or self.lexicon.is_known_word(token):
                continue
            for cut in range(3, len(token.word) - 2):
                halves = token.word[:cut], token.word[cut:]
                if all(half in self.lexicon.words for half in halves):
                    token.stems |= {stem(half): True for half in halves}
                    break

    def _near_with_next(self, number, distance):
        """The names that a word and the next one are together, if these are nearer: 'alandronic acid', 'ator vastatin'."""
        token, following = self.tokens[number], self.tokens[number + 1 : number + 2]
        if not following or following[0].taken or following[0].is_function_word or following[0].word in FILLERS:
            return 99, []
        far, names = self.lexicon.names.near(token.word + following[0].word)
        return (far, names) if far <= min(distance, allowed_distance(token.word)) else (99, [])

    def _ask_spellings(self):
        """Spellings of medicines for the words that turned out to be nothing else."""
        for token in self.tokens:
            if not token.taken and token.at in self.spellings:
                self._ask_name(self.spellings[token.at], [token])

    def _ask_name(self, names, words):
        options = []
        for name in names:
            brand_of = "" if name.how in ("exact", "code") else " and ".join(each.name for each in name.ingredients)
            slug = next((each.slug for each in name.ingredients if each.slug), "")
            options.append((slug, name.name, brand_of))
        for token in words:
            token.taken = "asked"
        start, end = words[0].start, words[-1].end
        self.result.did_you_mean.append(Asked("medicine", self.text[start:end], tuple(options), start, end))

    # Symptoms and signs

    def _why_aside(self, numbers):
        """Why a match does not count, or ''. A denial that is part of the wording ('no appetite') denies nothing."""
        whys = [self.aside[at] for at in numbers if at in self.aside]
        if any(why == "past" for why, _ in whys):
            return "past"
        if any(why == "denied" and by not in numbers for why, by in whys):
            return "denied"
        return "reason" if whys and all(at in self.aside for at in numbers) and whys[0][0] == "reason" else ""

    def _take_signs(self, matches):
        asked = asked_about(self.text, self.tokens)
        self.harmless = defaultdict(list)
        for match in matches:
            if match.wording.is_harmless:
                self.harmless[match.owner].append(match)
        for match in matches:
            if match.owner[0] != "sign" or self._why_aside(match.tokens) or asked.issuperset(match.tokens):
                continue
            _, rule, key, is_enough = match.owner
            if self._is_meant_so([("rule", rule), *self.lexicon.kin.get((rule, key), ())], match):
                signs = self.result.signs.setdefault(rule, {})
                signs[key] = signs.get(key, False) or is_enough

    def _is_meant_so(self, owners, match):
        """Whether no harmless wording of the owners, in words as near together, covers a word of the match.

        A harmless wording stretched over a sentence ('cut the bread, then myself, in the kitchen') must silence nothing.
        """
        words = set(match.tokens)
        return not any(
            (len(harmless.wording.slots) == 1 or harmless.span <= max(match.span, HARMLESS_SPAN))
            and not words.isdisjoint(harmless.tokens)
            for each in owners
            for harmless in self.harmless.get(each, ())
        )

    def _take_symptoms(self, matches):
        claimed = set()
        wanted = [match for match in matches if match.owner[0] == "effect" and not match.wording.is_harmless]
        wanted.sort(key=lambda m: (-len(m.tokens), m.is_corrected, m.span, m.tokens[0], m.owner))
        taken_by = {}
        for match in wanted:
            slug = match.owner[1]
            if slug not in self.lexicon.effects or not self._is_meant_so([match.owner], match):
                continue
            is_illness = slug in self.lexicon.illnesses
            if claimed.issuperset(match.tokens) and not (is_illness and len(match.tokens) > 1):
                # Two effects that the same words name equally well: the reader says which.
                is_corrected, same = taken_by.get(match.tokens, (False, ()))
                if same and slug not in same and match.is_corrected is is_corrected:
                    same.append(slug)
                continue
            # The name of an illness leaves its words to the symptoms that they are too.
            claimed.update(() if is_illness and len(match.tokens) > 1 else match.tokens)
            if match.tokens in taken_by:
                continue
            if why := self._why_aside(match.tokens):
                self.result.left_out.append((self._typed(match.tokens), why))
            taken_by[match.tokens] = (match.is_corrected, [] if why else [slug])
            for at in match.tokens:
                self.tokens[at].taken = self.tokens[at].taken or "symptom"
        self._store_symptoms(taken_by)

    def _store_symptoms(self, taken_by):
        """`taken_by`: {numbers of tokens: (whether a spelling was corrected, slugs of effects)}."""
        for numbers, (is_corrected, slugs) in taken_by.items():
            known = [each.slug for each in self.result.symptoms]
            if not slugs or set(slugs) <= set(known):
                continue
            start, end = self.tokens[numbers[0]].start, self.tokens[numbers[-1]].end
            typed = self.text[start:end]
            if is_corrected or len(slugs) > 1:
                options = tuple((slug, self.lexicon.effects[slug], "") for slug in slugs)
                asked = self.result.did_you_mean if is_corrected else self.result.ambiguous
                asked.append(Asked("symptom", typed, options, start, end))
            else:
                self._add_symptom(slugs[0], typed, start, end)

    def _add_symptom(self, slug, typed, start, end):
        if slug not in [each.slug for each in self.result.symptoms]:
            name = self.lexicon.effects[slug]
            how = "exact" if fold(typed) == fold(name) else "synonym"
            self.result.symptoms.append(Named("symptom", typed, slug, name, how, start, end))

    def _take_senses(self, content):
        """Words with several meanings that no wording has taken: settled by a word beside them, or asked about."""
        matches = self.lexicon.sense_words.matches(content)
        matches = [match for match in matches if not any(self.tokens[at].taken for at in match.tokens)]
        matches.sort(key=lambda m: (-len(m.tokens), m.is_corrected, m.tokens[0]))
        taken = set()
        for match in matches:
            if not taken.isdisjoint(match.tokens):
                continue
            taken.update(match.tokens)
            sense, typed = self.lexicon.senses[match.owner], self._typed(match.tokens)
            start, end = self.tokens[match.tokens[0]].start, self.tokens[match.tokens[-1]].end
            for at in match.tokens:
                self.tokens[at].taken = "symptom"
            if why := self._why_aside(match.tokens):
                self.result.left_out.append((typed, why))
                continue
            settled, beside = self._settled(sense, match.tokens)
            if settled and not match.is_corrected:
                start, end = min(start, beside[0].start), max(end, beside[-1].end)
                self._add_symptom(settled, self.text[start:end], start, end)
                continue
            self._ask_sense(sense, match, typed, start, end, settled)

    def _ask_sense(self, sense, match, typed, start, end, settled):
        offered = [(kind, slug) for kind, slug, _, is_offered in sense.meanings if is_offered or slug == settled]
        kind = offered[0][0] if offered else "symptom"
        medicines = {each.slug: each.name for each in self.result.medicines}
        if kind == "medicine" and any(slug in medicines for _, slug in offered):
            return  # 'my statin, atorvastatin': said already
        if kind == "symptom":
            offered = [(kind, slug) for kind, slug in offered if slug in self.lexicon.effects]
        if not offered:
            return
        names = self.lexicon.effects if kind == "symptom" else {}
        options = tuple((slug, names.get(slug, slug), "") for _, slug in offered)
        if match.is_corrected:
            first = [option for option in options if option[0] == settled]
            self.result.did_you_mean.append(Asked(kind, typed, tuple(first) or options, start, end, sense.question))
            return
        if sense.plain_default in names:
            self._add_symptom(sense.plain_default, typed, start, end)
        self.result.ambiguous.append(Asked(kind, typed, options, start, end, sense.question))

    def _settled(self, sense, numbers):
        """(the meaning that words of the same sentence settle, these words), the nearest first; ('', []) where none does."""
        sentence = [token for token in self.tokens if token.sentence == self.tokens[numbers[0]].sentence]
        best = None
        for kind, slug, settling, _ in sense.meanings:
            for settling_words in settling:
                for place in range(len(sentence) - len(settling_words) + 1):
                    words = sentence[place : place + len(settling_words)]
                    apart = min(abs(word.at - at) for word in words for at in numbers)
                    if not apart and len(numbers) == 1:
                        continue
                    is_known = kind == "symptom" and slug in self.lexicon.effects
                    is_nearer = is_known and (best is None or apart < best[0])
                    if is_nearer and all(_is_same(*each) for each in zip(settling_words, words, strict=True)):
                        best = (apart, slug, words)
        if best is None:
            return "", []
        for word in best[2]:
            word.taken = word.taken or "symptom"
        return best[1:]

    # What is left

    def _say_the_rest(self):
        run = []
        for token in [*self.tokens, None]:
            is_rest = (
                token is not None
                and not token.taken
                and not token.is_function_word
                and token.word not in FILLERS
                and token.at not in self.aside
                and len(token.word) > 1
            )
            if is_rest and (not run or token.at == run[-1].at + 1):
                run.append(token)
                continue
            if run:
                self.result.not_understood.append(self.text[run[0].start : run[-1].end])
            run = [token] if is_rest else []

    def _typed(self, numbers):
        return self.text[self.tokens[numbers[0]].start : self.tokens[numbers[-1]].end]


def _is_same(word, token):
    """Whether a token is this word, in the singular or plural. 'stopped' is not 'stop': a verb's form can be the point."""
    if token.word == word:
        return True
    return stem(word) in token.stems and not word.endswith(("ed", "ing"))
