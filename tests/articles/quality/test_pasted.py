import pytest

from articles.quality import LEFT_OVER, problems

from ...factories import article_content


def found(**fields):
    return {(problem.sentence, problem.path) for problem in problems(article_content(**fields)) if problem.binding}


def test_a_text_that_the_pasted_article_lacked_holds_back_until_it_is_written():
    faq = {"key": "q", "question": "[missing question] It lasts", "answer": "It lasts."}

    sentence = "Write the text that is still missing: [missing question] It lasts"
    assert (sentence, ("faqs", "q", "question")) in found(faqs=[faq])


@pytest.mark.parametrize("mark", ["[1]", "[2, 5–7]"])
def test_a_number_that_stood_for_a_source_elsewhere_holds_back(mark):
    sentence = f"The mark '{mark}' leads readers to no source. Put [ref:key] of the reference in its place."

    assert (sentence, ("lead",)) in found(lead=f"It can ache {mark}. [ref:label]")


def test_a_link_that_is_called_by_a_number_is_no_such_mark():
    assert not any(
        "leads readers to no source" in sentence for sentence, _ in found(lead="See [2](/check/). [ref:label]")
    )


def test_the_section_with_what_fitted_nowhere_is_to_be_used_or_deleted():
    section = {"key": LEFT_OVER, "heading": "Left over", "body": "[missing"}

    assert ("Use or delete the section 'Left over'.", ("sections", LEFT_OVER, "heading")) in found(sections=[section])


def test_how_the_section_with_what_fitted_nowhere_reads_is_nobodys_concern():
    hard = "Pharmacokinetic considerations notwithstanding, hepatic metabolisation predominates considerably."
    left_over = {"key": LEFT_OVER, "heading": "Left over from the pasted text", "body": hard}

    found = problems(article_content(sections=[left_over]))

    assert [problem.sentence for problem in found if problem.path[:2] == ("sections", LEFT_OVER)] == [
        "Use or delete the section 'Left over from the pasted text'."
    ]
