"""Two addresses for machines: is the process alive, and should it get visitors. Neither says more than one word."""

import shutil
from functools import cache

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

LEAST_FREE_SPACE = 0.05


@never_cache
@require_safe
def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request):
    fault = _fault()
    return HttpResponse(fault or "ok", status=503 if fault else 200, content_type="text/plain")


def _fault():
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except DatabaseError:
        return "database"
    if not _needed_migrations() <= applied.keys():
        return "migrations"
    # A full disk leaves every read working and fails every save, so the database alone would say "ok".
    disk = shutil.disk_usage(settings.BASE_DIR)
    if disk.free < LEAST_FREE_SPACE * disk.total:
        return "disk"
    if settings.PRODUCTION and not staticfiles_storage.hashed_files:
        return "static"
    return None


@cache
def _needed_migrations():
    return frozenset(MigrationLoader(None).graph.nodes)
