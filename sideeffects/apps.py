"""The editors' side is the plain Django admin with an AdminSite of its own: who gets in, and what an expired session keeps."""

from django.contrib.admin.apps import AdminConfig


class EditorsAdminConfig(AdminConfig):
    default_site = "articles.entrance.site.EditorsSite"
