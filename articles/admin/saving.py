"""Saving a form that was opened on one version while another may have been stored since: nothing typed is lost.

Every form carries the version of the whole document that it was opened from. If that is the latest one, Django saves as
always. If not, the form is run against the rows as they were then, inside a transaction that is undone, to learn what its
editor meant; that is stored as a version set aside, and put together with the draft (merging.py). So rows that somebody
deleted in between are there when Django builds its formsets.

Not here: the page on which conflicts are settled (conflicts.py).
"""

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.functional import cached_property

from .. import letters, revisions, workflow
from ..content import document_for, moved_since, restore, snapshot, specific
from ..merging import put_together
from ..models import Document, name_of
from ..policy import Refused
from ..shapes import ContentError, content_hash
from . import moves
from .preview import preview, preview_of_form
from .rows import EditorsFields, is_id

OPENED_FROM = "opened_from"
# Fields of a document that are no part of its content, and so of no version.
_BESIDE_CONTENT = ("owner", "reviewer")
_MEANING = {
    Document.State.DRAFT: "It is a draft: readers do not see it yet.",
    Document.State.IN_REVIEW: "No clinical text was changed, so its review goes on.",
    Document.State.CHANGES_ASKED: "Submit it when you have made the changes that were asked for.",
    Document.State.SIGNED_OFF: "No clinical text was changed, so it stays signed off. Readers see it once it is published.",
}


def meaning_of(state):
    """What it means for readers that a save left a document in this state; only one that stores nothing leaves another."""
    return _MEANING.get(state, "The text is as it was.")


def author_of(revision):
    """How editors call whoever wrote a version; what came with the project has no author."""
    return name_of(revision.author) if revision.author else "Somebody"


class AsPosted(Exception):
    """Carries what a form says out of the transaction in which it was only asked, and so undoes that."""

    def __init__(self, document, form):
        self.content = snapshot(document)
        self.note = form.cleaned_data.get("change_note", "")
        self.beside = {name: form.cleaned_data[name] for name in _BESIDE_CONTENT if name in form.changed_data}


