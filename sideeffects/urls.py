"""Every address: the editors', the machines', and the readers' in articles.urls."""

from django.contrib import admin
from django.urls import include, path

from . import health

handler400 = "sideeffects.errors.bad_request"
handler500 = "sideeffects.errors.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("articles.urls")),
]
