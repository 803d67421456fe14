"""Every point of the two articles that the site began with stands on their pages, in our own words.

A row's list holds words that the page must say, and small checks of where or how something stands. White space and
case do not count. Where a point is stronger than its sources, `claim` asks for both sides, in the right section.
"""

from itertools import takewhile

import pytest

from articles.models import Document
from articles.text import html, long_html

AMITRIPTYLINE = "/articles/does-amitriptyline-affect-your-legs/"
AMLODIPINE = "/articles/does-amlodipine-cause-leg-cramps/"


def folded(text):
    return " ".join(text.split()).casefold()


def says(text, *phrases):
    missing = [phrase for phrase in phrases if folded(phrase) not in folded(text)]
    assert not missing, f"{missing} not in: {folded(text)}"


def section(shown, key, stops=("h2", "h3")):
    """The elements from a heading, or from the heading in a box, to the next heading that stops it."""
    ids = [element.get("id") for element in shown.elements]
    rest = shown.elements[ids.index(key) :]
    own = next(n for n, element in enumerate(rest) if element["tag"] in ("h2", "h3"))
    return [rest[own], *takewhile(lambda element: element["tag"] not in stops, rest[own + 1 :])]


def chapter(shown, key):
    """A section with its sub-sections."""
    return section(shown, key, stops=("h2",))


def words_of(elements, *tags, inside=None):
    return [
        " ".join(element["text"].split())
        for element in elements
        if element["tag"] in tags and (inside is None or inside in element["inside"])
    ]


def claims_of(elements):
    return [element["text"] for element in elements if element["tag"] == "dl" and element.get("class") == "claim"]


# Checks that take words; each gives a check of the page.


def under(key, *phrases):
    """The section itself says it, its heading counted."""
    return lambda shown: says(" ".join(words_of(section(shown, key), "h2", "h3", "p", "li")), *phrases)


def claim(key, said, found):
    """'Often said' and 'What the sources say' stand together in the section."""

    def check(shown):
        claims = [text.partition("What the sources say") for text in claims_of(section(shown, key))]
        own = [sources for often, _, sources in claims if folded(f"Often said{said}") in folded(often)]
        assert len(own) == 1, claims
        says(own[0], found)

    return check


def table_row(heading, *cells):
    """The row of the table says this, one text a column."""

    def check(shown):
        found = words_of(shown.elements, "th", "td", inside="tbody")
        start = found.index(heading) + 1
        for text, phrase in zip(found[start : start + 3], cells, strict=True):
            says(text, phrase)

    return check


def in_box(style, *phrases):
    return lambda shown: says(shown.one("div", class_=style)["text"], *phrases)


def answers(question, *phrases):
    def check(shown):
        found = [faq["text"] for faq in shown.all("div", class_="faq") if question in faq["text"]]
        assert len(found) == 1
        says(found[0].partition("?")[2], *phrases)

    return check


def headings(key, *phrases):
    """The sub-headings of a section, in order."""

    def check(shown):
        found = words_of(chapter(shown, key), "h3")
        assert found == list(phrases)

    return check


def bullets(key, *labels, inside="ul"):
    """The section's list has just these entries, each with its label in bold."""

    def check(shown):
        parts = section(shown, key)
        assert len(words_of(parts, "li", inside=inside)) == len(labels)
        assert words_of(parts, "strong", inside=inside) == list(labels)

    return check


def in_order(*keys):
    def check(shown):
        found = [element.get("id") for element in shown.elements if element.get("id") in keys]
        assert found == list(keys)

    return check


def links_to(address):
    def check(shown):
        assert address in shown.links

    return check


# Checks of the page's build.


def skip_link(shown):
    first = shown.all("a")[0]
    assert (first["href"], first["text"]) == ("#main", "Skip to main content")
    assert shown.one("main", id="main")


def title_is_a_question(shown):
    assert shown.h1.endswith("?")
    assert len(shown.h1.split()) <= 8


