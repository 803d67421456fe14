"""Database triggers for what must never happen: each refuses a write, whoever makes it.

Constraints that one row can state are CheckConstraints on the models; these need to look at another row.
"""

from django.db import connections

from .lineage import PUBLISHED, SIGNED, written_into

# ruff: noqa: S608 - every piece of this SQL is written here

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
        "EXISTS "
        + written_into(
            "version.id = NEW.revision_id",
            author="(SELECT user_id FROM articles_credential WHERE id = NEW.credential_id)",
            seen=SIGNED,
        ),
        "Nobody signs off what they wrote a part of since the last sign-off.",
    ),
    "sign_off_is_of_its_text": (
        "articles_signoff",
        "INSERT",
        """NOT EXISTS (
            SELECT 1 FROM articles_revision
            WHERE id = NEW.revision_id AND clinical_hash = NEW.clinical_hash AND origin <> 'set-aside')""",
        "A sign-off is bound to the clinical text of its version.",
    ),
    "sign_off_has_a_valid_credential": (
        "articles_signoff",
        "INSERT",
        # Both databases hold UTC, as the site does (TIME_ZONE).
        "(SELECT valid_until FROM articles_credential WHERE id = NEW.credential_id) < CURRENT_DATE",
        "Only a credential that is valid today signs.",
    ),
    "sign_off_is_never_deleted": (
        "articles_signoff",
        "DELETE",
        """EXISTS (
            SELECT 1 FROM articles_revision signed
            JOIN articles_document document ON document.id = signed.document_id
            WHERE signed.id = OLD.revision_id)""",
        "A sign-off is never taken back while its document exists.",
    ),
    "review_moves_dates_only": (
        "articles_revision",
        "INSERT",
        """NEW.origin = 'reviewed' AND NEW.clinical_hash <> COALESCE((
            SELECT clinical_hash FROM articles_revision
            WHERE document_id = NEW.document_id AND number < NEW.number AND origin <> 'set-aside'
            ORDER BY number DESC LIMIT 1), '')""",
        "A review of the whole page moves its dates and changes no clinical text.",
    ),
    # Both, for the guards ask the log which version of this document a second person has looked at last.
    "review_event_is_of_its_document": (
        "articles_reviewevent",
        "INSERT",
        "NEW.document_id <> (SELECT document_id FROM articles_revision WHERE id = NEW.revision_id)",
        "A decision about a document is about a version of its own.",
    ),
    "approval_is_of_an_emergency": (
        "articles_reviewevent",
        "INSERT",
        """NEW.verb = 'approve' AND NOT EXISTS (
            SELECT 1 FROM articles_reviewevent
            WHERE revision_id = NEW.revision_id AND verb = 'publish-urgently')""",
        "Only an emergency publication is approved afterwards.",
    ),
    "approval_is_by_somebody_else": (
        "articles_reviewevent",
        "INSERT",
        """NEW.verb = 'approve' AND (
            NEW.by_id IS NULL
            OR EXISTS (
                SELECT 1 FROM articles_reviewevent urgent
                WHERE urgent.revision_id = NEW.revision_id AND urgent.verb = 'publish-urgently' AND urgent.by_id = NEW.by_id)
            OR EXISTS """
        + written_into("version.id = NEW.revision_id", author="NEW.by_id", seen=SIGNED)
        + ")",
        "Nobody approves an emergency publication that they wrote a part of or made themselves.",
    ),
    "publication_has_its_publisher": (
        "articles_reviewevent",
        "INSERT",
        """NEW.verb IN ('publish', 'publish-urgently', 'schedule') AND NEW.by_id IS NULL
            AND (SELECT origin FROM articles_revision WHERE id = NEW.revision_id) <> 'shipped'""",
        "Only what comes with the project is published by nobody.",
    ),
    "publication_is_by_no_author": (
        "articles_reviewevent",
        "INSERT",
        "NEW.verb IN ('publish', 'schedule') AND NEW.by_id IS NOT NULL AND EXISTS "
        # The same version can come back after a withdrawal.
        + written_into(f"version.id = NEW.revision_id AND NOT {PUBLISHED}", author="NEW.by_id", seen=PUBLISHED),
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
        """NEW.live_id IS NOT NULL AND NEW.live_id <> COALESCE(OLD.live_id, 0) AND NEW.live_id <> COALESCE((
            SELECT revision_id FROM articles_reviewevent
            WHERE document_id = NEW.id AND verb IN ('publish', 'publish-urgently')
            ORDER BY id DESC LIMIT 1), 0)""",
        "Readers see the version that was published last.",
    ),
    "document_begins_as_a_draft": (
        "articles_document",
        "INSERT",
        "NEW.live_id IS NOT NULL",
        "A new document is a draft: readers see a version only after its publication.",
    ),
    "document_keeps_its_address": (
        "articles_document",
        "UPDATE",
        """(NEW.slug <> OLD.slug OR NEW.kind <> OLD.kind) AND EXISTS (
            SELECT 1 FROM articles_reviewevent WHERE document_id = NEW.id AND verb LIKE 'publish%')""",
        "A page that was published keeps its address.",
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

# TRUNCATE, which only PostgreSQL has, asks no trigger of a row.
NEVER_EMPTIED = ("articles_revision", "articles_reviewevent", "articles_signoff", "articles_accountevent")

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
        if connection.vendor == "postgresql":
            _refuse_truncate(cursor)


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


def _refuse_truncate(cursor):
    cursor.execute(
        "CREATE OR REPLACE FUNCTION log_is_never_emptied() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION "
        "'log_is_never_emptied: % is never emptied.', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$ LANGUAGE plpgsql"
    )
    for table in NEVER_EMPTIED:
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_is_never_emptied ON {table}")
        cursor.execute(
            f"CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION log_is_never_emptied()"
        )
