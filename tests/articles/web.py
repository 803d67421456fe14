"""A small web on a loopback port, for tests of the link check: names that lead to it, and what it was asked."""

import socket
import threading
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from articles.link_answers import ask

UNKNOWN = "nowhere.example"


class Web:
    """answers: {path: status, (status, location) or a function of the method}; asked: [(method, host, path, agent)]."""

    def __init__(self, port):
        self.port, self.answers, self.asked = port, {}, []
        self.ask = partial(ask, agent="Test/1.0 (+https://example.org/about/)", resolve=self.resolve, timeout=5)

    def address(self, path="/page", host="site.example", scheme="http"):
        return f"{scheme}://{host}:{self.port}{path}"

    def resolve(self, host, port):
        if host == UNKNOWN:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return ["127.0.0.1"]


@contextmanager
def small_web():
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self):
            web.asked.append((self.command, self.headers["Host"], self.path, self.headers["User-Agent"]))
            answer = web.answers.get(self.path, 200)
            answer = answer(self.command) if callable(answer) else answer
            if answer is None:
                self.connection.close()
                return
            status, location = answer if isinstance(answer, tuple) else (answer, "")
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()

        do_GET = do_HEAD

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web = Web(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
