"""What the checks find, in short, for the tests of this folder."""

from articles.quality import problems

from ...factories import article_content

SOUND = {
    "key_points": [
        {"key": key, "label": label, "text": "It can hurt."}
        for key, label in (("a", "One"), ("b", "Two"), ("c", "Three"))
    ],
    "faqs": [{"key": "bad", "question": "Is it bad?", "answer": "No."}],
}


def sound_article(**changes):
    return article_content(**(SOUND | changes))


def found(content, **known):
    """{sentence: (path, whether it is binding)}"""
    return {problem.sentence: (problem.path, problem.binding) for problem in problems(content, **known)}


def only(content, **known):
    """The one problem that a content has."""
    (problem,) = problems(content, **known)
    return problem
