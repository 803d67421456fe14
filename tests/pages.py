"""Fetching a reader page in a test: hygiene is checked on every page that any test fetches (Notify's habit)."""

import re
from html.parser import HTMLParser
from itertools import pairwise

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """A parsed page: its elements in order, its text, and how its tags nest."""

    def __init__(self, html, response=None):
        super().__init__(convert_charrefs=True)
        self.html, self.response = html, response
        self.elements, self.faults, self._open, self._texts = [], [], [], []
        self.feed(html)
        self.close()
        self.faults += [f"<{element['tag']}> is never closed" for element in self._open]

    def handle_starttag(self, tag, attributes):
        element = {"tag": tag, "text": "", "inside": [parent["tag"] for parent in self._open]} | dict(attributes)
        element["attributes"] = dict(attributes)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        if not self._open or self._open[-1]["tag"] != tag:
            self.faults.append(f"</{tag}> closes nothing at line {self.getpos()[0]}")
            return
        self._open.pop()

    def handle_data(self, data):
        for element in self._open:
            element["text"] += data
        if not any(element["tag"] in ("style", "script", "title") for element in self._open):
            self._texts.append(data)

    @property
    def text(self):
        """What a reader reads, white space folded."""
        return " ".join("".join(self._texts).split())

    def all(self, tag, **attributes):
        """Elements by tag and attributes; `class_` asks for one of an element's classes."""
        wanted = attributes.pop("class_", None)
        return [
            element
            for element in self.elements
            if element["tag"] == tag
            and all(element["attributes"].get(name.replace("_", "-")) == value for name, value in attributes.items())
            and (wanted is None or wanted in (element["attributes"].get("class") or "").split())
        ]

    def one(self, tag, **attributes):
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of <{tag} {attributes}> instead of one"
        return found[0]

    @property
    def h1(self):
        return _words(self.one("h1")["text"])

    @property
    def links(self):
        return {element["attributes"]["href"] for element in self.all("a") if "href" in element["attributes"]}


def fetch(client, address, *, status=200, **headers):
    response = client.get(address, headers=headers or None)
    assert response.status_code == status, f"{address} answered {response.status_code}, not {status}"
    page = Page(response.content.decode(), response)
    check_hygiene(page, address)
    return page


def check_hygiene(page, address):
    """One h1, a title that begins with it, unique ids, labelled fields, sound nesting, nothing inline, no cookie."""
    faults = list(page.faults)
    title = _words(page.one("title")["text"])
    if not title.startswith(page.h1):
        faults.append(f"the title '{title}' does not begin with the h1 '{page.h1}'")
    ids = [element["attributes"]["id"] for element in page.elements if "id" in element["attributes"]]
    faults += [f"the id '{name}' stands {ids.count(name)} times" for name in sorted(set(ids)) if ids.count(name) > 1]
    faults += [f"#{link[1:]} leads nowhere" for link in page.links if re.fullmatch("#.+", link) and link[1:] not in ids]
    faults += _heading_faults(page) + _field_faults(page, ids) + _inline_faults(page)
    if page.response is not None:
        faults += _response_faults(page.response)
    assert not faults, f"{address}:\n" + "\n".join(faults)


def _words(text):
    return " ".join(text.split())


def _heading_faults(page):
    levels = [int(element["tag"][1]) for element in page.elements if re.fullmatch("h[1-6]", element["tag"])]
    return [f"an h{after} follows an h{before}" for before, after in pairwise(levels) if after > before + 1]


def _field_faults(page, ids):
    labelled = {element["attributes"].get("for") for element in page.all("label")}
    faults = []
    for element in page.elements:
        attributes = element["attributes"]
        if element["tag"] in ("select", "textarea") or (
            element["tag"] == "input" and attributes.get("type") not in ("hidden", "submit", "button")
        ):
            named = attributes.get("aria-label") or attributes.get("id") in labelled or "label" in element["inside"]
            if not named:
                faults.append(f"the field '{attributes.get('name')}' has no label")
        for name in ("aria-labelledby", "aria-describedby", "for"):
            missing = set((attributes.get(name) or "").split()) - set(ids)
            faults += [f"{name}='{missing_id}' points nowhere" for missing_id in missing]
    return faults


def _inline_faults(page):
    faults = []
    for element in page.elements:
        attributes = element["attributes"]
        if element["tag"] == "script" and "src" not in attributes and attributes.get("type") != "application/ld+json":
            faults.append("an inline script")
        faults += [
            f"an inline {name} on <{element['tag']}>"
            for name in attributes
            if name == "style" or re.match("on[a-z]+$", name)
        ]
        for name in ("src", "href", "action"):
            value = attributes.get(name) or ""
            if name == "href" and element["tag"] == "a":
                continue
            if (
                re.match(r"(https?:)?//", value)
                and not value.startswith("http://testserver")
                and element["attributes"].get("rel") != "canonical"
            ):
                faults.append(f"<{element['tag']}> loads {value}")
    if len(page.all("style")) > 1:
        faults.append("more than one style block")
    return faults


def _response_faults(response):
    faults = []
    if response.cookies:
        faults.append("it sets a cookie")
    if "cookie" in response.headers.get("Vary", "").lower():
        faults.append("it varies on Cookie")
    return faults
