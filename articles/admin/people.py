"""Who may sign off: only an administrator enters credentials."""

from django.contrib import admin

from ..models import Credential


@admin.register(Credential)
class CredentialAdmin(admin.ModelAdmin):
    list_display = ("user", "title", "registration", "valid_until")
    list_select_related = ("user",)
    search_fields = ("user__username", "user__last_name", "title", "registration")
    autocomplete_fields = ("user",)