def read_time(shown):
    line = next(element["text"] for element in shown.all("p", class_="meta") if "to read" in element["text"])
    number, unit, *rest = line.split()[-4:]
    assert number.isdigit()
    assert (unit, rest) == ("minutes", ["to", "read."])


def summary_of_both_sides(shown):
    terms = shown.one("dl", class_="terms")["text"]
    assert terms.index("How it can help") < terms.index("How it can harm")


def six_key_points(shown):
    points = shown.one("ul", class_="points")
    after = shown.elements[shown.elements.index(points) :]
    entries = list(takewhile(lambda element: element["tag"] != "h2", after))
    labels = words_of(entries, "strong")
    assert len(words_of(entries, "li", inside="ul")) == len(labels) == len(set(labels)) == 6
    assert all(label.endswith(":") for label in labels)


def contents_list(shown):
    """The contents are the page's own headings, in order, and each entry leads to its section."""
    entries = [element for element in section(shown, "toc") if element["tag"] == "a" and "nav" in element["inside"]]
    found = words_of(shown.elements, "h2")
    first, last = found.index("On this page") + 1, found.index("Where this comes from") + 1
    assert words_of(entries, "a") == found[first:last]
    for entry in entries:
        assert section(shown, entry["href"].removeprefix("#"))[0]["text"].split() == entry["text"].split()


def comparison_of_three(shown):
    assert len(words_of(shown.elements, "th", inside="thead")) == 4
    assert shown.one("caption")["text"]


def five_rows(shown):
    comparison_of_three(shown)
    assert len(words_of(shown.elements, "th", inside="tbody")) == 5
    cells = words_of(shown.elements, "td")
    assert len(cells) == 15
    assert all(cells)


def questions_and_answers(shown):
    parts = chapter(shown, "questions")
    asked, answered = words_of(parts, "h3"), words_of(parts, "p")
    assert len(asked) == len(answered) >= 7
    assert all(question.endswith("?") for question in asked)
    assert all(answered)


def seven_questions(shown):
    questions_and_answers(shown)
    assert len(shown.all("div", class_="faq")) == 7


def references_are_real(shown):
    rows = [element for element in shown.elements if element["tag"] == "li" and "value" in element]
    cited = {element["href"] for element in shown.all("a") if "sup" in element["inside"]}
    assert [int(element["value"]) for element in rows] == list(range(1, len(rows) + 1))
    assert cited == {f"#{element['id']}" for element in rows}
    assert all(len(element["text"].split()) > 3 for element in rows)


def disclaimer(shown):
    says(" ".join(words_of(section(shown, "about"), "p")), "for information only", "not medical advice")


def one_keep_box(shown):
    says(
        shown.one("div", class_="keep")["text"], "Do not stop", "on your own", "Talk to your doctor or pharmacist first"
    )


def help_boxes_in_order(shown):
    boxes = [element["class"] for element in chapter(shown, "help") if (element.get("class") or "").startswith("box ")]
    assert boxes == ["box now", "box today", "box soon"]


def several_ranges(shown):
    """Each source keeps its own range of how often cramps happen."""
    parts = section(shown, "how-often")
    ranges = {element["text"] for element in parts if element.get("class") == "figure-say"}
    starts = {text.partition(" people")[0] for text in ranges}
    assert starts == {"Up to 10 in every 1,000", "1 to 10 in every 1,000", "1 to 4 in every 100"}
    assert len([text for text in words_of(parts, "p") if text.startswith("Source: ")]) >= 4


