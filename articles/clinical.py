"""Which part of a content dict a clinician answers for: all of it but the few names listed here. No queries.

A sign-off is bound to the hash of that part. A field that is new counts until somebody enters it here on purpose.
"""

from .shapes import content_hash

# Where the page stands, when it was looked at, and what a search engine says of it: no statement about a medicine.
NOT_CLINICAL = frozenset({"slug", "facts_checked", "review_due", "search_description"})


def clinical_part(content):
    """The content dict without what is not clinical. Only the document's own fields can be that; every row counts."""
    return {name: value for name, value in content.items() if name not in NOT_CLINICAL}


def clinical_hash(content):
    """SHA-256 of the clinical part, as 64 hexadecimal digits."""
    return content_hash(clinical_part(content))
