"""The page of one pair: can this medicine cause this, how often, what helps, when to get help."""

from django.urls import reverse

from ..frequency import BANDS
from ..urgency import names_pair, touched_rules
from . import listings
from .drugs import stop_effects, stop_words
from .figures import (
    NOT_NEVER,
    figure_groups,
    headline_both_sides,
    headline_dummy,
    headline_limits,
    label_sentences,
    source_links,
)
from .help import Urgency, crisis_lines, help_for_pair, is_itself_urgent, needs_crisis_lines, urgency_words
from .notes import split_note
from .signs import help_signs
from .trust import number_sources, source_rows
from .wording import bullets, lower_first, parts, sentence, sentences, upper_first

_LONGEST_H1 = 65
# Names that do not read well in 'Can it cause ...?'
_NOT_AFTER_CAUSE = (
    *(
        "allergic reaction",
        "change in",
        "clouding",
        "dizzy when",
        "drop in",
        "fast heart",
        "heart attack",
        "heart-rhythm",
    ),
    *("infections more", "inflamed", "irregular heart", "liver problem", "pounding", "restless legs getting"),
    *(
        "restlessness, unable",
        "rounder",
        "runny or blocked",
        "severe",
        "slow heart",
        "slow natural",
        "sore or",
        "spinning",
    ),
    *("tear or", "unusual", "unusually"),
)
# An allergic reaction can come back worse with the next dose, so no page about one tells people to go on.
ALLERGY = {"allergic-reaction", "severe-skin-reaction", "swelling-face-angioedema"}
_THEY_WILL_TELL = "Say what you take. They will tell you about the next dose."
_TIMING = (
    ("timing_onset", "When it starts"),
    ("timing_settling", "When it settles"),
    ("timing_after_dose_change", "After a change of dose"),
    ("timing_after_stopping", "After stopping"),
)


def pair_page(drug, row, effect, sources, rules, help_lines=()):
    """All that templates/pair.html shows. `drug`, `effect`: live contents; `row`: the pair's ListedEffect."""
    listing = row.listing
    getting_help = help_for_pair(drug["slug"], listing, effect, rules, row.urgency)
    numbers = _numbers(drug, listing, effect, getting_help, sources)

    def cited(slugs):
        return source_links(slugs or [], sources, numbers)

    findings = listing.get("findings", [])
    note, number_note = split_note(listing.get("note", ""))
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
        "action": action(row, drug, getting_help),
        "article": (reverse("article", args=[row.article_slug]), row.article_title) if row.article_slug else None,
        "groups": figure_groups(findings, sources, numbers),
        "listed_by": cited(listing.get("sources")),
        "disagreement": [sentence(part) for part in parts(listing.get("disagreement", ""))],
        "debated": row.debated,
        "urgency": urgency_words(row.urgency, row.urgency_reason, listing, drug["slug"]),
        "help": getting_help,
        "has_emergency": any(box["level"] == "emergency" for box in getting_help["boxes"]),
        "crisis": crisis_lines(help_lines) if needs_crisis_lines(effect, listing) else [],
        "borrowed": borrows_signs(drug["slug"], getting_help["sources"], sources, rules),
        "help_sources": cited(getting_help["sources"]),
        "first": getting_help["first"],
        "stop": stop_part(row, drug, getting_help["first"]),
        "stop_sources": cited(drug.get("stop_sources")),
        "what_helps": what_helps(drug, row, effect, cited),
        "timing": timing(listing),
        "timing_sources": cited(listing.get("timing_sources")),
        "dose_relation": sentences(listing.get("dose_relation", "")),
        "mechanism": sentences(listing.get("mechanism", "")),
        "note": note,
        "number_note": number_note,
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
        if names_pair(rule, drug["slug"], listing["key"]) or touched_rules([rule], [drug["slug"]], [listing["key"]]):
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
    if high > 50 or headline["open"] or headline.get("more"):
        return "Yes, it can."
    if high <= BANDS["rare"][1]:
        return "It can, but rarely."
    return "Yes, it can. But most people do not get it."


def answer_text(row):
    """The numbers both ways, or the gap; and whether sources disagree."""
    if not row.headline:
        counted = any("high" in finding for finding in row.listing.get("findings", []))
        return f"The numbers below count something a little different. {NOT_NEVER}" if counted else NOT_NEVER
    said = [headline_both_sides(row.headline), headline_dummy(row.headline), *headline_limits(row.headline)]
    return " ".join(filter(None, [*said, "Sources disagree." if row.debated else ""]))


