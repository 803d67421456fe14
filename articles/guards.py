"""Database triggers for what must never happen: each refuses a write, whoever makes it.

Constraints that one row can state are CheckConstraints on the models; these need to look at another row.
"""

from django.db import connections

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
        "EXISTS (SELECT 1 FROM articles_reviewevent WHERE document_id = OLD.id AND verb = 'publish')",
        "A document that was published is withdrawn, never deleted.",
    ),
    "publisher_is_not_author_without_reason": (
        "articles_reviewevent",
        "INSERT",
        "NEW.verb = 'publish' AND NEW.by_id IS NOT NULL AND TRIM(NEW.comment) = '' AND NEW.by_id = "
        "(SELECT author_id FROM articles_revision WHERE id = NEW.revision_id)",
        "Whoever wrote a version may publish it only with a stored reason.",
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


def install_guards(using="default", **_):
    """Create the triggers afresh; safe to run any number of times (SQLite and PostgreSQL)."""
    connection = connections[using]
    if "articles_revision" not in connection.introspection.table_names():
        return
    create = {"sqlite": _create_on_sqlite, "postgresql": _create_on_postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        for name, guard in GUARDS.items():
            create(cursor, name, *guard)


def remove_guards(using="default"):
    """Take the triggers away, for the flush between transactional tests."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, (table, *_) in GUARDS.items():
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


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
