"""Which versions a version was made from, back to those that somebody else has looked at.

One piece of SQL, so that the service, the desk and the triggers (guards.py) cannot differ over who wrote a part. Not here:
who is refused what for it (policy.py).
"""

# ruff: noqa: S608 - every piece of this SQL is written here

SIGNED = "EXISTS (SELECT 1 FROM articles_signoff look WHERE look.revision_id = version.id)"
# By a second person: an emergency publication is one only when it is approved.
PUBLISHED = """EXISTS (
        SELECT 1 FROM articles_reviewevent look
        WHERE look.revision_id = version.id AND look.verb IN ('publish', 'approve'))"""
# What the rows of the documents in a state (the one parameter) are.
LATEST_IN_STATE = """version.number = (
        SELECT MAX(number) FROM articles_revision WHERE document_id = version.document_id AND origin <> 'set-aside')
    AND version.document_id IN (SELECT id FROM articles_document WHERE state = %s)"""


def written_into(versions, *, author, seen):
    """SQL: the documents in whose `versions` there may be words of `author` that nobody else has looked at.

    `versions` and `seen` (SIGNED or PUBLISHED) are conditions on `version`, `author` is an expression. An edit, or a new
    address of what the page names, is made from the version before it, a merge from that and from what was set aside, that
    from the version it was written on, and a restored version from its original alone, if it says the same. What comes with
    the project is made from nothing. A review moves dates under the name of whoever wrote the text, so it does not count as
    theirs.
    """
    names = ("id", "document_id", "number", "origin", "based_on", "author_id", "clinical_hash")
    columns = ", ".join(f"version.{name}" for name in names)
    return f"""(
    WITH RECURSIVE part({", ".join(names)}) AS (
        SELECT {columns} FROM articles_revision version WHERE {versions}
        UNION
        SELECT {columns} FROM part JOIN articles_revision version ON version.document_id = part.document_id AND (
            version.number = part.based_on
            OR version.number = (
                SELECT MAX(number) FROM articles_revision
                WHERE document_id = part.document_id AND number < part.number AND origin <> 'set-aside')
            AND (part.origin IN ('edited', 'reviewed', 'merged', 'renamed') OR part.origin = 'restored' AND NOT EXISTS (
                SELECT 1 FROM articles_revision original
                WHERE original.document_id = part.document_id AND original.number = part.based_on
                    AND original.number < part.number AND original.clinical_hash = part.clinical_hash)))
        WHERE NOT {seen})
    SELECT document_id FROM part WHERE author_id = {author} AND origin <> 'reviewed')"""
