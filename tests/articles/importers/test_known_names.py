import pytest

from articles.importers.known_names import KnownNamesError, load, read
from articles.models import KnownName

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HEAD = "name,kind,country,ingredient,rxcui,source\n"
# As the real file has them: a stray quote, doubled spaces, a combination, the same row twice.
DIRTY = HEAD + (
    "' Testall,brand,US,Testamol,161,Drugs@FDA\n"
    "Testamol,ingredient,,Testamol,161,RxNorm\n"
    "Test  Duo,brand,US,Testamol;Otheramol,,Drugs@FDA\n"
    "Testamol,ingredient,,Testamol,161,RxNorm\n"
)


@pytest.fixture
def no_names(db):
    KnownName.objects.all().delete()


def file(tmp_path, text):
    path = tmp_path / "names.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_reading_cleans_names_and_drops_repeats(tmp_path):
    rows = read(file(tmp_path, DIRTY))

    assert [row["name"] for row in rows] == ["Testall", "Testamol", "Test Duo"]


def test_the_second_run_changes_nothing(tmp_path, no_names):
    rows = read(file(tmp_path, DIRTY))
    load(rows)
    before = list(KnownName.objects.order_by("pk").values())

    changes = load(rows)

    assert changes == {"created": 0, "updated": 0, "deleted": 0}
    assert list(KnownName.objects.order_by("pk").values()) == before


def test_a_row_that_left_the_file_leaves_the_table(tmp_path, no_names):
    load(read(file(tmp_path, DIRTY)))

    changes = load(read(file(tmp_path, HEAD + "Testamol,ingredient,,Testamol,999,RxNorm\n")))

    assert changes == {"created": 0, "updated": 1, "deleted": 2}
    assert KnownName.objects.get().rxcui == "999"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name,kind\nA,brand\n", "lacks the column 'country'"),
        (HEAD + ",brand,US,A,,x\n", "line 2: a row needs a name"),
        (HEAD + "A,cream,US,A,,x\n", "line 2: 'cream' is not ingredient or brand"),
    ],
)
def test_a_file_of_another_shape_is_refused_with_its_line(tmp_path, text, sentence):
    with pytest.raises(KnownNamesError, match=sentence):
        read(file(tmp_path, text))
