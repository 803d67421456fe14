"""The page of one pair: can this medicine cause this, how often, what helps, when to get help."""

from django.urls import reverse

from ..frequency import BANDS
from . import listings
from .drugs import stop_words
from .figures import (
    NOT_NEVER,
    figure_groups,
    headline_both_sides,
    headline_dummy,
    label_sentences,
    source_links,
)
from .help import Urgency, help_for_pair, is_itself_urgent, urgency_words
from .trust import number_sources, source_rows
from .wording import bullets, lower_first, parts, sentence, sentences, upper_first

_LONGEST_H1 = 65
# Names that do not read well in 'Can it cause ...?'
_NOT_AFTER_CAUSE = ("dizzy when", "infections more likely", "restlessness, unable", "runny or blocked")
_TIMING = (
    ("timing_onset", "When it starts"),
    ("timing_settling", "When it settles"),
    ("timing_after_dose_change", "After a change of dose"),
    ("timing_after_stopping", "After stopping"),
)


def pair_page(drug, row, effect, sources, rules):
    """All that templates/pair.html shows. `drug`, `effect`: live contents; `row`: the pair's ListedEffect."""
    listing = row.listing
    getting_help = help_for_pair(drug["slug"], listing, effect, rules, row.urgency)
    numbers = _numbers(drug, listing, effect, getting_help, sources)

    def cited(slugs):
        return source_links(slugs or [], sources, numbers)

    findings = listing.get("findings", [])
    return {
        "h1": heading(drug["name"], effect["name"], led_by_article=bool(row.article_slug)),
        "drug": upper_first(drug["name"]),
        "drug_name": drug["name"],
        "drug_href": reverse("drug", args=[drug["slug"]]),
        "effect": effect["name"],
        "effect_name": lower_first(effect["name"]),
        "effect_href": reverse("symptom", args=[effect["slug"]]),
        "check_href": f"{reverse('check')}?medicine={drug['slug']}&symptom={effect['slug']}",
        "what": what_it_is(effect),
        "verdict": verdict(row.headline, findings, sources),
        "answer": answer_text(row),
        "action": action(row, drug, getting_help["first"]),
        "article": (reverse("article", args=[row.article_slug]), row.article_title) if row.article_slug else None,
        "groups": figure_groups(findings, sources, numbers),
        "listed_by": cited(listing.get("sources")),
        "disagreement": [sentence(part) for part in parts(listing.get("disagreement", ""))],
        "debated": row.debated,
        "urgency": urgency_words(row.urgency, row.urgency_reason, listing),
        "help": getting_help,
        # What the box at the top says is not said again.
        "advice": [text for text in getting_help["advice"] if text != getting_help["first"]],
        "help_sources": cited(getting_help["sources"]),
        "first": getting_help["first"],
        "stop": stop_words(drug),
        "stop_after_help": stop_after_help(drug),
        "stop_sources": cited(drug.get("stop_sources")),
        "what_helps": what_helps(drug, row, effect, cited),
        "timing": timing(listing),
        "timing_sources": cited(listing.get("timing_sources")),
        "dose_relation": sentences(listing.get("dose_relation", "")),
        "mechanism": sentences(listing.get("mechanism", "")),
        "note": sentences(listing.get("note", "")),
        "note_sources": cited(listing.get("note_sources")),
        "related": _related(drug, effect),
        "label_sentences": label_sentences(findings, sources, numbers),
        "sources": source_rows(numbers, sources, page_checked=drug.get("facts_checked", "")),
    }


def sources_wanted(drug, listing, effect, rules):
    """Every source that the page can name."""
    wanted = {*listings.sources_of(listing), *drug.get("stop_sources", ()), *effect.get("self_care_sources", ())}
    wanted |= set(effect.get("sources", ()))
    for rule in rules:
        if listing["key"] in (*rule.get("effects", ()), *rule.get("effects_together", ())):
            wanted |= set(rule.get("sources", ()))
    return wanted


def heading(drug_name, effect_name, *, led_by_article):
    """The page's own question; where an article leads the pair, a heading that is not the article's question."""
    effect_name = lower_first(effect_name)
    choices = [
        f"{upper_first(drug_name)} and {effect_name}: how often, and what to do",
        f"{upper_first(drug_name)} and {effect_name}: how often",
    ]
    if not led_by_article and not effect_name.startswith(_NOT_AFTER_CAUSE):
        choices = [f"Can {drug_name} cause {effect_name}?"]
    return next((text for text in choices if len(text) <= _LONGEST_H1), f"{upper_first(drug_name)}: {effect_name}")


