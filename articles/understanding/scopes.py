"""What a word is said of: now and of the reader, or denied, long past, somebody else's, or what a medicine is taken for.

Where it is not clear, a word counts: a warning too many harms less than one too few.
"""

import re
from itertools import pairwise

from .tokens import fold

# 'not' and its like; 'cant', 'unable' and 'wont' tell of a symptom themselves.
_DENIALS = frozenset(
    fold(
        "no not without never none neither nor dont doesnt didnt havent hasnt hadnt isnt arent wasnt aint denies"
    ).split()
)
# After a denial these say that nothing is denied: 'not sure', 'never had it before', 'does not go away', 'no idea'.
_DENIES_NOTHING = re.compile(
    r"^(sure|certain|idea|know|knowing|understand|only|just|normal|usual|go(ing)? away|gone away|get(ting)? (any )?better"
    r"|better|improv\w*|stop\w*|eas\w*|settl\w*|help\w*|work\w*|relief|cure|matter|long after|wonder|doubt|one|well|good|right"
    r"|feel(ing)? (well|right|good|myself|great)|want|sleep\w*|eat\w*|breath\w*|wake|respond\w*|able)\b"
)
_ANSWERED = ("my ", "i ", "im ", "ive ", "he ", "she ", "hes ", "shes ", "its ", "they ")  # 'no, my skin is blistering'
_UNTIL_NOW = re.compile(r"\b(before|until|till|like this|so bad|this bad|felt)\b")
_ENDS_DENIAL = frozenset("just only now instead today yet still then because apart".split())
_OTHERS = frozenset(
    "husband wife mum mom mam mother dad father son daughter sister brother friend friends gran grandma nan nana grandad "
    "grandfather grandmother uncle aunt auntie cousin neighbor partner boyfriend girlfriend colleague boss dog cat".split()
)
_PAST_VERBS = re.compile(r"\b(had|died|suffered|survived|got|used to|gave|was diagnosed|passed away|lost)\b")
_LONG_AGO = re.compile(
    r"\b((19|20)\d\d|(years?|decades?|long time|ages) ago|as a (child|kid|teenager|baby)|when i was (a|young|little|\d+)"
    r"|in (my|his|her) (teens|twenties|thirties|forties|fifties|sixties|20s|30s|40s|50s|60s|youth)"
    r"|family history|runs in the family"
    r"|history of|last year|back in the \d\w*|in the past|recovered from|previous(ly)?|past history)\b"
)
_STILL = re.compile(
    r"\b(still|now|since|again|started|began|ever since|today|tonight|this (morning|afternoon|evening|week)|getting|keep|keeps"
    r"|just|(has|have) had|is having|yesterday|last night|an hour ago|minutes? ago|hours? ago|days? ago|weeks? ago"
    r"|at the moment|currently|every)\b"
)
_TAKES = re.compile(r"\b(take|takes|taking|prescribed|given|uses?|using|put on|tablets?|pills?|medicines?|meds?)\b")
# What medicines are taken for. Only after 'for' or 'prevent', and never a sensation such as chest pain.
_REASONS = re.compile(
    r"\b(for|against|treat\w*|prevent\w*|control\w*|(reduce|lower) the (risk|chance) of)\W+"
    r"((my|a|an|the|his|her|their|of|another|severe|mild|chronic|long term|further|more)\W+)*"
    r"(?P<reason>angina|high blood pressure|blood pressure|hypertension|seizures?|fits|epilepsy|strokes?|heart attacks?"
    r"|depression|anxiety|diabetes|cholesterol|heart failure|restless legs?( syndrome)?|rls|nerve pain|neuropathy|back pain"
    r"|migraines?|insomnia|sleep\w*|asthma|gout|arthritis|reflux|heartburn|acid( reflux)?|indigestion|sickness|nausea"
    r"|parkinson\w*|osteoporosis|underactive thyroid|thyroid|allerg\w+|hay fever|pain relief|irregular heartbeat"
    r"|atrial fibrillation|af|fibromyalgia|schizophrenia|bipolar|ocd|panic attacks?|an? infection|infections?|uti"
    r"|water retention)\b",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"\b(can|could|does|do|did|will|would|is|are|might|may)\b.{0,60}"
    r"\b(cause|causes|give|lead to|increase|raise|make|bring on|trigger|known)\b"
    r"|\b(risk|chance|chances|likelihood|side effects?|signs|symptoms) of\b|\bwhat (is|are|does)\b|\bprevent\w*\b"
    r"|\bhow (common|likely)\b",
    re.IGNORECASE,
)
# A text that begins as a question about what could be; `what` is asked about and not told. The order of words matters:
# 'crushing chest pain, can it cause that' tells of a pain.
_ASKED = (
    re.compile(
        r"\W*(can|could|does|do|did|will|would|may|might)\b[^.;!?,]{0,50}?"
        r"\b(cause|give (you|people)|lead to|increase|raise|trigger|bring on)\b(?P<what>.*)",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(r"\W*(what (is|are)|how (common|likely|rare) (is|are))\b(?P<what>.*)", re.IGNORECASE | re.DOTALL),
    re.compile(r"\W*(is|are)\b(?P<what>[^.;!?,]*)\bside effects?\b", re.IGNORECASE),
)
_NOW = re.compile(
    r"\b(this|that|these|now|sudden\w*|help|today|tonight|getting|started|all of a sudden)\b", re.IGNORECASE
)
_MINE = re.compile(r"\b(i|ive|i've|im|i'm|me|my|he|she|hes|he's|shes|she's|having|has|just)\b", re.IGNORECASE)
FAR = 7  # words that a denial reaches


def set_aside(text, tokens):
    """{number of a token: (why it does not count, number of the word that says so or None)}.

    Why: 'denied', 'past' or 'reason'. `tokens` know already which of them are names and doses.
    """
    aside = {}
    for sentence in _sentences(tokens):
        words = [token.word for token in sentence]
        _denied(text, sentence, words, aside)
        is_likened = any(_is_likened(*pair) for pair in pairwise(sentence))
        parts = _clauses(text, sentence) if is_likened or _STILL.search(" ".join(words)) else [sentence]
        for part in parts:
            if _is_past(" ".join(token.word for token in part)):
                aside |= {token.at: ("past", None) for token in part}
    for match in _REASONS.finditer(text):
        before = [token for token in tokens if token.end <= match.start()]
        said = text[max(0, match.start() - 60) : match.start()].casefold()
        if (before and before[-1].taken in ("name", "dose")) or _TAKES.search(said):
            for token in tokens:
                if match.start("reason") <= token.start < match.end("reason"):
                    aside.setdefault(token.at, ("reason", None))
    return aside


def is_only_asked(text):
    """Whether somebody asks what could be ('can it cause a stroke?') and tells nothing of themselves."""
    return bool(_HYPOTHETICAL.search(text)) and not _MINE.search(text)


def asked_about(text, tokens):
    """Numbers of the tokens that a question is about, where it tells nothing of anybody: 'can it cause a stroke?'."""
    match = next((match for pattern in _ASKED if (match := pattern.match(text))), None)
    if match is None or _MINE.search(text) or _NOW.search(text):
        return frozenset()
    return frozenset(token.at for token in tokens if match.start("what") <= token.start < match.end("what"))


def _sentences(tokens):
    by_number = {}
    for token in tokens:
        by_number.setdefault(token.sentence, []).append(token)
    return by_number.values()


def _is_likened(before, token):
    """Whether a memory begins here: 'chest pain like when I had my heart attack' is felt now."""
    return before is not None and before.word in ("like", "as") and token.word in ("when", "last", "years")


def _clauses(text, sentence):
    """The parts between commas, 'and' and 'like when': 'a heart attack years ago, and now tired' is about two times."""
    parts = [[]]
    for before, token in pairwise([None, *sentence]):
        if (
            token.word in ("and", "now")
            or _is_likened(before, token)
            or (before and "," in text[before.end : token.start])
        ):
            parts.append([])
        parts[-1].append(token)
    return [part for part in parts if part]


def _denied(text, sentence, words, aside):
    for place, word in enumerate(words):
        if word not in _DENIALS:
            continue
        rest = " ".join(words[place + 1 : place + 4])
        if word == "no" and rest.startswith(_ANSWERED):
            continue
        if _DENIES_NOTHING.match(rest) or (word == "never" and _UNTIL_NOW.search(" ".join(words[place:]))):
            continue
        for token in _reach(text, sentence, words, place):
            aside.setdefault(token.at, ("denied", sentence[place].at))


def _reach(text, sentence, words, place):
    """The words that a denial takes with it: to the next comma, or over a list that ends with 'or'."""
    reached = []
    rest = sentence[place + 1 : place + 1 + FAR]
    for number, token in enumerate(rest):
        before = sentence[place + number]
        has_comma = "," in text[before.end : token.start]
        if has_comma and not _goes_on(text, sentence, place + 1 + number):
            break
        if token.word in _ENDS_DENIAL:
            break
        reached.append(token)
    return reached


def _goes_on(text, sentence, place):
    """Whether a list after a denial goes on here: 'no fever, rash or cough' denies all three."""
    gap = text[sentence[place].start : sentence[-1].end]
    return bool(re.match(r"[^,]{1,30}(,[^,]{1,30})*,? (or|nor) \w+", gap)) and sentence[place].word not in _ENDS_DENIAL


def _is_past(sentence):
    words = set(sentence.split())
    if _STILL.search(sentence):
        return False
    if words & _OTHERS and _PAST_VERBS.search(sentence):
        return True
    return bool(_LONG_AGO.search(sentence))