A = {
    "A01 skip link": [skip_link],
    "A02 title is a question, with a subtitle": [title_is_a_question, "What it is for, and its side effects."],
    "A03 read time": [read_time],
    "A04 lead: a figure, then the reader's question": ["7 to 10 in every 100 people", "what can it do to your legs?"],
    "A05 summary of both sides": [summary_of_both_sides],
    "A06 six key points with labels": [six_key_points],
    "A07 contents list": [contents_list],
    "A08 ladder of headings": [
        in_order("understanding", "how-it-helps", "leg-side-effects", "comparison", "managing", "conclusion"),
        headings(
            "leg-side-effects",
            "Tingling and numbness",
            "Weakness and tiredness",
            "Muscle cramps and spasms",
            "Sudden weakness on one side",
            "Movements you cannot control",
            "Swollen feet, ankles or legs",
            "Restless legs",
        ),
    ],
    "A09 benefit before harm, and apart": [
        in_order("how-it-helps", "leg-side-effects"),
        headings("how-it-helps", "How soon it may work"),
    ],
    "A10 each serious sign, then what it may mean": [
        under("cramps", "muscle cramps", "low salt in the blood"),
        under("one-sided", "weakness on one side", "may be a stroke"),
        under("movements", "cannot control", "tardive dyskinesia"),
        under("swelling", "swollen feet", "fluid may gather"),
    ],
    "A11 table of five rows by three medicines": [five_rows, "Amitriptyline", "Gabapentin", "Pregabalin"],
    "A12 four numbered steps": [
        bullets(
            "managing",
            "Get help in time.",
            "Ask about the dose.",
            "Take it in the evening.",
            "Look at daily habits.",
            inside="ol",
        )
    ],
    "A13 conclusion": [under("conclusion", "In short", "can calm nerve pain in the legs")],
    "A14 link to MedlinePlus": [links_to("https://www.nlm.nih.gov/medlineplus/druginfo/meds/a682388.html")],
    "A15 seven questions, all written": [seven_questions],
    "A16 references are real and cited": [references_are_real],
    "A17 disclaimer": [disclaimer],
    "A18 chronic nerve pain in 7 to 10 of 100": ["long-lasting nerve pain", "from 3 to 17 in every 100"],
    "A19 tricyclic antidepressant": [under("understanding", "older kind of antidepressant", "tricyclic (TCA)")],
    "A20 pain doses are lower": [under("understanding", "Doses for low mood are higher")],
    "A21 two nerve chemicals damp pain signals": [
        under("how-it-helps", "serotonin and noradrenaline (norepinephrine", "damp the pain signals", "the brain")
    ],
    "A22 diabetes, shingles, sciatica": [
        claim(
            "how-it-helps",
            "It treats leg pain from diabetes, from shingles and from a trapped nerve in the back (sciatica)",
            "They do not name these three",
        )
    ],
    "A23 pain dose starts at 10 to 25 mg": [under("understanding", "start on 10 mg", "sometimes 25 mg")],
    "A24 up to 75 mg": [under("understanding", "slowly to 75 mg a day", "stops at 50 mg")],
    "A25 modest proof, some gain over a dummy tablet": [
        "Many guidelines name amitriptyline",
        claim(
            "how-it-helps",
            "The studies are modest, but years of use show that some people gain more than on a dummy tablet",
            "We could not read its results",
        ),
    ],
    "A26 relief in 1 to 2 weeks": [
        under("how-soon", "up to 2 weeks for the first change"),
        claim("how-soon", "Relief starts in 1 to 2 weeks", "not to expect relief before 4 to 6 weeks"),
    ],
    "A27 full effect in 6 to 8 weeks": [
        under("how-soon", "full effect may take up to 2 months", "6 to 8 weeks"),
        claim("how-soon", "Relief starts in 1 to 2 weeks. The full effect takes 6 to 8 weeks", "much the same"),
    ],
    "A28 daily life": [under("how-it-helps", "Less pain may make daily life easier", "no study result for this")],
    "A29 three kinds of harm": [
        under("leg-side-effects", "three kinds", "what you feel, how you move", "that you already have")
    ],
    "A30 numbness, tingling, weakness, tiredness": [
        under("tingling", "numbness", "pins and needles"),
        under("weakness", "feel weak all over", "get tired"),
        claim(
            "tingling",
            "Tingling, numbness and weak legs are usual, mild",
            "do not say that it is mostly in the legs",
        ),
    ],
    "A31 tingling is common": [
        under("tingling", "arms, hands, feet or legs", "calls it 'common'", "1 to 10 in every 100 people")
    ],
    "A32 cramps: low salt or odd movements": [
        under("cramps", "Call your doctor today", "low sodium", "may also be a movement that you cannot control"),
        in_box("today", "muscle cramps or spasms"),
        claim(
            "cramps", "Cramps are a sign of low salt in the blood, which is rare", "Four commercial lists say 1 to 10"
        ),
    ],
    "A33 one-sided weakness: stroke": [
        under("one-sided", "may be a stroke", "Call an ambulance at once"),
        in_box("now", "weakness or numbness in your face, an arm or a leg", "on one side"),
    ],
    "A34 tardive dyskinesia may stay": [
        under("movements", "arms, legs, face or tongue", "may stay after you stop"),
        in_box("today", "you cannot stop them"),
    ],
    "A35 long use and older age": [
        claim(
            "movements",
            "Movements that you cannot control may last for good. Long use and older age raise the risk",
            "gives no number, age or length of use",
        )
    ],
    "A36 swelling and the heart": [
        under("swelling", "feet and legs", "short of breath or have chest pain"),
        claim("swelling", "Swollen legs on this medicine can point to heart trouble", "a weak heart can get worse"),
    ],
    "A37 restless legs: may worsen": [
        under("restless-legs", "It may make them worse.", "antidepressants do get new or worse restless legs"),
        claim("restless-legs", "This medicine makes restless legs worse", "not often seen across 18 studies"),
    ],
    "A38 restless legs: more movement in sleep": [
        under("restless-legs", "legs jerked more in sleep", "little harm", "did not disturb sleep")
    ],
    "A39 restless legs: people differ": [
        bullets(
            "restless-legs",
            "It may make them worse.",
            "It makes legs jerk, but does little harm.",
            "People differ.",
        ),
        under("restless-legs", "got worse", "saw no change", "felt better on a low dose"),
    ],
    "A40 restless legs: tell the doctor": [
        under("restless-legs", "Tell your doctor before you start"),
        in_box("soon", "you have restless legs"),
    ],
    "A41 gabapentin and pregabalin": [under("comparison", "Gabapentin and pregabalin are two other choices")],
    "A42 kind of medicine": [table_row("Kind of medicine", "tricyclic, TCA", "anticonvulsant", "anticonvulsant")],
    "A43 how each works": [
        table_row("How it works", "serotonin and noradrenaline", "exact way is not clear", "calcium channels"),
        table_row("How it works", "damps pain signals", "calcium channels are part of it", "signal less"),
    ],
    "A44 side effects seen most": [
        table_row("Side effects seen most", "Sleepy: 60", "Dizzy: 21", "Dizzy: 21"),
        table_row("Side effects seen most", "Dry mouth and constipation", "Tired: 5", "Weight gain: 4"),
        table_row("Side effects seen most", "Dizzy: 14", "For swelling, see", "For swelling, see"),
    ],
    "A45 what each can do to legs": [
        table_row("What it can do to your legs", "Treats nerve pain", "Swollen legs: 5", "Swollen legs: 9"),
        table_row("What it can do to your legs", "Tingling: 1 to 10", "Swollen legs", "muscle illness (myopathy)"),
        table_row("What it can do to your legs", "Cramps, swelling and restless legs", "Swollen legs", "Muscle pain"),
    ],
    "A46 pain dose of each": [
        table_row("Usual dose for pain", "Start 10 mg", "Start 300 mg", "Start 150 mg a day"),
        table_row("Usual dose for pain", "sometimes 25 mg", "then raised", "2 or 3 doses"),
    ],
    "A47 never stop suddenly": [
        one_keep_box,
        in_box("keep", "If you stop all at once", "a headache and feel sick"),
        in_box("answer", "Do not stop it on your own"),
    ],
    "A48 when to get help at once": [
        help_boxes_in_order,
        in_box("now", "suddenly have weakness", "swollen lips, tongue, face or throat"),
        in_box("today", "muscle cramps or spasms", "you cannot stop them"),
        under("managing", "Get help in time"),
    ],
    "A49 the doctor may change the dose": [
        under("managing", "Your doctor may lower it"),
        claim("managing", "A lower dose brings fewer side effects", "no number for dose and leg problems"),
    ],
    "A50 evening dose": [under("managing", "Take it in the evening", "1 to 2 hours before bed if it makes you sleepy")],
    "A51 fibre and water": [under("managing", "Fibre and water help with hard poo (constipation)")],
    "A52 ask about drinks and stretches": [
        under("managing", "Ask your doctor about drinks and stretches for cramps or restless legs")
    ],
    "A53 weigh it with your doctor": [
        under("conclusion", "Weigh the good and the bad with your doctor", "Keep in touch")
    ],
    "A54 question 1: lasting harm": [
        answers("lasting problems with my legs?", "may stay after you stop", "with no number", "may be a stroke")
    ],
    "A55 question 2: how long": [
        answers("take to ease leg pain?", "Up to 2 weeks", "full effect may take up to 2 months", "4 to 6 weeks")
    ],
    "A56 question 3: do they wear off": [
        answers(
            "Do the side effects wear off?",
            "Sleepiness and a dry mouth wear off",
            "If tingling lasts, see your doctor",
            "cramps",
        ),
        claim("managing", "Feeling sleepy and a dry mouth ease", "It does not say how many days"),
    ],
    "A57 question 4: restless legs": [
        answers("make restless legs worse?", "studies do not all agree", "not often seen", "sleep was not disturbed")
    ],
    "A58 question 5: not for leg cramps": [
        answers("for leg cramps?", "No. Leg cramps are not one of its uses", "low salt", "call your doctor")
    ],
    "A59 question 6: pins and needles": [
        answers("Are pins and needles a side effect", "Yes.", "arms, hands, feet or legs", "1 to 10 in every 100")
    ],
    "A60 question 7: weak legs": [
        answers("make my legs feel weak?", "weak or tired all over", "Sudden or one-sided", "call an ambulance")
    ],
}

