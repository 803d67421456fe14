import pytest

from sideeffects import wsgi


@pytest.mark.parametrize(
    ("named", "passed_on"),
    [
        ("text/plain; charset=hex", "text/plain"),
        ("application/x-www-form-urlencoded;CHARSET=utf-7", "application/x-www-form-urlencoded"),
        ("multipart/form-data; charset=unicode_escape; boundary=b", "multipart/form-data; boundary=b"),
        ("multipart/form-data; boundary=b", "multipart/form-data; boundary=b"),
        ("", ""),
    ],
)
def test_charset_that_a_header_names_never_reaches_django(monkeypatch, named, passed_on):
    seen = []
    monkeypatch.setattr(wsgi, "_django", lambda environ, start_response: seen.append(environ))

    wsgi.application({"CONTENT_TYPE": named, "PATH_INFO": "/"}, None)

    assert seen == [{"CONTENT_TYPE": passed_on, "PATH_INFO": "/"}]
