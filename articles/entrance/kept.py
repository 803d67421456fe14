"""What somebody had typed when their session had ended: carried through the login as one hidden field, stored nowhere.

The field comes back from the browser, so nothing in it is trusted: addresses must be editors' pages of ours, and a form is
only ever opened again, never saved (NoteForm refuses `_reopen`).
"""

import json
from dataclasses import asdict, dataclass
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

FIELD = "kept"
REOPEN = "_reopen"
_FILLED_IN_BY = "_filled_in_by"
LIMIT = 1_000_000  # bytes; Django takes 2.5 million, and the page that carries the field is as long again
_NOT_KEPT = {"csrfmiddlewaretoken", FIELD, REOPEN}


@dataclass(frozen=True)
class Kept:
    """A form that was sent: where to, from which page, and its fields as lists of values."""

    address: str
    page: str
    fields: dict
    too_long: bool = False

    @property
    def json(self):
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @property
    def opens_again(self):
        """Whether its page takes the fields back without saving them."""
        return not self.too_long and bool(self.fields) and _takes_back(self.address)

    @property
    def filled_in_by(self):
        """The user name of whoever had the form open, "" if it does not say."""
        return next(iter(self.fields.get(_FILLED_IN_BY, [])), "")

    @property
    def pairs(self):
        return [(name, value) for name, values in self.fields.items() for value in values]

    @property
    def texts(self):
        """What is worth copying by hand where the form cannot be opened again."""
        return [(name.replace("_", " ").strip().capitalize(), value) for name, value in self.pairs]


def kept_from_post(request):
    """What this request posts, to be carried."""
    address = request.get_full_path()
    page = _came_from(request)
    fields = {
        name: values
        for name, values in request.POST.lists()
        if name not in _NOT_KEPT and "password" not in name.lower()
    }
    if not _takes_back(address):
        fields = _sentences(fields) if _view_name(address).startswith("articles_") else {}
    kept = Kept(address, page, fields)
    return kept if _can_be_written(kept) else Kept(address, page, {}, too_long=True)


def _came_from(request):
    """The editors' page that the form was on, as far as the browser says; else the front page."""
    try:
        referrer = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # "http://[" is no address
        return reverse("admin:index")
    page = referrer.path + (f"?{referrer.query}" if referrer.query else "")
    return page if referrer.netloc == request.get_host() and is_editors_page(page) else reverse("admin:index")


def kept_from_field(request):
    """What is being carried through the login, or None. Anything else than our own form of it is None too."""
    try:
        kept = Kept(**json.loads(request.POST.get(FIELD, "")))
    except (ValueError, TypeError, RecursionError):
        return None
    is_sound = (
        isinstance(kept.fields, dict)
        and all(
            isinstance(values, list) and all(isinstance(value, str) for value in values)
            for values in kept.fields.values()
        )
        and isinstance(kept.too_long, bool)
        and is_editors_page(kept.address)
        and is_editors_page(kept.page)
        and _can_be_written(kept)
    )
    return kept if is_sound else None


def is_editors_page(address):
    """Whether an address from outside leads to our own editors' pages and nowhere else, by any reading of it."""
    if not isinstance(address, str) or not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return False
    path = urlsplit(address).path
    # A browser walks up at "..", however it is written.
    return path.startswith("/admin/") and not {".", ".."} & set(unquote(path).replace("\\", "/").split("/"))


def _can_be_written(kept):
    try:
        return len(kept.json.encode()) <= LIMIT
    except UnicodeEncodeError:  # half a letter, which no browser sends
        return False


def _match(address):
    try:
        return resolve(urlsplit(address).path)
    except Resolver404:
        return None


def _view_name(address):
    match = _match(address)
    return (match and match.url_name) or ""


def _takes_back(address):
    match = _match(address)
    form = getattr(getattr(match and match.func, "model_admin", None), "form", None)
    return bool(getattr(form, "opens_again", False)) and match.url_name.endswith(("_add", "_change"))


def _sentences(fields):
    """Only what somebody wrote: nobody misses a button or a single word."""
    worth = {name: [value for value in values if len(value.split()) > 1] for name, values in fields.items()}
    return {name: values for name, values in worth.items() if values}