B = {
    "B01 title is a plain question": [title_is_a_question],
    "B02 what it is, treats and does": [
        under("what-it-is", "a tablet for high blood pressure", "calcium-channel blockers", "relax and widen")
    ],
    "B03 intro, link, muscle, steps": [
        in_order("what-it-is", "link", "steps", "why", "conclusion"),
        headings("why", "What is known: blood vessels", "What is proposed: leg muscles"),
    ],
    "B04 a direct yes": [
        lambda shown: says(words_of(section(shown, "link"), "p")[0][:4], "Yes."),
        in_box("answer", "Yes, it can."),
    ],
    "B05 two layers": [
        under("why", "two layers", "One is known", "only an idea"),
        in_order("why", "why-known", "why-proposed"),
    ],
    "B06 self-help in four bullets": [
        bullets("steps", "Stretch your calves.", "Drink enough.", "Move in the day.", "Loosen the bedding.")
    ],
    "B07 do not stop, and see the doctor": [
        under("conclusion", "Do not stop it without asking", "See your doctor if cramps are bad"),
        in_order("stop", "help"),
    ],
    "B08 what the first text lacked": [
        read_time,
        summary_of_both_sides,
        six_key_points,
        contents_list,
        comparison_of_three,
        questions_and_answers,
        references_are_real,
        disclaimer,
    ],
    "B09 dihydropyridine": [
        under("what-it-is", "calcium-channel blockers (the dihydropyridine kind)"),
        table_row("Kind of medicine", "dihydropyridine", "dihydropyridine", "ARB"),
    ],
    "B10 high blood pressure and angina": [
        under("what-it-is", "high blood pressure (hypertension)", "chest pain (angina)"),
        table_row("What it is for", "High blood pressure and angina", "angina", "High blood pressure"),
    ],
    "B11 how it works": [
        under("what-it-is", "keeps calcium out of the muscle", "vessels relax and widen, and the pressure falls"),
        under("what-it-is", "also said to let more blood reach the heart"),
        under("why-known", "Less calcium gets in", "acts on heart muscle too"),
    ],
    "B12 cramps and muscle pain are known": [under("link", "sore muscles (myalgia) are both known side effects")],
    "B13 well tolerated, uncommon": [
        under("link", "Most people do well on it", "15 in every 1,000", "On a dummy tablet, about 10"),
        under("how-often", "'uncommon'"),
    ],
    "B14 kinds of evidence": [
        under("link", "A text on studies names cramps", "(post-marketing reports)", "We did not see any about cramps")
    ],
    "B15 how many get it: a range per source": [
        several_ranges,
        under("how-often", "1 to 10 in every 1,000", "1 to 4 in every 100", "on a dummy tablet alike"),
        claim(
            "how-often",
            "10 to 50 in every 1,000 people on it get cramps or muscle pain",
            "higher than the official texts",
        ),
    ],
    "B16 most people do not": [in_box("answer", "But most people do not get it", "990 to 999 do not")],
    "B17 dose": [
        claim("how-often", "The higher the dose, the more cramps", "We found no proof for cramps"),
        answers("Will a lower dose stop the cramps?", "We do not know", "no source shows this for cramps"),
    ],
    "B18 mild ache to painful spasm, in the legs": [
        under(
            "what-it-feels-like", "a mild ache", "painful tightening that you cannot control", "mostly felt in the legs"
        )
    ],
    "B19 L-type channels": [
        under("why-known", "small gates (calcium channels) in the muscle of vessel walls"),
        under("why-proposed", "What is proposed", "L-type", "open and close by voltage"),
    ],
    "B20 leg muscle has them too": [
        under("why-proposed", "What is proposed", "Leg muscles have them too", "might act there")
    ],
    "B21 calcium to tighten and relax": [
        under("why-proposed", "What is proposed", "said to need calcium both to tighten and to relax")
    ],
    "B22 upset flow, muscle seizes": [
        under("why-proposed", "What is proposed", "might fire too easily and seize up"),
        claim("why-proposed", "It upsets the calcium in leg muscles, and this causes cramps", "None shows harm"),
    ],
    "B23 at night": [
        under("what-it-feels-like", "often at night"),
        claim("what-it-feels-like", "Cramps from this tablet come mostly at night", "no source that says so for"),
    ],
    "B24 stretch the calves": [
        under("steps", "Do it gently, above all before bed", "The proof is weak"),
        claim("steps", "Stretch before bed and the cramps will ease", "stretching and exercise is weak"),
    ],
    "B25 drinks, salts, magnesium": [
        under("steps", "Drink enough", "a good balance of body salts", "probably not the cause of night cramps"),
        claim("steps", "Low magnesium causes cramps", "makes little or no difference"),
    ],
    "B26 exercise and shoes": [under("steps", "Gentle exercise, well before bed", "Shoes that fit well")],
    "B27 loose bedding": [under("steps", "Loose sheets do not press on your feet")],
    "B28 never stop on your own": [
        one_keep_box,
        in_box("answer", "Do not stop it on your own"),
        answers("Should I stop amlodipine", "No, not on your own", "Ask your doctor or pharmacist first"),
    ],
    "B29 rebound": [
        in_box("keep", "can come back or get worse"),
        claim("stop", "If you stop suddenly, your blood pressure shoots up (a rebound)", "did not clearly rise"),
        answers("What if I miss a few days", "That does not make it safe to stop"),
    ],
    "B30 when to see the doctor": [
        help_boxes_in_order,
        in_box("soon", "cramps are bad, wake you up, or stop you from doing things"),
        under("conclusion", "wake you up or spoil your day"),
    ],
    "B31 what the doctor may do": [
        under("what-your-doctor-can-do", "lower the dose", "another calcium-channel blocker", "from another group")
    ],
}

