"""The local web server of `make run`: one line a request, no reloading, and a clear word when the port is taken."""

import errno

from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import get_internal_wsgi_application, run


class Command(BaseCommand):
    help = "Serve the site on 127.0.0.1, for this machine only."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port, **options):
        def announce(_port):
            self.stdout.write(
                f"Side Effects is at http://127.0.0.1:{port}/ and its editors' pages at /admin/. Ctrl-C ends it."
            )

        try:
            run("127.0.0.1", port, get_internal_wsgi_application(), threading=True, on_bind=announce)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise CommandError(f"Port {port} is taken; choose another, such as: make run PORT=8765") from None
        except KeyboardInterrupt:
            self.stdout.write("")
