import re

import pytest
from django.contrib.staticfiles import finders

from ...factories import writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(client):
    client.force_login(writer())
    return client.get("/admin/guide/").content.decode()


def test_chapters_are_listed_and_each_is_there(guide):
    listed = re.findall(r'<a href="#([^"]+)">', guide[guide.index('<nav aria-label="In this guide">') :])

    assert len(listed) > 8
    assert [name for name in listed if guide.count(f'id="{name}"') != 1] == []


def test_every_picture_is_among_the_static_files_and_says_what_it_shows(guide):
    pictures = re.findall(r'<img src="/static/([^"]+)" alt="([^"]+)">', guide)

    assert len(pictures) == guide.count("<img") > 5
    assert [path for path, _ in pictures if finders.find(path) is None] == []


def test_every_page_of_the_editors_leads_to_it(client, guide):
    assert 'href="/admin/guide/"' in client.get("/admin/articles/article/").content.decode()


def test_readers_are_asked_to_log_in(client, db):
    assert client.get("/admin/guide/").url.startswith("/admin/login/")
