"""Editors' accounts, groups and the log of what happened to them. Every change of rights is logged with what was before.

Not here: logging in and one's own second factor (entrance/).
"""

import django_otp.plugins.otp_totp.admin  # noqa: F401  (it registers the devices, which are taken out below)
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.formats import date_format
from django_otp.plugins.otp_totp.models import TOTPDevice

from .. import accounts
from ..accounts import What
from ..models import AccountEvent
from .logs import LogAdmin
from .rows import is_id

User = get_user_model()

# A device's page shows the secret of a colleague's second factor.
admin.site.unregister([User, Group, TOTPDevice])


class HandOverForm(forms.Form):
    colleague = forms.ModelChoiceField(User.objects.none(), label="To whom")

    def __init__(self, *args, leaver, **kwargs):
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(is_active=True, is_staff=True).exclude(pk=leaver.pk)
        self.fields["colleague"].queryset = colleagues.order_by("last_name", "first_name", "username")
        self.fields["colleague"].label_from_instance = lambda user: (
            f"{user.get_full_name()} ({user.get_username()})" if user.get_full_name() else user.get_username()
        )


@admin.register(User)
class AccountAdmin(UserAdmin):
    actions = None
    change_form_template = "admin/account_change_form.html"
    list_display = ("username", "first_name", "last_name", "is_active", "is_staff", "is_superuser", "last_login")

    def get_urls(self):
        site = self.admin_site
        own = [
            path("<path:object_id>/hand-over/", site.admin_view(self.hand_over_view), name="auth_user_hand_over"),
            path(
                "<path:object_id>/reset-factor/", site.admin_view(self.reset_factor_view), name="auth_user_reset_factor"
            ),
        ]
        return own + super().get_urls()

    def has_delete_permission(self, request, obj=None):
        """Whoever did anything stays on record: the account is deactivated instead."""
        return super().has_delete_permission(request, obj) and not (obj and accounts.has_history(obj))

    def save_model(self, request, obj, form, change):
        # Kept with the form: rights are changed by two steps of one save.
        form.rights_before = accounts.rights(obj) if change else None
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        accounts.record_account(request, form.instance, form.rights_before, form.changed_data)

    def delete_model(self, request, obj):
        accounts.record(request, What.DELETED, obj)
        super().delete_model(request, obj)

    def user_change_password(self, request, id, form_url=""):
        if request.method != "POST":
            return super().user_change_password(request, id, form_url)
        with transaction.atomic():
            before = User.objects.filter(pk=id).values_list("password", flat=True).first() if is_id(id) else None
            response = super().user_change_password(request, id, form_url)
            if before is not None and (user := User.objects.get(pk=id)).password != before:
                accounts.record(request, What.PASSWORD_CHANGED, user)
        return response

    def hand_over_view(self, request, object_id):
        leaver = self._changeable(request, object_id)
        form = HandOverForm(request.POST or None, leaver=leaver)
        if form.is_valid():
            colleague = form.cleaned_data["colleague"]
            counts = accounts.hand_over(request, leaver, colleague)
            self.log_change(request, leaver, f"Pages handed over to {colleague}")
            pages = f"{counts['owner']} page{'' if counts['owner'] == 1 else 's'}"
            messages.success(
                request, f"{pages} of {leaver} belong{'s' if counts['owner'] == 1 else ''} to {colleague} now."
            )
            return redirect(self._page(leaver))
        return self._step(
            request, leaver, "hand_over", f"Hand over the pages of {leaver}", form=form, **accounts.in_hand(leaver)
        )

    def reset_factor_view(self, request, object_id):
        user = self._changeable(request, object_id)
        if user == request.user:
            return redirect("admin:second_factor")
        if request.method == "POST":
            accounts.remove_second_factor(request, user)
            self.log_change(request, user, "Second factor reset")
            messages.success(request, f"{user} has no second factor now and sets up a new one at the next login.")
            return redirect(self._page(user))
        return self._step(
            request, user, "reset_factor", f"Reset the second factor of {user}", device=accounts.device_of(user)
        )

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["has_history"] = accounts.has_history(obj)
            context["has_factor"] = accounts.device_of(obj) is not None
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _changeable(self, request, object_id):
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        return obj

    def _page(self, user):
        return reverse("admin:auth_user_change", args=[quote(user.pk)])

    def _step(self, request, user, name, title, **context):
        context |= {"title": title, "opts": self.opts, "original": user, "back": self._page(user)}
        return render(request, f"admin/account_{name}.html", self.admin_site.each_context(request) | context)


@admin.register(Group)
class LoggedGroupAdmin(GroupAdmin):
    actions = None

    def save_model(self, request, obj, form, change):
        form.rights_before = accounts.rights_of_group(Group.objects.get(pk=obj.pk)) if change else None
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        after, before = accounts.rights_of_group(form.instance), form.rights_before
        changes = accounts.differences(before, after) if before else after
        if changes:
            what = What.RIGHTS_CHANGED if before else What.MADE
            accounts.record(request, what, about_name=f"group {form.instance.name}", **changes)

    def delete_model(self, request, obj):
        accounts.record(request, What.DELETED, about_name=f"group {obj.name}", **accounts.rights_of_group(obj))
        super().delete_model(request, obj)


@admin.register(AccountEvent)
class AccountEventAdmin(LogAdmin):
    list_display = ("when", "by_name", "what", "about_name", "in_words", "network")
    list_filter = ("what",)
    search_fields = ("by_name", "about_name")
    date_hierarchy = "at"
    fields = ("when", "by_name", "what", "about_name", "in_words", "network")

    @admin.display(description="when (UTC)", ordering="at")
    def when(self, event):
        return date_format(event.at, "j M Y, H:i:s")

    @admin.display(description="details")
    def in_words(self, event):
        return "; ".join(f"{name}: {_in_words(value)}" for name, value in event.details.items())


def _in_words(value):
    """A value, or [before, after] where a change was logged."""
    if isinstance(value, list) and len(value) == 2 and all(isinstance(each, list | bool) for each in value):
        return " → ".join(map(_in_words, value))
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