CAUTIONS = {
    "C1 a range per source, not one figure": {
        AMLODIPINE: [several_ranges, claim("how-often", "10 to 50 in every 1,000", "Copied lists say up to 10")],
        AMITRIPTYLINE: ["About 7 to 10 in every 100", "Studies differ, from 3 to 17 in every 100"],
    },
    "C2 the idea about leg muscle is only proposed": {
        AMLODIPINE: [
            under("why-proposed", "What is proposed", "mostly uses calcium from its own stores", "this is a guess"),
            under("why-proposed", "We found no study that shows it in people with cramps"),
            "has been proposed, but not proved",
        ],
    },
    "C3 the same cramps, two urgencies": {
        AMITRIPTYLINE: [in_box("today", "you get muscle cramps"), in_box("answer", "cramps", "call your doctor today")],
        AMLODIPINE: [
            in_box("soon", "cramps are bad"),
            in_box("today", "very bad cramps and your muscles are weak"),
            in_box("answer", "Try the steps below, and see your doctor if cramps are bad"),
        ],
    },
    "C4 stretching and magnesium: the proof": {
        AMLODIPINE: [
            claim("steps", "Stretch before bed", "It comes from night cramps in general"),
            claim("steps", "Low magnesium causes cramps", "Another review says that salts are probably not the cause"),
            answers("Does magnesium help", "Probably not much", "11 trials with 735 people"),
        ],
        AMITRIPTYLINE: [under("managing", "The proof for stretching is weak")],
    },
}

