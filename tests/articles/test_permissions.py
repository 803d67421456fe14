import pytest
from django.contrib.auth.models import Group, Permission

from articles.permissions import PUBLISHERS, REVIEWERS, WRITERS, make_groups

from ..factories import publisher, reviewer, writer

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_groups_are_made_after_migrate_with_their_permissions():
    assert set(Group.objects.values_list("name", flat=True)) >= {WRITERS, REVIEWERS, PUBLISHERS}
    assert all(group.permissions.exists() for group in Group.objects.all())


def test_making_them_again_changes_nothing_and_keeps_members():
    member = writer()
    before = sorted(Group.objects.values_list("name", "permissions__codename"))

    make_groups()

    assert sorted(Group.objects.values_list("name", "permissions__codename")) == before
    assert member.groups.get().name == WRITERS


def test_a_lost_permission_comes_back():
    Group.objects.get(name=WRITERS).permissions.clear()

    make_groups()

    assert writer().has_perm("articles.change_article")


@pytest.mark.parametrize(
    ("person", "may", "may_not"),
    [
        (
            writer,
            "change_article add_finding submit_document",
            "publish_document sign_off_document withdraw_document change_revision change_credential",
        ),
        (
            reviewer,
            "view_article sign_off_document return_document",
            "change_article publish_document add_credential",
        ),
        (
            publisher,
            "view_article publish_document withdraw_document",
            "change_article sign_off_document delete_reviewevent view_accountevent view_recoverycode",
        ),
    ],
)
def test_each_role_may_do_its_part_and_no_more(person, may, may_not):
    user = person()

    assert [name for name in may.split() if not user.has_perm(f"articles.{name}")] == []
    assert [name for name in may_not.split() if user.has_perm(f"articles.{name}")] == []


def test_no_group_reaches_users_or_groups():
    granted = Permission.objects.filter(group__name__in=[WRITERS, REVIEWERS, PUBLISHERS])

    assert not granted.exclude(content_type__app_label="articles").exists()
