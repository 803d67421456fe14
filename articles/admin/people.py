"""Who may sign off: only an administrator enters credentials, and each entry has its line in the account log."""

from django.contrib import admin

from .. import accounts
from ..models import AccountEvent, Credential
from .rows import Choice, One


@admin.register(Credential)
class CredentialAdmin(admin.ModelAdmin):
    actions = None
    list_display = ("user", "title", "registration", "valid_until")
    list_select_related = ("user",)
    search_fields = ("user__username", "user__last_name", "title", "registration")
    autocomplete_fields = ("user",)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs = {"widget": Choice(db_field, self.admin_site), "form_class": One} | kwargs
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        # Readers are shown it beside what was signed with it: another person or number needs a credential of its own.
        return ("user", "title", "registration") if obj and obj.sign_offs.exists() else ()

    def save_model(self, request, obj, form, change):
        before = _in_words(Credential.objects.get(pk=obj.pk)) if change else "none"
        super().save_model(request, obj, form, change)
        self._record(request, obj, f"{before} → {_in_words(obj)}")

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self._record(request, obj, f"{_in_words(obj)} → none")

    def _record(self, request, credential, words):
        accounts.record(request, AccountEvent.What.RIGHTS_CHANGED, credential.user, credential=words)


def _in_words(credential):
    return f"{credential}, valid until {credential.valid_until:%-d %B %Y}"
