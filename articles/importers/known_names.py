"""fixtures/names.csv: names of medicines from RxNorm, Drugs@FDA and code lists, covered here or not.

Columns: name, kind (ingredient or brand), country, ingredient (several parted by semicolons), rxcui, source.
"""

import csv

from django.db import transaction

from ..models import KnownName

COLUMNS = ("name", "kind", "country", "ingredient", "rxcui", "source")


class KnownNamesError(Exception):
    """A sentence that names the line of a mistake."""


def read(path):
    """[{column: text}] of the file, each row once. Raises KnownNamesError for a file of another shape."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := set(COLUMNS) - set(reader.fieldnames or ()):
            raise KnownNamesError(f"{path}: the first line lacks the column '{sorted(missing)[0]}'.")
        rows = {}
        for row in reader:
            row = {column: " ".join((row[column] or "").split()) for column in COLUMNS}
            row["name"] = row["name"].strip("' ")
            if not row["name"] or not row["ingredient"]:
                raise KnownNamesError(f"{path}, line {reader.line_num}: a row needs a name and an ingredient.")
            if row["kind"] not in KnownName.NameKind.values:
                raise KnownNamesError(f"{path}, line {reader.line_num}: '{row['kind']}' is not ingredient or brand.")
            rows.setdefault(_identity(row), row)
    return list(rows.values())


@transaction.atomic
def load(rows):
    """Make the table hold exactly these rows; returns {"created", "updated", "deleted"} and touches nothing that is right."""
    stored = {_identity(vars(name)): name for name in KnownName.objects.all()}
    wanted = {_identity(row): row for row in rows}
    gone = [name.pk for identity, name in stored.items() if identity not in wanted]
    KnownName.objects.filter(pk__in=gone).delete()
    changed = [
        (stored[identity], row)
        for identity, row in wanted.items()
        if identity in stored and any(getattr(stored[identity], column) != row[column] for column in COLUMNS)
    ]
    for name, row in changed:
        name.rxcui, name.source = row["rxcui"], row["source"]
    KnownName.objects.bulk_update([name for name, _ in changed], ["rxcui", "source"], batch_size=500)
    new = [KnownName(**row) for identity, row in wanted.items() if identity not in stored]
    KnownName.objects.bulk_create(new, batch_size=1000)
    return {"created": len(new), "updated": len(changed), "deleted": len(gone)}


def _identity(row):
    return row["name"], row["kind"], row["country"], row["ingredient"]
