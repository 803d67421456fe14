"""What the first page, the questions, the glossary and the report page show."""

import re
from collections import defaultdict
from itertools import chain, zip_longest

from django.urls import reverse

from .trust import link_to
from .wording import upper_first

QUESTIONS_ON_HOME = 8

_PURPOSES = ("emergency", "same-day", "crisis", "report", "look-up")


def doors():
    return [
        {
            "href": reverse("drugs"),
            "title": "My medicine",
            "text": "Find it in the A to Z. See what it can do and how often.",
        },
        {
            "href": reverse("symptoms"),
            "title": "What I feel",
            "text": "Start from the symptom. See which medicines list it.",
        },
        {
            "href": reverse("compare"),
            "title": "Compare medicines",
            "text": "Put two to four side by side. See how they differ before you ask.",
        },
    ]


def question_address(entry):
    """Where a question is answered: a place in its article."""
    return f"{reverse('article', args=[entry.slug])}#{entry.anchor}"


def questions_for_home(articles, faqs):
    """[(href, text)]: the articles, then their questions in turn, so that no article fills the list alone."""
    links = [(reverse("article", args=[entry.slug]), entry.title) for entry in articles]
    titles = {entry.slug: entry.title for entry in articles}
    of_article = defaultdict(list)
    for faq in faqs:
        if _stands_alone(faq.title, titles[faq.slug]):
            of_article[faq.slug].append((question_address(faq), faq.title))
    in_turn = chain.from_iterable(zip_longest(*of_article.values()))
    return (links + [link for link in in_turn if link])[:QUESTIONS_ON_HOME]


def _stands_alone(question, title):
    """Whether a question names what its article is about: 'Do the side effects wear off?' says nothing elsewhere."""
    return any(len(word) >= 7 and word in question.casefold() for word in re.findall(r"\w+", title.casefold()))


def question_groups(articles, faqs):
    """[{"id", "title", "href", "questions"}]. Answers stand whole: a cut could take the half that keeps people safe."""
    of_article = defaultdict(list)
    for faq in faqs:
        of_article[faq.slug].append({"href": question_address(faq), "question": faq.title, "answer": faq.summary})
    return [
        {
            "id": entry.slug,
            "title": entry.title,
            "href": reverse("article", args=[entry.slug]),
            "questions": of_article[entry.slug],
        }
        for entry in articles
        if of_article[entry.slug]
    ]


def glossary_letters(terms, sources):
    """(links for components/letter_row.html, [(letter, terms)]), by name."""
    groups = defaultdict(list)
    for term in sorted(terms, key=lambda term: term["name"].casefold()):
        letter = term["name"][:1].upper()
        known = [sources["source", slug] for slug in term.get("sources", []) if ("source", slug) in sources]
        groups[letter if letter.isascii() and letter.isalpha() else "#"].append(
            {
                "id": term["slug"],
                "name": upper_first(term["name"]),
                "definition": term["definition"],
                "sources": [
                    {
                        "publisher": source["publisher"],
                        "title": source["title"],
                        "href": link_to(source),
                        "lang": source.get("language", ""),
                    }
                    for source in known
                ],
            }
        )
    letters = [(f"#letter-{letter}" if letter in groups else "", letter) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    return letters, sorted(groups.items())


def help_lines(contents):
    """{purpose with underscores: rows} of help-line contents, each with the address that a phone dials."""
    groups = defaultdict(list)
    for line in contents:
        groups[line["purpose"]].append(line | {"tel": _tel(line.get("number", ""))})
    return {purpose.replace("-", "_"): groups[purpose] for purpose in _PURPOSES}


def _tel(number):
    """The digits to dial. '1-800-FDA-1088 (1-800-332-1088)' spells the same number twice, the second time in digits."""
    return re.sub(r"[^0-9]", "", number.split("(")[-1])