class VersionedAdmin(EditorsFields, admin.ModelAdmin):
    """The editors' page of a document, or of a row with a page of its own."""

    delete_confirmation_template = "admin/delete_seen.html"

    @property
    def document_model(self):
        """The kind of document that a save here stores a version of."""
        return self.model

    def document_of(self, obj):
        return obj if isinstance(obj, Document) else document_for(obj)

    def token(self, obj, latest):
        """Of which version a form is opened now: 'document:version', and the key of a row with a page of its own."""
        document = self.document_of(obj)
        parts = [str(document.pk), str(latest.number if latest else 0)]
        return ":".join(parts if obj is document else [*parts, self.key_of(obj)])

    def key_of(self, row):
        return row.key

    def get_object(self, request, object_id, from_field=None):
        return super().get_object(request, object_id, from_field) if from_field or is_id(object_id) else None

    def page_of(self, obj):
        """The address of the reader's page that shows it, or "" for what is on no page of its own."""
        return ""

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        own = path("<path:object_id>/preview/", view, name=f"articles_{self.opts.model_name}_preview")
        return [own, *super().get_urls()]

    def preview_view(self, request, object_id):
        """GET: the latest version as a reader would see it. POST: the form as it is filled in."""
        obj = self.readable(request, object_id)
        if not self.page_of(obj):
            raise Http404
        if request.method != "POST":
            return preview(request, self.document_of(obj), self.page_of(obj))
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        # Another address typed into the form is another address of the preview; a row's page stays where it is.
        page = self.page_of if isinstance(obj, Document) else self.page_of(obj)
        # The form is compared with what is stored now, so that is held; PostgreSQL locks rows in transactions alone.
        with transaction.atomic():
            return preview_of_form(request, self, self.opened(request, object_id), page)

    def readable(self, request, object_id):
        """The object, for who may see it."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        return obj

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            # A form that comes back with errors is still the one that was opened then.
            latest = context.get("latest") or revisions.latest_revision(self.document_of(obj))
            context[OPENED_FROM] = request.POST.get(OPENED_FROM) or self.token(obj, latest)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if "_saveasnew" in request.POST:
            raise BadRequest("No page here has that button, and Django would take the form for that of a new page.")
        with transaction.atomic():
            opened = self.opened(request, object_id)
            if opened.document is None:
                return self._gone(request, "It was deleted while you worked on it.")
            self.look_over(request, opened)
            if opened.is_latest:
                return super().changeform_view(request, object_id, form_url, extra_context)
            return self._save_beside(request, opened)

    def before_deletion(self, obj):
        """What the page says that asks whether to delete it: {"version": the one that is seen, "what_goes": a sentence}."""
        raise NotImplementedError

    def delete_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        seen = self.before_deletion(obj) if obj else {}
        try:
            return super().delete_view(request, object_id, seen | (extra_context or {}))
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(moves.address(obj, "change"))

    def opened(self, request, object_id):
        """What the form at hand was opened from, and what is stored now."""
        return Opened(self, request, object_id)

    def look_over(self, request, opened):
        """Called before a form is saved, with what it was opened from."""

    def as_posted(self, request, opened):
        """(what the form says as a dict, the answer with its errors): one of the two is None, and nothing is changed."""
        request.is_only_asked = True
        try:
            with transaction.atomic():
                object_id = opened.prepare(self, request) if opened else None
                response = super().changeform_view(request, object_id)
                if hasattr(response, "render"):
                    response.render()
                transaction.set_rollback(True)
                return None, response
        except AsPosted as posted:
            return posted, None
        finally:
            request.is_only_asked = False

    def finish(self, request, document, form):
        """Called when the rows are saved: where the form was only asked, this is as far as it goes."""
        if getattr(request, "is_only_asked", False):
            raise AsPosted(document, form)

    def _save_beside(self, request, opened):
        if not self.has_change_permission(request):
            raise PermissionDenied
        if opened.base is None:
            return self._gone(request, "The form does not say which version it was opened from.")
        try:
            posted, response = self.as_posted(request, opened)
        except ContentError as error:
            return self._gone(request, f"The version that you opened cannot be read any more: {error}.")
        if response is not None:
            return response
        document, back = opened.document, redirect(self.address_after(request, opened))
        if posted.beside:
            Document.objects.filter(pk=document.pk).update(**posted.beside)
            for role, person in posted.beside.items():
                letters.handed_over([document], role=role, to=person, by=request.user)
        unchanged = (opened.base_content, opened.latest.content)
        if content_hash(posted.content) in map(content_hash, unchanged):
            store_revision(request, document, posted.note)  # for a note that readers wait for
            return back
        aside = revisions.set_aside(
            document, posted.content, author=request.user, based_on=opened.base.number, reason=posted.note
        )
        since = f"{author_of(opened.latest)} had saved version {opened.latest.number} since you opened this page."
        try:
            outcome = put_together(document, aside, by=request.user)
        except Refused as refused:
            messages.error(request, f"{since} What you typed is kept as version {aside.number}. {refused}")
            return redirect(moves.address(document, "conflict", aside.number))
        if outcome.conflicts:
            return redirect(moves.address(document, "conflict", aside.number))
        messages.success(
            request,
            f"{since} Both changes are kept: they are put together as version "
            f"{revisions.latest_revision(outcome.document).number}. Look it over. {meaning_of(outcome.document.state)}",
        )
        return back

    def address_after(self, request, opened):
        """Where a save leads that was put together with another: to the page of what it became."""
        row = opened.row(self)
        if row is not None and row.pk:
            return moves.address(row, "change")
        return moves.address(opened.document, "change")

    def _gone(self, request, sentence):
        """What was typed, to be copied or saved as a new page; there is nothing left that it could be saved into."""
        models = [self.model, *(inline.model for inline in self.inlines)]
        # What was chosen from a list comes as a number, which says nothing by itself.
        chosen = {field.name for model in models for field in model._meta.get_fields() if field.is_relation}
        texts = [(name, value) for name, values in request.POST.lists() for value in values]
        context = {
            "title": "This could not be saved",
            "sentence": sentence,
            "opts": self.opts,
            "texts": [
                (name, value)
                for name, value in texts
                if value.strip()
                and not name.startswith(("csrf", "_", OPENED_FROM, "initial-"))
                and not name.endswith(("_FORMS", "-id", "-row", "position"))
                and name.rpartition("-")[2] not in chosen
            ],
        }
        return render(request, "admin/not_saved.html", self.admin_site.each_context(request) | context, status=409)


def store_revision(request, document, note):
    """Store the rows as a revision and tell the editor which; says so too where nothing was changed."""
    before, was_scheduled = document.version, document.state == Document.State.SCHEDULED
    saved = workflow.save(document, by=request.user, reason=note)
    if saved.version == before:
        messages.info(request, "No text was changed, so no new version was stored.")
        if note:
            messages.warning(request, f"So there is nothing that your note could stand by: “{note}”")
    else:
        messages.info(request, f"Stored as version {saved.version}. {meaning_of(saved.state)}")
        if was_scheduled:
            messages.warning(request, "It is no longer scheduled. A publisher can schedule it again.")


class Opened:
    """Which version of which document a form was opened from, as its token says, and what is stored now."""

    def __init__(self, model_admin, request, object_id):
        self.object_id = object_id
        document_pk, number, self.key = [*request.POST.get(OPENED_FROM, "").split(":", 2), "", ""][:3]
        obj = model_admin.get_object(request, object_id)
        if obj is not None and document_pk != str(model_admin.document_of(obj).pk):
            document_pk, number = str(model_admin.document_of(obj).pk), ""
        # Held until the end of the transaction, so that no second save slips in between.
        held = Document.objects.held().filter(kind=model_admin.document_model.KIND)
        found = held.filter(pk=int(document_pk)).first() if is_id(document_pk) else None
        self.document = specific(found) if found else None
        self.latest = revisions.latest_revision(self.document) if found else None
        # A document without any version has none that could have been saved since.
        self.is_latest = found is not None and (
            self.latest is None or (obj is not None and number == str(self.latest.number))
        )
        numbers = self.document.revisions.of_the_rows() if found and is_id(number) else None
        self.base = numbers.filter(number=int(number)).first() if numbers is not None else None

    @cached_property
    def base_content(self):
        return revisions.standing_now(self.document, self.base.content)

    def row(self, model_admin):
        """The document or the row that the page is about, as it is in the database now; None if it is gone."""
        if issubclass(model_admin.model, Document):
            return self.document
        return model_admin.row_with_key(self.document, self.key)

    def prepare(self, model_admin, request):
        """Inside a transaction: put the rows back as they were when the form was opened. Returns the object's id then."""
        if self.is_latest:
            return self.object_id
        if self.key:
            self.key = moved_since(self.base.content).get((Document.Kind.EFFECT, self.key), self.key)
        restore(self.base_content, document=specific(Document.objects.get(pk=self.document.pk)))
        obj = self.row(model_admin)
        if obj is None:
            raise Http404
        obj = model_admin.get_object(request, str(obj.pk))
        posted = _with_ids_of_now(model_admin, request, obj)
        if posted.get("slug") == self.base.content["slug"]:
            posted["slug"] = self.base_content["slug"]  # left as it was, not typed
        request.POST = posted
        return str(obj.pk)


def _with_ids_of_now(model_admin, request, obj):
    """The posted fields, with the database ids of rows replaced by those that rows of the same key have now."""
    posted = request.POST.copy()
    for formset_class, inline in model_admin.get_formsets_with_inlines(request, obj):
        prefix = formset_class.get_default_prefix()
        ids = {row.key: row.pk for row in inline.model.objects.filter(**{formset_class.fk.name: obj.pk})}
        for name in request.POST:
            row = name.removesuffix("-row")
            if name.startswith(f"{prefix}-") and row != name and posted[name] in ids:
                posted[f"{row}-id"] = str(ids[posted[name]])
            if name.startswith(f"{prefix}-") and name.endswith(f"-{formset_class.fk.name}"):
                posted[name] = str(obj.pk)
    return posted
