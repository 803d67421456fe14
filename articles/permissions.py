"""Who may do what: the three groups of editors, made again after every migrate."""

from django.apps import apps as project_apps
from django.contrib.auth import get_user_model
from django.contrib.auth.management import create_permissions

WRITERS, REVIEWERS, PUBLISHERS = "Writers", "Reviewers", "Publishers"

# For administrators, who have every permission anyway.
_NOT_FOR_EDITORS = {"accountevent", "recoverycode"}
# Written by publication, by the workflow or by an administrator only.
_NOT_FOR_WRITERS = {
    "document",
    "revision",
    "signoff",
    "reviewevent",
    "credential",
    "listedeffect",
    "searchentry",
    "searchterm",
    "knownname",
    "askedfor",
}


def who_may(permission, *, include_superusers=True):
    """The accounts that can enter and have this permission ('articles.sign_off_document'), by whatever group."""
    able = get_user_model().objects.with_perm(
        permission, backend="django.contrib.auth.backends.ModelBackend", include_superusers=include_superusers
    )
    return able.filter(is_staff=True)


def make_groups(using="default", apps=project_apps, **_):
    """Create the groups and give each exactly its permissions of this app; memberships stay as they are."""
    # The auth app's own handler may run after this one, so the permissions are made sure of here.
    create_permissions(project_apps.get_app_config("articles"), using=using, verbosity=0)
    Group = project_apps.get_model("auth", "Group")
    Permission = project_apps.get_model("auth", "Permission")
    ours = Permission.objects.using(using).filter(content_type__app_label="articles").select_related("content_type")
    ours = ours.exclude(content_type__model__in=_NOT_FOR_EDITORS)

    def named(*codenames):
        return [permission for permission in ours if permission.codename in codenames]

    view = [permission for permission in ours if permission.codename.startswith("view_")]
    edit = [
        permission
        for permission in ours
        if permission.content_type.model not in _NOT_FOR_WRITERS
        and permission.codename.startswith(("add_", "change_", "delete_"))
    ]
    wanted = {
        WRITERS: view + edit + named("submit_document"),
        REVIEWERS: view + named("sign_off_document", "return_document"),
        PUBLISHERS: view + named("publish_document", "withdraw_document", "return_document"),
    }
    for name, permissions in wanted.items():
        group, _created = Group.objects.using(using).get_or_create(name=name)
        others = group.permissions.exclude(content_type__app_label="articles")
        group.permissions.set([*others, *permissions])
