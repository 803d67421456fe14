import pytest

from tests.factories import article_content, draft, published_world, writer

from .two_editors import SECTIONS


@pytest.fixture
def article(db):
    published_world()
    return draft(article_content(sections=SECTIONS))


@pytest.fixture
def anna(client, db):
    """Opens forms and sends them later; `bert` saves in between."""
    client.force_login(writer(username="anna", first_name="Anna"))
    return client


@pytest.fixture
def bert(db):
    return writer(username="bert", first_name="Bert")
