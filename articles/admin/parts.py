"""The editors' page of a child row that is too big for its document's page."""

from django import forms
from django.shortcuts import redirect

from ..content import document_for
from ..policy import problems_of
from ..revisions import latest_revision
from . import moves
from .documents import NoteForm
from .gate import gate
from .jumps import jump_list
from .rows import put_in_place
from .saving import VersionedAdmin, store_revision


class PartPageForm(NoteForm):
    """A child row with a page of its own."""

    position = forms.IntegerField(
        label="Order",
        required=False,
        min_value=1,
        help_text="Its place in the list. Blank: last.",
        widget=forms.NumberInput(attrs={"class": "position"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial["position"] = None


class PartPageAdmin(VersionedAdmin):
    """A child row that is too big for its document's page. Saving or deleting it stores a revision of the document."""

    form = PartPageForm
    actions = None
    save_on_top = True
    list_per_page = 100
    change_form_template = "admin/part_change_form.html"
    # Fields that say which row it is; they never change.
    identity = ()
    # What the content dict of the document calls these rows.
    named = ""

    def row_with_key(self, document, key):
        """The row of this document that a page of its own is about, or None if it is gone."""
        return self.model.objects.filter(**{self.model.PARENT: document.pk, "key": key}).first()

    @property
    def document_model(self):
        return self.model._meta.get_field(self.model.PARENT).related_model

    def get_readonly_fields(self, request, obj=None):
        return self.identity if obj else ()

    def get_fieldsets(self, request, obj=None):
        last = ("This change", {"fields": ("change_note",)})
        return [*self.fieldsets, last] if self.has_change_permission(request, obj) or not obj else self.fieldsets

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        document = document_for(obj) if obj else None
        if document:
            context["document"], context["document_address"] = document, moves.address(document, "change")
            if self.has_change_permission(request, obj):
                context["form_preview_address"] = moves.address(obj, "preview")
            context["latest"] = latest_revision(document)
            if revision := context["latest"]:
                found = problems_of(document, revision)
                context["problems"] = gate(document, revision, found, within=(self.named, self.key_of(obj)))
        context["jumps"] = jump_list(context)
        # Django would open a blank page that belongs to no document; the document's page has a button that does.
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        obj.position = obj.position or 0
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        row = form.instance
        if not change or "position" in form.changed_data:
            siblings = type(row).objects.filter(**{row.PARENT: getattr(row, row.PARENT)})
            put_in_place(row, siblings, form.cleaned_data["position"])
        self.rows_saved(row)
        self.finish(request, document_for(row), form)
        store_revision(request, document_for(row), form.cleaned_data["change_note"])

    def rows_saved(self, row):
        """Called when the page's own rows are saved and the revision is not yet stored."""

    def before_deletion(self, obj):
        latest = latest_revision(document_for(obj))
        return {
            "version": latest.number if latest else 0,
            "what_goes": f"“{obj}” will no longer be in the draft. What readers see stays as it is until that is published, "
            "and earlier versions keep it.",
        }

    def delete_model(self, request, obj):
        document, name = document_for(obj), str(obj)
        moves.refuse_if_newer(document, request.POST.get("version"))
        super().delete_model(request, obj)
        store_revision(request, document, f"Deleted: {name}"[:300])

    def response_post_save_add(self, request, obj):
        return redirect(moves.address(document_for(obj), "change"))

    response_post_save_change = response_post_save_add
