"""What the first page, the glossary and the report page show; literal in, literal out."""

from types import SimpleNamespace

from articles.presenters.pages import glossary_letters, help_lines, question_groups, questions_for_home


def entry(slug, title, anchor="", summary=""):
    return SimpleNamespace(slug=slug, title=title, anchor=anchor, summary=summary)


ARTICLES = [entry("a", "Does amlodipine ache?"), entry("b", "Does tramadol itch?")]


def test_home_takes_turns_between_articles():
    faqs = [entry("a", f"Is amlodipine {number}?", f"q{number}") for number in range(9)]
    faqs += [entry("b", "Is tramadol strong?", "strong"), entry("b", "Does it last?", "last")]

    assert questions_for_home(ARTICLES, faqs)[:5] == [
        ("/articles/a/", "Does amlodipine ache?"),
        ("/articles/b/", "Does tramadol itch?"),
        ("/articles/a/#q0", "Is amlodipine 0?"),
        ("/articles/b/#strong", "Is tramadol strong?"),
        ("/articles/a/#q1", "Is amlodipine 1?"),
    ]
    assert len(questions_for_home(ARTICLES, faqs)) == 8


def test_article_without_questions_makes_no_group():
    groups = question_groups(ARTICLES, [entry("b", "Does it last?", "last", "No.")])

    assert groups == [
        {
            "id": "b",
            "title": "Does tramadol itch?",
            "href": "/articles/b/",
            "questions": [{"href": "/articles/b/#last", "question": "Does it last?", "answer": "No."}],
        }
    ]


def test_glossary_links_only_what_may_be_linked():
    terms = [{"slug": "oedema", "name": "oedema", "definition": "Swelling.", "sources": ["open", "shut", "gone"]}]
    sources = {
        ("source", "open"): {"publisher": "A", "title": "One", "address": "https://a.example", "linkable": True},
        ("source", "shut"): {"publisher": "B", "title": "Zwei", "address": "http://1.2.3.4", "language": "de"},
    }

    letters, [(letter, [term])] = glossary_letters(terms, sources)

    assert (letter, term["name"]) == ("O", "Oedema")
    assert [(source["href"], source["lang"]) for source in term["sources"]] == [("https://a.example", ""), ("", "de")]
    assert [text for href, text in letters if href] == ["O"]


def test_a_phone_dials_the_digits():
    lines = help_lines(
        [
            {"purpose": "report", "number": "1-800-FDA-1088 (1-800-332-1088)"},
            {"purpose": "crisis", "number": "116 123"},
            {"purpose": "same-day", "url": "https://example.org"},
        ]
    )

    assert [line["tel"] for line in (*lines["report"], *lines["crisis"], *lines["same_day"])] == [
        "18003321088",
        "116123",
        "",
    ]
    assert lines["emergency"] == []
