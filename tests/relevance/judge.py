"""How well the check understands people: a labelled set of queries, judged and counted. `make bench` prints the table.

Right means understood as labelled; asked means that the right answer is among the options that the reader is offered.
The labels say what must be found; what else was understood is counted as extra.
"""

from collections import Counter, defaultdict
from pathlib import Path

import yaml

QUERIES = Path(__file__).with_name("queries.yaml")
# What `make bench` measures itself against: (group, share that must be right or asked, in percent).
TARGETS = {
    "medicines": 99,
    "symptoms": 95,
    "not covered": 99,
    "red flags": 100,
    "quiet where harmless": 95,
    "look-alikes kept apart": 100,
}


def read_queries():
    return yaml.load(QUERIES.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def judge(query, result):
    """[(group, outcome, label)] of one query: outcome is 'right', 'asked', 'wrong' or 'extra'."""
    return [
        *_named(query, result, "medicine"),
        *_named(query, result, "symptom"),
        *_not_covered(query, result),
        *_swaps(query, result),
        *_alerts(query, result),
    ]


def _named(query, result, kind):
    understood = [row["slug"] for row in result["understood"][f"{kind}s"]]
    offered = [option["slug"] for ask in result["did_you_mean"] if ask["kind"] == kind for option in ask["options"]]
    offered += [slug for ask in result["ambiguous"] if ask["kind"] == kind for slug in ask["options"]]
    wanted = query.get(f"{kind}s", [])
    for slug in wanted:
        yield f"{kind}s", "right" if slug in understood else "asked" if slug in offered else "wrong", slug
    if kind == "medicine" or query["kind"] == "lay":
        yield from ((f"{kind}s", "extra", slug) for slug in understood if slug not in wanted)


def _not_covered(query, result):
    said = {row["name"].casefold() for row in result["not_covered"]}
    options = [option for ask in result["did_you_mean"] for option in ask["options"] if not option["covered"]]
    offered = " ".join(f"{option['name']} {option['what_for']}" for option in options).casefold()
    for name in query.get("not_covered", []):
        outcome = "right" if name.casefold() in said else "asked" if name.casefold() in offered else "wrong"
        yield "not covered", outcome, name


def _swaps(query, result):
    understood = [row["slug"] for row in result["understood"]["medicines"]]
    for slug in query.get("not_medicines", []):
        yield "look-alikes kept apart", "wrong" if slug in understood else "right", slug


def _alerts(query, result):
    met = [alert["rule"] for alert in result["alerts"]]
    for rule in query.get("alerts", []):
        yield "red flags", "right" if rule in met else "wrong", rule
    if query.get("no_alert"):
        yield "quiet where harmless", "wrong" if met else "right", ", ".join(met)


def measure(answer_to):
    """(Counter of (group, outcome), {group: [(query, label)] of what is wrong}). `answer_to`: text -> result dict."""
    counts, wrong = Counter(), defaultdict(list)
    for query in read_queries():
        for group, outcome, label in judge(query, answer_to(query["q"])):
            counts[group, outcome] += 1
            if outcome == "wrong":
                wrong[group].append((query["q"], label))
    return counts, wrong


def table(counts, wrong):
    """The lines that `make bench` prints."""
    yield f"  {'':24} {'labels':>7} {'right':>7} {'asked':>7} {'wrong':>7} {'extra':>7} {'share':>8} {'target':>7}"
    for group, target in TARGETS.items():
        right, asked, bad, extra = (counts[group, outcome] for outcome in ("right", "asked", "wrong", "extra"))
        total = right + asked + bad
        share = 100 * (right + asked) / total if total else 0
        yield f"  {group:24} {total:7} {right:7} {asked:7} {bad:7} {extra:7} {share:7.1f}% {target:6}%"
    for group, rows in wrong.items():
        yield from (f"  wrong, {group}: {query!r} -> {label}" for query, label in rows)