def what_it_is(effect):
    """'Swollen ankles (oedema peripheral): fluid collects ...', the medical word once."""
    term = effect["clinical_term"]
    known = term.casefold() in effect["name"].casefold()
    return f"{effect['name']}{'' if known else f' ({lower_first(term)})'}: {effect['description']}"


def verdict(headline, findings, sources):
    """First words of the answer, from a closed set (ux.md, 'Safety wording that works')."""
    if not headline and any("high" in finding for finding in findings):
        return "It can, but we do not know how often."
    if not headline:
        kinds = {sources[slug]["source_kind"] for finding in findings for slug in finding["sources"] if slug in sources}
        if "regulator-label" in kinds:
            return "We do not know. The label lists it but gives no number."
        return "We do not know how often. It is listed, but no source gives a number."
    high = headline["percent"][1]
    if high == 0:
        return "We do not know how often it happens."
    if high <= BANDS["rare"][1]:
        return "It can, but rarely."
    if high > 50 and not headline["open"]:
        return "Yes, it can."
    return "Yes, it can. But most people do not get it."


def answer_text(row):
    """The numbers both ways, or the gap; and whether sources disagree."""
    if not row.headline:
        counted = any("high" in finding for finding in row.listing.get("findings", []))
        return f"The numbers below count something a little different. {NOT_NEVER}" if counted else NOT_NEVER
    words = headline_both_sides(row.headline)
    if dummy := headline_dummy(row.headline):
        words += f" {dummy}"
    return f"{words} Sources disagree." if row.debated else words


def action(row, drug, first):
    """One line: what to do now."""
    if first:
        return "Get medical help before your next dose if you have the signs below."
    stop = f"Do not stop {drug['name']} on your own." if drug.get("stop_warning") else "Ask before you stop it."
    if is_itself_urgent(row.urgency, row.urgency_reason, row.listing):
        now = "Get emergency help now" if row.urgency == Urgency.EMERGENCY else "Call your doctor today"
        return f"{now} if you have it. {stop}"
    if row.urgency <= Urgency.SOON:
        return f"Ask a pharmacist or doctor, sooner if you have the signs below. {stop}"
    if row.urgency == Urgency.SELF_CARE:
        return f"Try what helps first. {stop}"
    return f"Ask a pharmacist or doctor about it. {stop}"


def what_helps(drug, row, effect, cited):
    """{"steps", "intro", "sources"}: the pair's own advice, else the effect's general one, said to be general."""
    listing = row.listing
    if listing.get("what_helps"):
        return {
            "intro": "",
            "steps": bullets(listing["what_helps"]),
            "sources": cited(listing.get("what_helps_sources")),
        }
    if effect.get("self_care"):
        intro = f"This is general advice for {lower_first(effect['name'])}. It was not written for {drug['name']}."
        steps, used = bullets(effect["self_care"]), cited(effect.get("self_care_sources"))
        return {"intro": intro, "steps": steps, "sources": used}
    intro = "We do not know of advice from a source for this pair. Ask a pharmacist."
    if is_itself_urgent(row.urgency, row.urgency_reason, listing):
        intro = "Get help first. We do not know of other advice from a source for this pair."
    return {"intro": intro, "steps": [], "sources": []}


def stop_after_help(drug):
    """The do-not-stop words beside a rule that says 'before the next dose': never against it."""
    return (
        f"If you have the signs above, get help first and do what you are told. Otherwise: {stop_words(drug)['text']}"
    )


def timing(listing):
    """{"rows": [(label, sentence)], "note"}: when it starts and settles. The fuller timing rows take the place of `onset`."""
    rows = [(label, sentences(listing[name])) for name, label in _TIMING if listing.get(name)]
    if listing.get("onset") and not rows:
        rows = [("When it starts and settles", sentences(listing["onset"]))]
    elif listing.get("onset"):
        rows.append(("Also said", sentences(listing["onset"])))
    return {"rows": rows, "note": sentences(listing.get("timing_note", ""))}


def _related(drug, effect):
    return [
        (reverse("drug", args=[drug["slug"]]), f"All side effects of {drug['name']}"),
        (reverse("symptom", args=[effect["slug"]]), f"Other medicines that list {lower_first(effect['name'])}"),
        (f"{reverse('check')}?medicine={drug['slug']}&symptom={effect['slug']}", "Check it with your other medicines"),
    ]


def _numbers(drug, listing, effect, getting_help, sources):
    helping = [] if listing.get("what_helps") else effect.get("self_care_sources", [])
    numbers = number_sources(
        listings.sources_of(listing), drug.get("stop_sources"), getting_help["sources"], helping, effect.get("sources")
    )
    return {slug: number for number, slug in enumerate((slug for slug in numbers if slug in sources), start=1)}
