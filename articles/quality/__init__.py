"""Checks of a content dict before others may see it; pure: no queries.

Each finding is a Problem: a sentence for the writer, the path of its field, and whether it holds publication back.
Not here: who may move a document and whether a change note was written (policy.py).
"""

from .articles import article_problems
from .citations import citation_problems, source_problems
from .facts import fact_problems
from .often import frequency_problems
from .pasted import LEFT_OVER, MISSING, pasted_problems, without_left_over
from .problem import Problem
from .wording import hard_words, link_problems, medicines_named, reading_problems

__all__ = ["LEFT_OVER", "MISSING", "Problem", "hard_words", "problems"]


def problems(content, *, sources=None, warned=None):
    """Every Problem of a document of any kind, binding ones first, otherwise in the order of the checks.

    `sources`: {slug: 'dead', 'withdrawn' or 'unpublished'}; anything else is sound or not known. `warned`: slugs of the side
    effects whose own pages name warning signs, None if that is not known.
    """
    found = [*source_problems(content, sources), *link_problems(content)]
    if content["kind"] == "article":
        found += [*citation_problems(content), *article_problems(content), *pasted_problems(content)]
    else:
        found += fact_problems(content, warned)
    found += frequency_problems(content)
    found += reading_problems(without_left_over(content), medicines_named(content))
    return sorted(found, key=lambda problem: not problem.binding)
