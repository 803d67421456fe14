"""The content that comes with the project passes its own checks."""

import pytest
from django.conf import settings

from articles.content_files import read_folder
from articles.quality import problems

CONTENTS = [content for _, _, content in read_folder(settings.BASE_DIR / "fixtures")]
SOURCES = {content["slug"]: "" for content in CONTENTS if content["kind"] == "source"}
WARNED = {content["slug"] for content in CONTENTS if content["kind"] == "effect" and content.get("red_flags")}


def binding_problems(content, **known):
    return [problem for problem in problems(content, sources=SOURCES, warned=WARNED, **known) if problem.binding]


def test_no_shipped_document_has_a_problem_that_holds_it_back():
    found = {content["slug"]: told for content in CONTENTS if (told := binding_problems(content))}

    assert found == {}


@pytest.mark.parametrize(
    "article", [content for content in CONTENTS if content["kind"] == "article"], ids=lambda a: a["slug"]
)
def test_shipped_article_has_no_warning_but_of_paragraphs_above_grade_six(article):
    found = problems(article, sources=SOURCES)

    assert [problem for problem in found if "up to 6 is easy" not in problem.sentence] == []
