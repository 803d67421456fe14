"""Database triggers for what must never happen: each refuses a write, whoever makes it.

Constraints that one row can state are CheckConstraints on the models; these need to look at another row.
"""

from django.db import connections

# ruff: noqa: S608 - every piece of this SQL is written here


def _came_in_since(version, last):
    """SQL: a version `written` is part of what `version` brings after number `last`, itself, merged or restored."""
    return f"""(
            written.number <= {version}.number AND written.number > COALESCE(({last}), 0)
            OR EXISTS (
                SELECT 1 FROM articles_revision later
                WHERE later.document_id = written.document_id
                    AND (later.origin = 'merged' AND later.based_on = written.number
                        OR later.origin = 'restored' AND later.based_on >= written.number)
                    AND later.number <= {version}.number AND later.number > COALESCE(({last}), 0)))"""


# name: (table, event, condition that must not hold, sentence)
GUARDS = {
    "revision_is_never_updated": ("articles_revision", "UPDATE", "TRUE", "A revision is never updated."),
    "revision_is_never_deleted": (
        "articles_revision",
        "DELETE",
        "EXISTS (SELECT 1 FROM articles_document WHERE id = OLD.document_id)",
        "A revision is never deleted while its document exists.",
    ),
    "review_event_is_never_updated": ("articles_reviewevent", "UPDATE", "TRUE", "The review log is never rewritten."),
    "published_document_is_never_deleted": (
        "articles_document",
        "DELETE",
        "EXISTS (SELECT 1 FROM articles_reviewevent WHERE document_id = OLD.id AND verb LIKE 'publish%')",
        "A document that was published is withdrawn, never deleted.",
    ),
    "review_event_is_never_deleted": (
        "articles_reviewevent",
        "DELETE",
        "EXISTS (SELECT 1 FROM articles_document WHERE id = OLD.document_id)",
        "The review log is never shortened while its document exists.",
    ),
    "sign_off_is_never_updated": ("articles_signoff", "UPDATE", "TRUE", "A sign-off is never rewritten."),
    "sign_off_is_by_no_author": (
        "articles_signoff",
        "INSERT",
        """EXISTS (
            SELECT 1 FROM articles_revision signed
            JOIN articles_credential credential ON credential.id = NEW.credential_id
            JOIN articles_revision written ON written.document_id = signed.document_id
                AND written.author_id = credential.user_id AND written.origin <> 'reviewed'
            WHERE signed.id = NEW.revision_id AND """
        + _came_in_since(
            "signed",
            """SELECT MAX(earlier.number) FROM articles_signoff sign_off
                JOIN articles_revision earlier ON earlier.id = sign_off.revision_id
                WHERE earlier.document_id = signed.document_id AND earlier.number < signed.number""",
        )
        + ")",
        "Nobody signs off what they wrote a part of since the last sign-off.",
    ),
    "publication_is_by_no_author": (
        "articles_reviewevent",
        "INSERT",
        """NEW.verb IN ('publish', 'schedule') AND NEW.by_id IS NOT NULL AND EXISTS (
            SELECT 1 FROM articles_revision shown
            JOIN articles_revision written ON written.document_id = shown.document_id
                AND written.author_id = NEW.by_id AND written.origin <> 'reviewed'
            WHERE shown.id = NEW.revision_id AND """
        + _came_in_since(
            "shown",
            """SELECT MAX(earlier.number) FROM articles_reviewevent event
                JOIN articles_revision earlier ON earlier.id = event.revision_id
                WHERE event.document_id = shown.document_id AND event.verb IN ('publish', 'approve')""",
        )
        + ")",
        "Nobody publishes what they wrote a part of since the last publication, except as an emergency.",
    ),
    "publication_is_signed_off": (
        "articles_reviewevent",
        "INSERT",
        """NEW.verb = 'publish' AND NEW.by_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM articles_revision shown
            JOIN articles_revision signed ON signed.document_id = shown.document_id
            JOIN articles_signoff sign_off ON sign_off.revision_id = signed.id
                AND sign_off.clinical_hash = shown.clinical_hash
            WHERE shown.id = NEW.revision_id)""",
        "Only a text that a clinician signed off is published, except as an emergency.",
    ),
    "live_revision_was_published": (
        "articles_document",
        "UPDATE",
        """NEW.live_id IS NOT NULL AND NEW.live_id <> COALESCE(OLD.live_id, 0) AND NOT EXISTS (
            SELECT 1 FROM articles_reviewevent
            WHERE revision_id = NEW.live_id AND verb IN ('publish', 'publish-urgently'))""",
        "Readers see a version only after the event of its publication.",
    ),
    "live_revision_is_its_own": (
        "articles_document",
        "UPDATE",
        "NEW.live_id IS NOT NULL AND NEW.id <> (SELECT document_id FROM articles_revision WHERE id = NEW.live_id)",
        "A document can only show a revision of its own.",
    ),
    "account_event_is_never_updated": (
        "articles_accountevent",
        "UPDATE",
        "TRUE",
        "The account log is never rewritten.",
    ),
    "account_event_is_never_deleted": (
        "articles_accountevent",
        "DELETE",
        "TRUE",
        "The account log is never shortened.",
    ),
}

_INSTALLED = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'articles_%'",
    "postgresql": "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND relname LIKE 'articles_%'",
}


def install_guards(using="default", **_):
    """Create the triggers afresh; safe to run any number of times (SQLite and PostgreSQL)."""
    connection = connections[using]
    if "articles_revision" not in connection.introspection.table_names():
        return
    create = {"sqlite": _create_on_sqlite, "postgresql": _create_on_postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        for name, guard in GUARDS.items():
            create(cursor, name, *guard)


def remove_guards(using="default", **_):
    """Take every trigger of ours away, of whatever name: before migrations, and for the flush between transactional tests.

    SQLite cannot remake a table that a trigger elsewhere looks at. They come back after the migrations.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor])
        for name, table in cursor.fetchall():
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on_table}")


def _create_on_sqlite(cursor, name, table, event, condition, sentence):
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
    cursor.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{name}: {sentence}'); END"
    )


def _create_on_postgresql(cursor, name, table, event, condition, sentence):
    result = "OLD" if event == "DELETE" else "NEW"
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN IF {condition} THEN "
        f"RAISE EXCEPTION '{name}: {sentence}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN {result}; END $$ LANGUAGE plpgsql"
    )
    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
    cursor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
