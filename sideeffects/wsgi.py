"""What a web server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sideeffects.settings")

_django = get_wsgi_application()


def application(environ, start_response):
    """Everything here is UTF-8, whatever charset a header names.

    Django would read the query and the form in that one: some make half characters, which no database stores, and with
    some it fails before any middleware of ours could answer.
    """
    kind, *parameters = environ.get("CONTENT_TYPE", "").split(";")
    kept = [one for one in parameters if not one.strip().lower().startswith("charset")]
    return _django(environ | {"CONTENT_TYPE": ";".join([kind, *kept])}, start_response)
