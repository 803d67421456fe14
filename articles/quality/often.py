"""Words for how often against the numbers beside them: '1% to 5%' is common, not 'relatively uncommon'.

The bands are those of frequency.py. Not here: whether a number names its source (citations.py).
"""

import re
from dataclasses import dataclass

from ..frequency import BAND_WORDS, BANDS, band_of, band_up_to
from ..reading import blocks, is_item, sentences
from ..text import plain
from .problem import Problem, texts, warning

_BANDS = list(BANDS)
_ONES = dict(zip("one two three four five six seven eight nine".split(), range(1, 10), strict=True))
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_TIMES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_COUNTS = (
    {"a": 1} | _ONES | dict(zip(_TEENS, range(10, 20), strict=True)) | dict(zip(_TENS, range(20, 100, 10), strict=True))
)
_TIMES_WORDS = r"(?:hundred(?:[ ](?:thousand|million))?|thousand|million)\b"
# '10 000' and '1,000'; '2 million'; 'twenty-five', 'two hundred', 'a thousand'. A word that another is tied to is no number.
_NUMBER = (
    rf"(?:\d+(?:[, \u00a0\u2009\u202f]\d{{3}}(?!\d))*(?:\.\d+)?(?![\d,]*\d)(?:[ ]{_TIMES_WORDS})?"
    rf"|(?<![\w-])(?:(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS)}|{'|'.join(_ONES)})\b"
    rf"(?:[ ]{_TIMES_WORDS})?|(?:a[ ])?{_TIMES_WORDS})(?!-[a-z]))"
)
_PERSONS = r"(?:people|persons?|patients?|adults?|users?|women|woman|men|man|children|child|teenagers?)"
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_TO = r"\s*(?:to|and|or|-|\u2013)\s*"
_FIGURE = re.compile(
    rf"""(?<![\d.,])(?:
      (?P<low_percent>{_NUMBER}) (?:\s?(?:%|percent\b|per\ cent\b))? {_TO}
      (?P<high_percent>{_NUMBER}) \s?(?:%|percent\b|per\ cent\b)
    | (?P<percent>{_NUMBER}) \s?(?:%|percent\b|per\ cent\b)
    | (?:(?P<parts>a|one|two|three)[ -])? (?P<part>half|(?:third|quarter|fifth|tenth)s?)
      (?=\s+(?:of\s+)?(?:(?:all|the|our|these)\s+)?{_PERSONS}\b)
    # A share with a stroke has a round number below it: '140/90' and '1/2' are none.
    | (?P<over>\d+) \s?/\s? (?P<under>1(?:0{{1,6}}|0{{0,2}}(?:,000){{1,2}}))\b (?!/) (?!\s*(?:mg|ml|mcg|g)\b)
    | (?P<low>{_NUMBER}) (?:{_TO}(?P<high>{_NUMBER}))? \s+ (?:{_PERSONS}\s+)?
      (?:in|per|out\ of|of(?=\ (?:every|each)|\s+{_NUMBER}\s+{_PERSONS}\b))(?:\ (?:every|each))? \s+ (?P<per>{_NUMBER})
      (?:\s+to\s+(?P<per_other>{_NUMBER})(?!\s+(?:in|out|people\ in)\b))?
      # '5 mg in 2 doses' and '1 in 24 hours' count no people, nor does '3 in 4 trials'.
      (?!\s*(?:-\s*)?(?:mg|ml|mcg|g|hours?|days?|weeks?|months?|years?|minutes?|doses?|tablets?|capsules?|times|trials?
        |studies|study|sources?|labels?)\b)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# What stands before a number or a word says something of it only if it is near; a text may be as long as a book.
_NEARBY = 80
_ABOVE = re.compile(r"(?:more than|over|at least|above|[>≥])\s*(?:about\s+)?$", re.IGNORECASE)
_BELOW = re.compile(
    r"(?:less than|fewer than|under|below|up to|as many as|at most|[<≤])\s*(?:about\s+)?$", re.IGNORECASE
)
_OR_FEWER = re.compile(r"^\s*(?:people\s+)?or (?:fewer|less)\b", re.IGNORECASE)
_OR_MORE = re.compile(r"^\s*(?:people\s+)?or more\b", re.IGNORECASE)
# A change or a share of something else is not how often an effect comes: 'by 10%', '50% more', '20% of the dose'.
_CHANGE_BEFORE = re.compile(
    r"""\b(?:lower|rais|reduc|fall|fell|ris|rose|drop|increas|decreas|cut|improv|shr[iau]nk|grow|grew|go|went|chang)
      [a-z]*\b[^.;]*\bby\s+(?:about\s+|up\ to\s+)?$|\b(?:increase|fall|drop|rise)\ of\s+(?:about\s+|up\ to\s+)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_CHANGE_AFTER = re.compile(
    rf"""^\s*(?:percentage\ points|(?:points\s+)?(?:more|higher|lower|less|fewer|greater|off)\b|of\ (?:the|a|your)\ dose
      # nor is a share of those who have it already, or of those who stop for it
      |of\ (?:them|these)\b|of\ (?:those|the\ people|{_PERSONS})\ who\ (?:get|gets|got|have|had|develop(?:ed)?)\b
      |(?:of\ (?:the\ )?{_PERSONS}\ |{_PERSONS}\ )?(?:had\ to\ )?stop(?:s|ped)?\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_OTHER_TABLET = re.compile(r"\b(?:dummy|placebo|sugar pill)", re.IGNORECASE)
# What follows 'do not' is the other half of the people; so is 'most people are fine'.
_TURNED = re.compile(
    r"n't\b|n’t\b|\b(?:not|never|no|none|without|free of|fine|well|stay|keep taking|unaffected)\b", re.IGNORECASE
)

_WORD = re.compile(
    r"""(?P<said>\b(?:(?P<degree>very|extremely|relatively|quite|fairly|rather|somewhat|pretty)\s+)?
      (?:(?P<uncommon>uncommon(?:ly)?|infrequent(?:ly)?)|(?P<common>(?<!\bin\ )common(?:ly)?)|(?P<rare>rare(?:ly)?))\b
    | \b(?P<most>most\ (?:people|patients|users)|the\ majority\ of\ (?:people|patients))\b(?!\ (?:who|with|of)\b)
    | (?<!a\ )\b(?P<few>(?:very\ )?few\ (?:people|patients|users))\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_NO_WORD_BEFORE = re.compile(
    r"""(?:\b(?:more|less|most|least|as|how|too|equally|so|even|much)
      |\b(?:not|never|no)(?:\ (?:a|so|that|all\ that))?|n['’]t(?:\ (?:a|so|that))?)\s+$|[-]$""",
    re.IGNORECASE | re.VERBOSE,
)
_NO_WORD_AFTER = re.compile(
    r"""^(?:\s+(?:colds?|sense|names?|brands?|words?|ground|knowledge|belief|practice|mistakes?|cause|reasons?|use
      |dose|form|kind|type|to\ (?:both|all)|(?:(?:inherited|genetic|skin|blood|heart)\ )?(?:diseases?|disorders?
      |illness(?:es)?|conditions?)|(?:used|taken|prescribed|called|known|sold|given|found|named|said|confused|asked
      |chosen|bought|(?:on|with)\ (?:the\ |a\ )?(?:placebo|dummy)))\b|-)""",
    re.IGNORECASE | re.VERBOSE,
)
_QUOTED = re.compile(r"['\"‘“]$")
_CLAUSE = re.compile(
    r"[;:]\s|,\s|\s[-\u2013]\s|[()]|\s(?:but|while|whereas|although|though|however|and)\s", re.IGNORECASE
)
# A colon and brackets join what a number explains; these part one statement from the next.
_TURN = re.compile(r";\s|\s(?:and|but|or|so|while|whereas|although|though|however)\s", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:child(?:ren)?|teenagers?|young(?:er)? people|old(?:er)? people|adults?|men|women|babies|people over|"
    r"people with|high(?:er)? doses?|low(?:er)? doses?|\d+\s?mg)\b",
    re.IGNORECASE,
)

# How many sentences away a number is still taken to be about the same: a text that called 1% to 5% 'relatively uncommon'
# had one sentence between the two.
_NEAR = 2
# Texts in which a statement of how often may stand; `disagreement` sets words against numbers on purpose, and
# `often_said` is what people say.
_TEXTS = {
    "article": ("lead", "helps", "harms", "short_answer", "action", "body", "sources_say"),
    "drug": ("note", "onset", "mechanism", "dose_relation", "what_helps", "when_to_get_help", "stop_effects", "detail"),
    "effect": ("description", "self_care", "other_causes"),
    "glossary-term": ("definition",),
    "cascade": ("evidence", "question"),
    "red-flag": ("why", "do"),
}


@dataclass(frozen=True)
class Figure:
    """A share of people as a text states it; `low` and `high` in percent, `top_only` for 'up to' and 'fewer than'."""

    text: str
    low: float
    high: float
    start: int
    end: int
    top_only: bool = False

    @property
    def bands(self):
        """Numbers of the bands it reaches, most frequent first."""
        top = band_up_to(self.high) if self.high > self.low else band_of(self.high)
        return range(_BANDS.index(top), _BANDS.index(band_of(self.low)) + 1)

    @property
    def other_half(self):
        return Figure(self.text, 100 - self.high, 100 - self.low, self.start, self.end)


@dataclass(frozen=True)
class _Said:
    """A word for how often; `word` is a band, 'most' or 'few'."""

    text: str
    word: str
    start: int
    end: int
    quoted: bool


def figures(text):
    """The shares of people that a text states, in order."""
    found = []
    for match in _FIGURE.finditer(text):
        shares = _shares(match)
        if shares is None:
            continue
        before, after = _just_before(text, match.start()), text[match.end() : match.end() + _NEARBY]
        low, high = min(shares), max(shares)
        below = _BELOW.search(before)
        top_only = bool(below or _OR_FEWER.search(after))
        if top_only:
            low = 0
        elif _ABOVE.search(before) or _OR_MORE.search(after):
            high = 100
        said = f"{below[0] if below else ''}{match[0]}"
        if found and re.fullmatch(r"\s*(?:people\s+)?(?:to|-|\u2013)\s*", text[found[-1].end : match.start()]):
            # '1 in 100 to 1 in 10'
            first = found.pop()
            low, high = min(first.low, low), max(first.high, high)
            found.append(Figure(text[first.start : match.end()], low, high, first.start, match.end(), first.top_only))
        else:
            found.append(Figure(said, low, high, match.start(), match.end(), top_only))
    return found


def frequency_problems(content):
    """Where a word for how often and a number beside it do not agree."""
    for path, units in _units(content):
        for unit in units:
            yield from _unit_problems(unit, path)


def _units(content):
    """(path, [[sentence, ...], ...]): each text and each list item by itself; a key point or cell is as one sentence."""
    for path, text in texts(content, _TEXTS.get(content["kind"], ())):
        if path != ("short_answer",):
            running = [sentence for block in blocks(text) if not is_item(block) for sentence in sentences(plain(block))]
            yield path, [running, *(sentences(plain(block)) for block in blocks(text) if is_item(block))]
    if content["kind"] != "article":
        return
    first = sentences(plain(content.get("verdict", "")))
    yield ("short_answer",), [first + sentences(plain(content.get("short_answer", "")))]
    for point in content.get("key_points", []):
        yield ("key_points", point["key"], "text"), [[f"{point.get('label', '')}: {plain(point.get('text', ''))}"]]
    for faq in content.get("faqs", []):
        yield ("faqs", faq["key"], "answer"), [sentences(plain(faq.get("answer", "")))]
    for path, text in texts({"tables": content.get("tables", [])}, ("text",)):
        yield path, [[plain(text)]]


def _unit_problems(unit, path):
    told = [(sentence, _words(sentence), _counted(sentence)) for sentence in unit]
    for number, (sentence, words, counted) in enumerate(told):
        nearest = _nearest(words, counted)
        for word in words:
            if own := _beside(sentence, word, nearest[word]):
                yield from _own_problems(sentence, word, own, path)
            elif not counted and word.word in _BANDS:
                yield from _near_problems(sentence, word, _near(told, number), path)


def _near(told, number):
    """[(sentence, its figures)] nearest to a sentence without figures, up to the next one that has a word of its own."""
    found = []
    for direction in (-1, 1):
        for place in range(number + direction, number + direction * (_NEAR + 1), direction):
            if not 0 <= place < len(told) or told[place][1]:
                break
            if told[place][2]:
                found.append((told[place][0], told[place][2]))
                break
    return found


def _near_problems(sentence, word, near, path):
    counted = [figure for _, found in near for figure in found]
    if any(_agrees(word, figure) for figure in counted):
        return
    for other, found in near:
        if _groups(sentence) == _groups(other):
            yield warning(_sentence(word, found[0], "near"), path)
            return


def _own_problems(sentence, word, counted, path):
    if any(_agrees(word, figure) or _agrees_turned(sentence, word, figure) for figure in counted):
        if word.word in _BANDS and all(f.top_only and f.bands[0] != _BANDS.index(word.word) for f in counted):
            yield warning(_sentence(word, counted[0], "beside"), path)
        return
    figure = counted[0]
    one, other = _clause(sentence, word.start), _clause(sentence, figure.start)
    if one != other:
        groups = _groups(one), _groups(other)
        if groups[0] and groups[1] and not groups[0] & groups[1]:
            return  # 'Uncommon in children, 2 in 100 adults.'
        if groups[0] != groups[1] and groups[0]:
            yield warning(_sentence(word, figure, "beside"), path)
            return
    # A quoted word is somebody else's; the text may have set the number against it on purpose.
    yield Problem(_sentence(word, figure, "beside"), path, binding=not word.quoted)


def _words(sentence):
    if sentence.endswith("?"):
        return []
    found = []
    for match in _WORD.finditer(sentence):
        if _NO_WORD_BEFORE.search(_just_before(sentence, match.start())) or (
            (match["common"] or match["rare"]) and _NO_WORD_AFTER.search(sentence[match.end() :])
        ):
            continue
        kind = next(name for name in ("uncommon", "common", "rare", "most", "few") if match[name])
        if kind in ("common", "rare") and (match["degree"] or "").lower() in ("very", "extremely"):
            kind = f"very-{kind}"
        quoted = bool(_QUOTED.search(_just_before(sentence, match.start())))
        found.append(_Said(match["said"], kind, match.start(), match.end(), quoted))
    return found


def _counted(sentence):
    """The figures of a sentence that say how often this very thing comes: no changes, nothing on a dummy tablet."""
    return [
        figure
        for figure in figures(sentence)
        if not _CHANGE_BEFORE.search(_just_before(sentence, figure.start))
        and not _CHANGE_AFTER.search(sentence[figure.end :])
        and not _OTHER_TABLET.search(_clause(sentence, figure.start))
    ]


def _agrees_turned(sentence, word, figure):
    """Whether 'most' or 'few' speaks of those whom the figure does not count: 'Most people do not get it: 10 in 1,000 do.'"""
    if word.word in _BANDS:
        return False
    between = sentence[min(word.end, figure.end) : max(word.start, figure.start)]
    is_turned = _TURNED.search(between) or _TURNED.search(_clause(sentence, word.start))
    return bool(is_turned) and _agrees(word, figure.other_half)


def _nearest(words, counted):
    """{word: its figures}: each figure belongs to the word that stands nearest to it."""
    found = {word: [] for word in words}
    for figure in counted if words else ():
        found[min(words, key=lambda word: _distance(word, figure))].append(figure)
    return found


def _beside(sentence, word, own):
    """The figures among a word's own that it is about; of 'most' and 'few', only those of its clause."""
    if word.word in _BANDS:
        return own
    return [
        figure
        for figure in own
        if not _TURN.search(sentence[min(word.end, figure.end) : max(word.start, figure.start)])
    ]


def _distance(word, figure):
    return max(figure.start - word.end, word.start - figure.end)


def _agrees(word, figure):
    if word.word == "most":
        return figure.high > 50
    if word.word == "few":
        return figure.low < BANDS["very-common"][0]
    return _BANDS.index(word.word) in figure.bands


def _groups(text):
    return {match.lower() for match in _GROUP.findall(text)}


def _clause(sentence, place):
    """The part of a sentence, between commas and the like, in which this place lies."""
    start = first = max(0, place - 3 * _NEARBY)
    end = place + 3 * _NEARBY
    for match in _CLAUSE.finditer(sentence, first, end):
        if match.start() >= place:
            return sentence[start : match.start()]
        start = match.end()
    return sentence[start:end]


def _just_before(text, place):
    return text[max(0, place - _NEARBY) : place]


def _sentence(word, figure, where):
    told = f"The text says '{word.text}' {where} '{figure.text}'."
    if word.word == "most":
        return f"{told} 'Most' means more than 50 in every 100. Say the number alone, or correct it."
    if word.word == "few":
        return f"{told} That is not few: it is 10 in every 100 or more. Say the number alone, or correct it."
    asked = [BAND_WORDS[_BANDS[number]] for number in figure.bands]
    if figure.top_only:
        asked = asked[:1]
    wanted = f"'{asked[0]}'" if len(asked) == 1 else f"'{asked[-1]}' to '{asked[0]}'"
    return f"{told} This number asks for {wanted}: use that word, or correct the number."


def _shares(match):
    """The percents that a match of _FIGURE names, or None where it names no share."""
    if match["percent"] or match["high_percent"]:
        shares = [_number(match[name]) for name in ("low_percent", "high_percent", "percent") if match[name]]
    elif match["part"]:
        parts, part = (match["parts"] or "a").lower(), match["part"].lower().removesuffix("s")
        shares = [100 * _COUNTS[parts] / _PARTS[part]]
    elif match["over"]:
        shares = [100 * _number(match["over"]) / _number(match["under"])]
    else:
        counts = [_number(match[name]) for name in ("low", "high") if match[name]]
        pers = [_number(match[name]) for name in ("per", "per_other") if match[name]]
        if min(pers) < 2 or (1900 <= pers[0] <= 2100 and match["per"].isdecimal() and pers[0] != 2000):
            return None  # '3 in 2019'
        shares = [100 * count / per for count in counts for per in pers]
    return shares if max(shares) <= 100 else None


def _number(text):
    """What '10,000', '2 million' and 'twenty-five' mean."""
    digits = re.match(r"[\d, \u00a0\u2009\u202f.]*", text.lower())[0]
    total, current = 0, float(re.sub(r"[^\d.]", "", digits)) if digits.strip() else 0
    for word in re.findall("[a-z]+", text.lower()):
        if word == "hundred":
            current = (current or 1) * 100
        elif word in _TIMES:
            total, current = total + (current or 1) * _TIMES[word], 0
        else:
            current += _COUNTS[word]
    return total + current
