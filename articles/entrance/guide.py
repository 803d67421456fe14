"""The writers' guide inside the admin: docs/editors.md as a page, with its pictures from the static files."""

from django.conf import settings
from django.template.response import TemplateResponse
from django.templatetags.static import static

from ..text import guide_html

FILE = settings.BASE_DIR / "docs" / "editors.md"


def guide_page(request, *, site):
    _, _, text = FILE.read_text(encoding="utf-8").partition("\n")  # the page has its title as its own heading
    guide, chapters = guide_html(text, picture=_picture)
    context = site.each_context(request) | {"title": "Writers' guide", "guide": guide, "chapters": chapters}
    return TemplateResponse(request, "admin/guide.html", context)


def _picture(path):
    """docs/screenshots/ is collected as docs/: settings.STATICFILES_DIRS."""
    return static(path.replace("screenshots/", "docs/", 1))
