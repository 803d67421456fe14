"""What people type when it may be an emergency raises the right red flag; what only sounds like one alarms nobody."""

from pathlib import Path

import pytest
import yaml

from articles.check import hear
from articles.known import known
from articles.question import Question

pytestmark = pytest.mark.django_db

TABLE = yaml.safe_load(Path(__file__).with_name("red_flag_phrasings.yaml").read_text(encoding="utf-8"))
ALARMING = [(row["q"], row["rule"]) for row in TABLE["alarming"]]
# Known and left: the answer is not wrong, only more than was needed.
STILL_ALARMS = {"cant stop eating biscuits", "tendon"}
# Another emergency card answers, which says what to do.
ANSWERED_BY_ANOTHER = {"bisoprolol slow heartbeet and cant catch breath": "lung-clot"}


def met(text):
    return [alert["rule"] for alert in hear(Question(words=text), known()).result["alerts"]]


@pytest.mark.parametrize(("text", "rule"), ALARMING, ids=[text[:60] for text, _ in ALARMING])
def test_an_alarming_phrasing_raises_its_red_flag(text, rule):
    assert ANSWERED_BY_ANOTHER.get(text, rule) in met(text)


@pytest.mark.parametrize("text", TABLE["harmless"], ids=[text[:60] for text in TABLE["harmless"]])
def test_a_harmless_phrasing_alarms_nobody(text):
    assert (met(text) != []) is (text in STILL_ALARMS)


def test_the_tables_are_as_large_as_promised_and_cover_every_rule():
    assert len(ALARMING) >= 200 and len(TABLE["harmless"]) >= 150
    assert {rule for _, rule in ALARMING} == {rule["slug"] for rule in known().rules}
