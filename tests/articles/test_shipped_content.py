"""The shipped files against the pages: whatever a file says of a pair, a reader can find on that pair's page."""

import re

import pytest
import yaml
from django.conf import settings

from ..pages import Page

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
MEDICINES = {
    path.stem: yaml.load(path.read_text(), yaml.CSafeLoader) for path in (FIXTURES / "medicines").glob("*.yaml")
}
SOURCES = {
    source["slug"]: source
    for path in (FIXTURES / "sources").glob("*.yaml")
    for source in yaml.load(path.read_text(), yaml.CSafeLoader)
}
TEXTS = ("note", "what_helps", "onset", "mechanism", "dose_relation", "disagreement")
TIMING = ("timing_onset", "timing_settling", "timing_after_dose_change", "timing_after_stopping", "timing_note")
POINTS = "percentage points above placebo"
BOX_WORDS = {"ambulance", "emergency", "or", "and", "with"}
# Working notes of those who gathered the facts, and what readers are told instead. Nothing else may be reworded.
REWORDED = {
    "band word machine-extracted from product labels by the SIDER 4 database; not checked against the label text": (
        "a computer read this from labels; nobody has checked it"
    ),
    "machine-extracted from product labels": "a computer read this from labels; nobody has checked it",
    "worked out from the trial percentage; the source gives no band list": "worked out from a trial figure",
    "band worked out from the trial percentage, not taken from a label list": "worked out from a trial figure",
    "no band list; follows from its percentage": "worked out from its percentage",
    "the source is a table of trial percentages; band probably worked out from them": (
        "the source is a table of trial figures; somebody probably worked this out from them"
    ),
    "source not separable; neither gives a band list": "we cannot say which of the sources it is from",
    "source not separable": "we cannot say which of the sources it is from",
    "band comes from a weak list only": "only a weak source says how often",
    "more-common group in the US consumer text; no EU band seen": "a US page lists it among the more common effects",
    "described as common or more common by the source; no EU band seen": (
        "the source lists it among the more common effects"
    ),
    "no official text with a band was stored": "we have read no official text that says how often",
    "not given a frequency of its own in any source seen": "no source says how often this happens by itself",
    "no withdrawal illness described": "",
    "no stopping illness described": "",
}
DETAILS = ("dose", "form", "population", "period", "measure", "note")


def folded(text):
    """Letters, digits and signs of comparison only: pages set sentence case, full stops and 'to' for a dash."""
    text = re.sub(r"(?<=\d)\s*[-\u2013]\s*(?=\d)", " to ", str(text).casefold())
    return re.sub(r"[^a-z0-9%<>=]+", " ", text).strip()


def steps(text):
    """A file's text as readers get it: parted where pages part it, the working notes in their plain words."""
    for words, plain in REWORDED.items():
        text = re.sub(rf"(^|[;.] )?{re.escape(words)}(\.? |$)?", f"; {plain}; ", text, flags=re.IGNORECASE)
    return [folded(step) for step in re.split(r"[;.]\s", text) if folded(step)]


def missing(texts, page):
    haystack = f" {folded(page.text)} "
    return [text for text in texts if text and text not in haystack]


def wanted_of_pair(listing):
    for field in (*TEXTS, *TIMING):
        yield from steps(listing.get(field, ""))
    # Help texts are taken apart into the bullets of the help boxes, whose headings say 'ambulance' for them.
    yield from (word for word in folded(listing.get("when_to_get_help", "")).split() if word not in BOX_WORDS)
    for finding in listing.get("findings", []):
        if finding.get("measure") == POINTS:
            yield folded(f"{finding['high']:g} percentage points")
            continue
        if "high" in finding:
            yield folded(f"{finding['high']:g}%")
        if "placebo" in finding:
            yield folded(f"{finding['placebo']:g}%")
        for field in DETAILS:
            yield from steps(finding.get(field, ""))
        yield from (folded(SOURCES[slug]["title"]) for slug in finding["sources"])
    yield from (folded(SOURCES[slug]["title"]) for slug in listing["sources"])


@pytest.mark.parametrize("slug", sorted(MEDICINES))
def test_every_figure_note_and_source_of_a_pair_stands_on_its_page(client, slug):
    lost = {}
    for listing in MEDICINES[slug]["effects"]:
        page = Page(client.get(f"/medicines/{slug}/{listing['key']}/").content.decode())
        if absent := missing(wanted_of_pair(listing), page):
            lost[listing["key"]] = absent

    assert lost == {}


@pytest.mark.parametrize("slug", sorted(MEDICINES))
def test_what_is_known_of_a_medicine_as_a_whole_stands_on_its_page(client, slug):
    drug = MEDICINES[slug]
    page = Page(client.get(f"/medicines/{slug}/").content.decode())

    wanted = [folded(drug[name]) for name in ("patient_words", "rxcui", "atc") if drug.get(name)]
    wanted += [step for name in ("mechanism", "stop_effects") for step in steps(drug.get(name, ""))]
    wanted += [folded(use["text"]) for use in drug["uses"]]
    wanted += [step for dose in drug.get("doses", []) for step in steps(dose["dose"])]
    wanted += [folded(name["name"]) for name in drug.get("names", [])]
    for claim in drug.get("claims", []):
        wanted += [folded(claim["claim"]), *steps(claim["detail"])]
    wanted += [step for row in drug.get("disagreements", []) for step in steps(row["text"])]
    wanted += [step for row in drug.get("not_found", []) for step in steps(row["text"])]
    assert missing(wanted, page) == []
    assert {link["url"] for link in drug.get("links", [])} <= page.links


def test_links_lead_only_to_sources_that_may_be_linked(client):
    unlinkable = {source["address"] for source in SOURCES.values() if not source.get("linkable")}

    for slug in MEDICINES:
        links = Page(client.get(f"/medicines/{slug}/").content.decode()).links

        assert not links & unlinkable


def test_every_medicine_says_when_it_was_checked_and_that_no_clinician_has_signed(page):
    for slug in MEDICINES:
        text = page(f"/medicines/{slug}/").text

        assert "Facts last checked 20 November 2026" in text
        assert "Not yet signed off by a clinician." in text


def test_the_files_hold_as_much_as_was_converted():
    listings = [listing for drug in MEDICINES.values() for listing in drug["effects"]]
    findings = [finding for listing in listings for finding in listing.get("findings", [])]

    assert len(MEDICINES) == 36
    assert len(listings) == 1101
    assert sum("high" in finding for finding in findings) == 697
    assert sum("band" in finding for finding in findings) == 1523
    assert sum("placebo" in finding for finding in findings) == 521
    # 514 of the facts, 65 for causes that are not a medicine, 2 for the rules of our own.
    assert len(SOURCES) == 581
