"""Editors' page "Paste a whole article": plain text becomes a draft. Reading the text is importers/pasted_article.py's."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render

from .. import workflow
from ..content import restore
from ..importers.pasted_article import MOST_CHARACTERS, PasteError, read
from ..models import Article, Drug, Effect, EffectTerm
from ..models.documents import new_key
from ..quality import LEFT_OVER
from ..shapes import ContentError
from . import moves


class PasteForm(forms.Form):
    text = forms.CharField(
        label="The whole article",
        help_text=f"Plain text, from its title to its last line. At most {MOST_CHARACTERS:,} characters.",
        error_messages={"required": "Paste the text of an article first."},
        widget=forms.Textarea(attrs={"rows": 24, "class": "vLargeTextField"}),
    )

    def clean_text(self):
        try:
            self.pasted = read(self.cleaned_data["text"], medicines=_medicines(), effects=_effects())
        except PasteError as error:
            raise forms.ValidationError(str(error)) from error
        return self.cleaned_data["text"]


def paste(request, *, model_admin):
    """The form, and what becomes of it: a draft of its own, opened with the list of what it lacks."""
    form = PasteForm(request.POST or None)
    if form.is_valid():
        try:
            article = _draft(form.pasted.content, by=request.user)
        except ContentError as error:
            form.add_error("text", f"No draft could be made of this text. {error}.")
        else:
            model_admin.log_addition(request, article, "Pasted as a whole")
            messages.success(request, f"“{article}” is a draft now. Readers do not see it.")
            return redirect(moves.address(article, "change"))
    context = model_admin.admin_site.each_context(request) | {
        "title": "Paste a whole article",
        "opts": model_admin.opts,
        "form": form,
    }
    return render(request, "admin/paste_article.html", context)


@transaction.atomic
def _draft(content, *, by):
    taken = set(Article.objects.values_list("slug", flat=True))
    content = content | {"slug": new_key(content["slug"], taken)}
    # An article of its own, so that it can never be written over one with the same address.
    return workflow.save(restore(content, document=Article(owner=by)), by=by, reason="Pasted as a whole")


def left_over(article):
    """[(heading, [line])] of the section with what is missing and what was left out; [] once it is gone.

    Not by way of Markdown, which takes the number of '1. 1' for its own.
    """
    section = article.sections.filter(key=LEFT_OVER).first()
    groups = [("", [])]
    for line in section.body.splitlines() if section else ():
        if line.startswith("**"):
            groups.append((line.strip("*"), []))
        elif line.strip():
            groups[-1][1].append(line.removeprefix("- "))
    return [(heading, lines) for heading, lines in groups if lines]


def _medicines():
    """{name: slug}; brand names are left out, because the same one can mean another medicine elsewhere."""
    rows = Drug.objects.values_list("name", "us_name", "slug")
    return {name: slug for *names, slug in rows for name in names if name}


def _effects():
    """{what it is called: slug}, in plain words and in the clinician's."""
    found = dict(EffectTerm.objects.filter(language="").values_list("text", "effect__slug"))
    rows = Effect.objects.values_list("name", "clinical_term", "slug")
    return found | {name: slug for *names, slug in rows for name in names}
