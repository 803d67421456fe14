"""Filling in an editors' page as a browser does: every field that the page has, with some of them changed."""

from html import unescape
from html.parser import HTMLParser


class _Form(HTMLParser):
    """The fields and values of one form, as a browser would send them."""

    def __init__(self, form_id):
        super().__init__(convert_charrefs=True)
        self.form_id, self.inside, self.values = form_id, False, {}
        self._select = self._option = self._area = None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.inside = attributes.get("id") == self.form_id
        if not self.inside or "disabled" in attributes:
            return
        name = attributes.get("name")
        if tag == "input" and name and attributes.get("type") not in ("submit", "button"):
            if attributes.get("type") not in ("checkbox", "radio") or "checked" in attributes:
                self._add(name, attributes.get("value", "on" if attributes.get("type") == "checkbox" else ""))
        elif tag == "textarea":
            self._area = [name, ""]
        elif tag == "select":
            self._select = (name, "multiple" in attributes, [])
        elif tag == "option" and self._select:
            self._select[2].append((attributes.get("value", ""), "selected" in attributes))

    def handle_data(self, data):
        if self._area:
            self._area[1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "textarea" and self._area:
            # HTML drops the first line break of a textarea, and browsers send CR LF.
            self._add(self._area[0], self._area[1].removeprefix("\n").replace("\n", "\r\n"))
            self._area = None
        elif tag == "select" and self._select:
            name, multiple, options = self._select
            chosen = [value for value, selected in options if selected]
            if not chosen and not multiple and options:
                chosen = [options[0][0]]
            for value in chosen:
                self._add(name, value)
            self._select = None

    def _add(self, name, value):
        if "__prefix__" not in name:
            self.values.setdefault(name, []).append(value)


def fields_of(client, address, model):
    """What the page's main form would send if nothing were changed."""
    response = client.get(address)
    assert response.status_code == 200, f"{address} answered {response.status_code}"
    return fields_in(response, model)


def fields_in(response, model):
    """The same for a page that came as the answer to something else, such as a form with mistakes."""
    form = _Form(f"{model}_form")
    form.feed(response.content.decode())
    assert form.values, f"no form '{model}_form' on the page"
    return form.values


def send(client, address, model, **changes):
    """Open the page, change these fields (a dash in a field's name is written as two underscores) and save it."""
    values = fields_of(client, address, model)
    values |= {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(address, values)


def errors_of(response):
    """The sentences that a refused page shows."""
    assert response.status_code == 200, "the page was saved"
    errors = response.context["errors"]
    return unescape(" ".join(str(message) for message in errors))