POINTS = [(AMITRIPTYLINE, name, points) for name, points in A.items()]
POINTS += [(AMLODIPINE, name, points) for name, points in B.items()]
POINTS += [(address, name, points) for name, pages in CAUTIONS.items() for address, points in pages.items()]


def number(name):
    return name.split()[0]


@pytest.fixture(scope="module")
def fetched():
    """{address: page}. Nothing changes between the points, so each article is fetched once for all of them."""
    return {}


def test_no_row_is_left_out():
    assert list(map(number, A)) == [f"A{n:02}" for n in range(1, 61)]
    assert list(map(number, B)) == [f"B{n:02}" for n in range(1, 32)]
    assert list(map(number, CAUTIONS)) == ["C1", "C2", "C3", "C4"]


@pytest.mark.parametrize(
    ("address", "points"),
    [
        pytest.param(address, points, id=number(name) + (f"-{address.split('-')[1]}" if name in CAUTIONS else ""))
        for address, name, points in POINTS
    ],
)
def test_point_stands_on_the_page(page, fetched, address, points):
    shown = fetched.get(address) or fetched.setdefault(address, page(address))

    says(shown.text, *(point for point in points if isinstance(point, str)))
    for check in points:
        if not isinstance(check, str):
            check(shown)


@pytest.mark.parametrize("address", [AMITRIPTYLINE, AMLODIPINE])
def test_title_is_not_that_of_a_page_about_one_pair(page, django_assert_num_queries, address):
    with django_assert_num_queries(4):
        shown = page(address)
    pairs = Document.objects.get(kind="article", slug=address.split("/")[2]).live.content["pairs"]
    others = [page(f"/medicines/{pair}/") for pair in pairs]

    assert others
    assert shown.h1 not in {other.h1 for other in others}
    assert shown.one("title")["text"] not in {other.one("title")["text"] for other in others}


@pytest.mark.parametrize("address", [AMITRIPTYLINE, AMLODIPINE])
@pytest.mark.django_db
def test_headings_and_tables_in_long_texts_changed_nothing_in_the_two_articles(address):
    content = Document.objects.get(kind="article", slug=address.split("/")[2]).live.content
    bodies = [section.get("body", "") for section in content["sections"]]

    assert [long_html(body, under=2) for body in bodies] == [html(body) for body in bodies]


@pytest.mark.django_db
def test_only_the_row_on_ankles_gives_figures_of_swelling():
    """A figure of one side effect in the row of another is a wrong answer to what was asked."""
    content = Document.objects.get(kind="article", slug=AMLODIPINE.split("/")[2]).live.content
    rows = [row for table in content["tables"] for row in table["rows"]]

    speaking = {row["key"] for row in rows for cell in row["cells"] if "swelling" in cell["text"].lower()}

    assert speaking == {"ankle-swelling"}
