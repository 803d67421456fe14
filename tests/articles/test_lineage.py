import pytest

from articles import revisions
from articles.models import Effect, ReviewEvent, Revision, SignOff

from ..factories import draft, effect_content, publisher, reviewer, writer

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ORIGINS = {
    "": "edited",
    "@": "set-aside",
    "+": "merged",
    "<": "restored",
    "^": "restored",
    "~": "reviewed",
    "-": "shipped",
    ">": "renamed",
}

# Versions from number 1 on. "a" is an edit by Anna; "!" after it: somebody else signed and published it. "a@1" is Anna's,
# set aside on version 1; "a+2" is put together with version 2; "a<1" is restored from version 1, "a^1" only says so; "a~" is
# a review under her name; "a>" names another page by its new address;
# "-" came with the project. Behind it: in whose way the last version is.
HISTORIES = [
    ("a b", "ab"),
    ("a! b", "b"),
    ("a! b a", "ab"),
    ("a a@1 b", "ab"),
    ("a b@1 a", "a"),  # it was left aside
    ("a b@1 c+2", "abc"),
    ("a! b@1 c! d+2", "bd"),
    # What was set aside brings old words of the version that it was written on, which nobody has seen since.
    ("a! r d! w@2 w+4", "wr"),
    ("a! r! d! w@2 w+4", "w"),
    ("a! r s d! w@3 w+5", "wrs"),
    # Restoring brings the words of its original, and no others.
    ("a! b! c<1", "c"),
    ("a! r b! c<2", "cr"),
    ("a! r d e<2", "er"),
    ("a! r d e<1", "e"),
    ("a! r d e^1", "rde"),
    ("a! r b! c<2 d! e<4", "ecr"),
    ("a! b! a! d<1 e", "de"),
    ("a! r@1 d! e<2", "er"),
    ("a! r s@2 d! e<3", "ers"),
    # Nobody answers for the project's own text; a review is no writing.
    ("a - b", "b"),
    ("- b", "b"),
    ("a! b~ c", "c"),
    ("a b~ c", "ac"),
    ("a b> c", "abc"),
    ("a! b> c", "bc"),
]


@pytest.fixture
def people():
    return {letter: writer(username=letter) for letter in "abcdersw"}


@pytest.fixture
def tell(people):
    """Have the versions of a history stored, one after the other."""
    document = draft(effect_content(), by=people["a"])
    second, shown_by = reviewer(), publisher()

    def tell(history):
        for number, words in enumerate(history.split(), start=1):
            version = words.rstrip("!")
            author, mark, based_on = version[:1].strip("-"), version[1:2] or version.strip("abcdersw"), version[2:]
            if number > 1 or version == "-":
                Revision.objects.create(
                    document_id=document.pk,
                    number=number + history.startswith("-"),
                    content={},
                    content_hash=str(number),
                    clinical_hash="of other words"
                    if mark == "^"
                    else revisions.latest_revision(document).clinical_hash,
                    origin=ORIGINS[mark],
                    author=people.get(author),
                    based_on=int(based_on) if based_on else None,
                )
            if words.endswith("!"):
                looked_at(revisions.latest_revision(document))
        return revisions.latest_revision(document)

    def looked_at(version):
        SignOff.objects.create(
            revision=version, clinical_hash=version.clinical_hash, credential=second.credentials.get()
        )
        ReviewEvent.objects.create(document_id=document.pk, revision=version, verb="publish", by=shown_by)

    return tell


@pytest.mark.parametrize(("history", "authors"), HISTORIES)
def test_whose_words_nobody_else_has_looked_at(tell, people, history, authors):
    last = tell(history)

    assert {name for name, user in people.items() if revisions.wrote_since_sign_off(last, user)} == set(authors)
    assert {name for name, user in people.items() if revisions.wrote_since_publication(last, user)} == set(authors)


def test_the_author_of_a_version_never_signs_it_but_may_publish_again_what_readers_saw(tell, people):
    last = tell("a! b!")

    assert revisions.wrote_since_sign_off(last, people["b"])
    assert not revisions.wrote_since_publication(last, people["b"])


@pytest.mark.parametrize(("history", "authors"), HISTORIES)
def test_the_desk_says_the_same_of_many_pages(tell, people, history, authors):
    last = tell(history)
    Effect.objects.update(state="in-review")

    for user in people.values():
        assert revisions.pages_written_since_sign_off(user, "in-review").exists() == revisions.wrote_since_sign_off(
            last, user
        )
        assert revisions.pages_written_since_publication(
            user, "in-review"
        ).exists() == revisions.wrote_since_publication(last, user)
    assert not revisions.pages_written_since_sign_off(people["a"], "draft").exists()
