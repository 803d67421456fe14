"""The list of all medicines: by letter with their other names, or by group."""

from string import ascii_uppercase

from django.urls import reverse
from django.utils.text import slugify

from .wording import upper_first


def by_letter(drugs):
    """(letters for components/letter_row.html, [{"letter", "names"}] for components/name_list.html).

    `drugs`: dicts with slug, name, us_name, names. A brand points to its medicine: 'Norvasc, see amlodipine'.
    """
    entries = {}
    for drug in drugs:
        href = reverse("drug", args=[drug["slug"]])
        for name, note in _names(drug):
            letter = name[0].upper()
            entries.setdefault(letter, []).append({"href": href, "text": upper_first(name), "note": note})
    letters = [(f"#{letter}" if letter in entries else "", letter) for letter in ascii_uppercase]
    groups = [
        {"letter": letter, "names": sorted(entries[letter], key=lambda entry: entry["text"].casefold())}
        for letter in sorted(entries)
    ]
    return letters, groups


def by_class(drugs):
    """[{"name", "id", "drugs": [(href, name, what it is)]}] by group."""
    groups = {}
    for drug in drugs:
        groups.setdefault(drug["drug_class"], []).append(drug)
    return [
        {
            "name": name,
            "id": slugify(name),
            "drugs": [
                {
                    "href": reverse("drug", args=[drug["slug"]]),
                    "name": upper_first(drug["name"]),
                    "what": drug["patient_words"],
                }
                for drug in sorted(groups[name], key=lambda drug: drug["name"])
            ],
        }
        for name in sorted(groups)
    ]


def views(*, by_class):
    """The two orders, for components/filter_list.html."""
    return [
        {"href": reverse("drugs"), "text": "By letter", "current": not by_class},
        {"href": f"{reverse('drugs')}?by=class", "text": "By group", "current": by_class},
    ]


def _names(drug):
    """(name, note) of a medicine: its own without a note, every other name once."""
    own = drug["name"]
    yield own, ""
    said = {own.casefold()}
    rows = drug.get("names") or []
    others = [drug.get("us_name") or own, *(row["name"] for row in rows)]
    for name in others:
        if name.casefold() not in said:
            said.add(name.casefold())
            yield with_country(name, rows), f"see {own}"


def with_country(name, rows):
    """'Benadryl (US)' where a name is known from one country only: elsewhere it can mean another medicine."""
    countries = {row.get("country", "") for row in rows if row["name"].casefold() == name.casefold()}
    country = countries.pop() if len(countries) == 1 else ""
    return f"{name} ({country})" if country else name
