"""The one log format of the project: it never shows a query string, a referrer or what an exception quotes from them."""

import copy
import logging
import re
import traceback

_QUERY = re.compile(r"\?[^\n]*")
_REFERRER = re.compile(r"((?:Referer|Origin) checking failed) - \S+")
# What gunicorn says of a request it cannot read, which quotes any part of it.
_UNREADABLE = re.compile(r"(Invalid request from ip=\S+: [^:\n]*)[^\n]*")


class PrivateFormatter(logging.Formatter):
    def format(self, record):
        record = copy.copy(record)
        # Arguments too, and not the texts alone: a request or an exception shows the address only when it is printed.
        if isinstance(record.args, dict):
            record.args = {name: _printable(each) for name, each in record.args.items()}
        elif record.args:
            record.args = tuple(map(_printable, record.args))
        else:
            record.msg = redact(str(record.msg))
        if record.exc_info:
            record.exc_text = _frames(record.exc_info[1], with_message=not _answers_a_query(record))
        return super().format(record)


def redact(text):
    """Cut from the first question mark to the end of the line: a raw request line can hold spaces after it."""
    return _UNREADABLE.sub(r"\1", _REFERRER.sub(r"\1", _QUERY.sub("?...", text)))


def _printable(argument):
    return argument if isinstance(argument, int | float) else redact(str(argument))


def _answers_a_query(record):
    if record.name.startswith("gunicorn"):
        return True  # its records do not carry the request
    meta = getattr(getattr(record, "request", None), "META", {})  # django.server's "request" is a socket
    return bool(meta.get("QUERY_STRING"))


def _frames(error, *, with_message):
    """The traceback; without messages where they can quote what somebody typed: int("word") does."""
    if with_message:
        return redact("".join(traceback.format_exception(error)).rstrip())
    parts = []
    while error:
        parts.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nwhile answering:\n".join(reversed(parts))
