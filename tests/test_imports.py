"""Who may import whom in the app. A new module, or a new line between two, is entered here on purpose or not at all."""

import ast
from graphlib import TopologicalSorter

import pytest
from django.conf import settings

APP = settings.BASE_DIR / "articles"

# Everything below views and admin, with what it may import of the app. Models import Django only.
MAY_IMPORT = {
    "models": set(),
    "frequency": set(),
    "text": set(),
    "permissions": set(),
    "lineage": set(),
    "guards": {"lineage"},
    "network": set(),
    "caching": set(),
    "link_answers": set(),
    "links": {"models"},
    "hard_words": set(),
    "reading": {"hard_words", "text"},
    "understanding": set(),
    "accounts": {"models", "letters", "network"},
    "importers": {"models", "quality"},
    "asked": {"models"},
    "urgency": {"models"},
    "known": {"models", "understanding"},
    "question": {"frequency"},
    "check": {"models", "frequency", "question", "understanding", "urgency"},
    "presenters": {"models", "frequency", "text", "understanding", "urgency"},
    "search": {"models", "text", "understanding"},
    "shapes": {"models"},
    "content": {"models", "shapes"},
    "conflicts": {"models", "shapes"},
    "differences": {"models", "shapes"},
    "clinical": {"shapes"},
    "revisions": {"models", "clinical", "content", "lineage", "shapes"},
    "evidence": {"models", "clinical", "shapes"},
    "quality": {"frequency", "hard_words", "reading", "text"},
    "projection": {"models", "frequency", "search", "urgency"},
    "usage": {"models"},
    "merging": {"models", "conflicts", "content", "policy", "revisions", "shapes", "workflow"},
    "letters": {"models", "content", "permissions", "revisions"},
    "policy": {"models", "evidence", "quality", "revisions", "shapes"},
    "workflow": {"models", "content", "evidence", "letters", "policy", "projection", "revisions", "shapes", "usage"},
    "schedule": {"models", "content", "policy", "workflow"},
    "desk": {"models", "revisions", "schedule", "shapes"},
    "content_files": {"models", "importers", "projection", "shapes", "workflow"},
    "apps": {"guards", "permissions"},
    "entrance": {"accounts", "text"},
}
# These may import everything above and one another's siblings inside; nobody but urls imports them.
OUTERMOST = {"views", "admin", "urls", "management", "templatetags", "migrations"}


def imported_modules(source, *, package):
    """The modules of the app that a source imports, by their first name; `package` is where it lives, as a tuple."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            start = [*base, *((node.module or "").split(".") if node.module else [])]
            names |= {".".join([*start, alias.name]) for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("articles.")}


def faults(module, imported):
    """What is wrong with a module of that name importing these."""
    others = imported - {module}
    if module in OUTERMOST:
        forbidden = others & {"views", "admin"} if module != "urls" else others & {"admin"}
    elif module in MAY_IMPORT:
        forbidden = others - MAY_IMPORT[module]
    else:
        return [f"{module} is new: say in MAY_IMPORT what it may import"]
    return [f"{module} imports {other}" for other in sorted(forbidden)]


def app_faults():
    found = []
    for path in sorted(APP.rglob("*.py")):
        parts = path.relative_to(APP.parent).with_suffix("").parts
        if parts != ("articles", "__init__"):
            found += faults(parts[1], imported_modules(path.read_text(), package=parts[:-1]))
    return found


def test_app_keeps_its_import_directions():
    assert app_faults() == []


def test_table_has_no_circle():
    TopologicalSorter(MAY_IMPORT).prepare()


def test_project_reaches_into_the_app_only_by_its_urls():
    sources = {path.name: path.read_text() for path in (APP.parent / "sideeffects").glob("*.py")}

    assert [name for name, text in sources.items() if imported_modules(text, package=("sideeffects",))] == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("models", "from articles.workflow import publish"),
        ("models", "from ..content import snapshot"),
        ("content", "from .workflow import publish"),
        ("workflow", "def verb():\n    from .views import drugs"),
        ("search", "from .admin.drugs import DrugAdmin"),
        ("quality", "import articles.projection"),
        ("admin", "from articles.views.drugs import drug"),
        ("views", "from ..admin import drugs"),
        ("management", "from articles import views"),
        ("novelty", "import json"),
    ],
)
def test_bad_import_is_found(module, source):
    package = ("articles", module) if module in ("models", "admin", "views") else ("articles",)

    assert faults(module, imported_modules(source, package=package))


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("models", "from .documents import Document\nfrom django.db import models"),
        ("views", "from ..models import ListedEffect\nfrom .. import search"),
        ("workflow", "from .content import snapshot"),
    ],
)
def test_good_import_is_let_through(module, source):
    package = ("articles", module) if module in ("models", "views") else ("articles",)

    assert faults(module, imported_modules(source, package=package)) == []