def action(row, drug, getting_help):
    """One line: what to do now. Nobody in an emergency is told to go on with a medicine."""
    itself = is_itself_urgent(row.urgency, row.urgency_reason, row.listing)
    levels = {box["level"] for box in getting_help["boxes"]}
    if row.urgency == Urgency.EMERGENCY:
        return _emergency_action(row, itself, levels, waits=bool(getting_help["first"]))
    if row.effect_slug in ALLERGY:
        emergency = "Get emergency help now if you have the emergency signs below."
        return f"{emergency} Otherwise call your doctor today, before your next dose."
    if getting_help["first"]:
        return "Get medical help before your next dose if you have the signs below."
    stop = f"Do not stop {drug['name']} on your own." if drug.get("stop_warning") else "Ask before you stop it."
    now = _what_now(row, itself, levels)
    at_once = [box["start"] for box in getting_help["boxes"]]
    return " ".join(filter(None, [*at_once, now, _if_more(getting_help["together"], itself, now), stop]))


def _emergency_action(row, itself, levels, *, waits):
    now = f"Get emergency help now {'if you have the signs below' if 'emergency' in levels else 'if you have it'}"
    if row.effect_slug == "suicidal-thoughts":
        return f"{now}, or call a crisis line. Do not stay alone."
    signs, order = help_signs(row.listing.get("when_to_get_help", ""))
    if order and not signs and "ambulance" not in order:
        return f"{sentence(order)} {now}."
    if itself or "emergency" not in levels:
        return f"{now}. {'Take no more until you are told.' if waits else _THEY_WILL_TELL}"
    return "Get emergency help now if you have the emergency signs below. Otherwise ask a pharmacist or doctor."


def _what_now(row, itself, levels):
    if itself and "today" not in levels and "emergency" in levels:
        return "Get emergency help now if you have the signs below. Otherwise call your doctor today."
    if itself and "emergency" in levels:
        return "Get emergency help now if you have the emergency signs below. Call your doctor today for the others."
    if itself:
        return f"Call your doctor today if you have {'the signs below' if 'today' in levels else 'it'}."
    if row.urgency <= Urgency.SOON:
        return "Ask a pharmacist or doctor, sooner if you have the signs below."
    if row.urgency == Urgency.SELF_CARE:
        return "Try what helps first."
    return "Ask a pharmacist or doctor about it."


def _if_more(together, itself, said):
    """Where this effect is one sign of an illness that needs help now or today."""
    waits = any(rule["waits"] for rule in together)
    now = any(rule["level"] == "emergency" for rule in together)
    if not together or (now and "emergency help" in said) or (itself and not now and not waits):
        return ""
    today = f"Call a doctor today{', before your next dose,' if waits else ''}"
    return f"{'Get emergency help now' if now else today} if some of the signs below come together."


def stop_part(row, drug, first):
    """{"place", "text"}: the do-not-stop words, never beside an order to take no more and never above an emergency.

    place: "before" or "after" the help boxes as a callout, "otherwise" as plain words for those without the signs, or "".
    """
    if not drug.get("stop_warning") or row.effect_slug in ALLERGY:
        return {"place": "", "text": ""}
    if first:
        told = [said for said in stop_effects(drug).split(". ") if "do not stop" not in said.lower()]
        text = " ".join([f"Ask before you stop taking {drug['name']}.", *(sentence(said) for said in told if said)])
        return {"place": "otherwise", "text": text}
    if row.urgency == Urgency.EMERGENCY:
        text = "If you have the signs above, get help first and do what you are told. Otherwise: "
        return {"place": "after", "text": f"{text}{stop_words(drug)['text']}"}
    return {"place": "before", "text": stop_words(drug)["text"]}


def borrows_signs(drug_slug, slugs, sources, rules):
    """Whether a warning cites a page about another medicine, which has to be said."""
    others = {drug for rule in rules for drug in rule.get("drugs", [])} - {drug_slug}
    titles = [sources[slug]["title"].lower() for slug in slugs if slug in sources]
    return any(title.startswith(other) for title in titles for other in others)


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
        (f"{reverse('compare')}?medicine={drug['slug']}&symptom={effect['slug']}", "Compare it with another medicine"),
    ]


def _numbers(drug, listing, effect, getting_help, sources):
    helping = [] if listing.get("what_helps") else effect.get("self_care_sources", [])
    numbers = number_sources(
        listings.sources_of(listing), drug.get("stop_sources"), getting_help["sources"], helping, effect.get("sources")
    )
    return {slug: number for number, slug in enumerate((slug for slug in numbers if slug in sources), start=1)}
