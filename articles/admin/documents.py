"""What the editors' page of every document has in common: its form, its list, its panel, its preview and its history.

Every save stores a revision, after the rows of the page are saved and in the same transaction. Nothing here assigns a
state: that is workflow.py's.
"""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format

from .. import workflow
from ..content import document_for
from ..models import Document
from . import moves
from .jumps import jump_list
from .preview import preview
from .rows import EditorsFields, new_key, put_in_place
from .usage import used_by


class ReviewDueFilter(admin.SimpleListFilter):
    title = "review due"
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return (("overdue", "overdue"), ("soon", "in the next 60 days"), ("later", "later"), ("none", "not set"))

    def queryset(self, request, queryset):
        today = timezone.localdate()
        soon = today + timedelta(days=60)
        conditions = {
            "overdue": {"review_due__lt": today},
            "soon": {"review_due__range": (today, soon)},
            "later": {"review_due__gt": soon},
            "none": {"review_due__isnull": True},
        }
        return queryset.filter(**conditions[self.value()]) if self.value() in conditions else queryset


class NoteForm(forms.ModelForm):
    """Asks what was changed; kept with the version that the save stores."""

    change_note = forms.CharField(
        label="Note on this change",
        required=False,
        max_length=300,
        help_text="What you changed and why, in a few words. It is kept with the version.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class DocumentForm(NoteForm):
    # The field that the address is made from when it is left blank; "" where no field would make a good one.
    address_from = "name"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields and self.address_from and not self.instance.pk:
            self.fields["slug"].required = False
            self.fields["slug"].help_text += " Leave it blank and it is made from the words."

    def clean(self):
        cleaned = super().clean()
        if "slug" not in self.fields or "slug" in self.errors:
            return cleaned
        taken = Document.objects.filter(kind=self._meta.model.KIND).exclude(pk=self.instance.pk)
        if not cleaned.get("slug"):
            cleaned["slug"] = new_key(cleaned.get(self.address_from, ""), set(taken.values_list("slug", flat=True)))
        elif taken.filter(slug=cleaned["slug"]).exists():
            self.add_error("slug", f"Another {self._meta.model._meta.verbose_name} has this address already.")
        return cleaned


class DocumentAdmin(EditorsFields, admin.ModelAdmin):
    form = DocumentForm
    actions = None
    save_on_top = True
    list_per_page = 50
    list_display = ("__str__", "state", "readers_see", "owner", "facts_checked", "due")
    list_filter = ("state", ReviewDueFilter, ("owner", admin.RelatedOnlyFieldListFilter))
    change_form_template = "admin/document_change_form.html"
    object_history_template = "admin/document_history.html"
    # Name of the reader's page, where there is one.
    page_name = ""

    # What the page shows

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("live", "owner").defer("live__content")

    def get_fieldsets(self, request, obj=None):
        last = [("Address, owner and dates", {"fields": ("slug", "owner", ("facts_checked", "review_due"))})]
        if self.has_change_permission(request, obj) or not obj:
            last.append(("This change", {"fields": ("change_note",)}))
        return [*self.fieldsets, *last]

    def get_readonly_fields(self, request, obj=None):
        # Its address is how every published page names it.
        return ("slug",) if obj and obj.ever_published else ()

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj or not self.form.address_from else {"slug": (self.form.address_from,)}

    def get_changeform_initial_data(self, request):
        return {"owner": request.user.pk} | super().get_changeform_initial_data(request)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and not context["is_popup"]:
            context["standing"] = moves.standing(obj, request.user)
            context["preview_address"] = moves.address(obj, "preview") if self.page_of(obj) else ""
            context["used_by"] = [(str(user), moves.address(user, "change")) for user in used_by(obj)]
        context["jumps"] = jump_list(context, self.own_sections(context))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def own_sections(self, context):
        """What its template adds to the form, for the jump list: (id, words, count) of each."""
        return ()

    def page_of(self, obj):
        """The address of the reader's page, or "" for what has no page of its own."""
        return reverse(self.page_name, args=[obj.slug]) if self.page_name else ""

    def view_on_site(self, obj):
        return (self.page_of(obj) or None) if obj.live_id else None

    @admin.display(description="readers see", ordering="live__number")
    def readers_see(self, obj):
        return f"version {obj.live.number} of {obj.version}" if obj.live_id else "nothing"

    @admin.display(description="review due", ordering="review_due")
    def due(self, obj):
        if not obj.review_due:
            return "not set"
        day = date_format(obj.review_due)
        return f"overdue since {day}" if obj.review_due < timezone.localdate() else day

    # Saving and deleting

    def save_model(self, request, obj, form, change):
        if not change:
            return super().save_model(request, obj, form, change)
        # Only what this form changed: a full save would write back the state and the live version that it was read with.
        columns = {field.name for field in self.opts.concrete_fields} & set(form.changed_data)
        obj.save(update_fields=[*columns, "updated_at"])

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.store(request, form.instance, form.cleaned_data["change_note"])
        if change and "slug" in form.changed_data:
            for document in used_by(form.instance):
                workflow.save(document, by=request.user, reason=f"The address of '{form.instance}' changed")

    def store(self, request, document, note):
        store_revision(request, document, note)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.ever_published)

    def delete_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj and (users := used_by(obj)):
            names = ", ".join(f"“{user}”" for user in users[:5]) + (" and others" if len(users) > 5 else "")
            messages.error(request, f"“{obj}” cannot be deleted, because {names} name it. Take it off there first.")
            return redirect(moves.address(obj, "change"))
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request, obj):
        workflow.discard(obj, by=request.user)

    # Pages of their own: moves, preview, history

    def get_urls(self):
        name = f"articles_{self.opts.model_name}"
        site = self.admin_site
        own = [
            path("<path:object_id>/move/<slug:verb>/", site.admin_view(self.move_view), name=f"{name}_move"),
            path("<path:object_id>/preview/", site.admin_view(self.preview_view), name=f"{name}_preview"),
        ]
        return own + super().get_urls()

    def move_view(self, request, object_id, verb):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if verb not in moves.MOVES:
            raise Http404
        return moves.move(request, self._readable(request, object_id), verb, site=self.admin_site)

    def preview_view(self, request, object_id):
        obj = self._readable(request, object_id)
        if not self.page_of(obj):
            raise Http404
        return preview(request, obj, self.page_of(obj))

    def history_view(self, request, object_id, extra_context=None):
        obj = self._readable(request, object_id)
        context = {"title": f"History of “{obj}”", "rows": moves.history(obj)} | (extra_context or {})
        return super().history_view(request, object_id, context)

    def _readable(self, request, object_id):
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        return obj


def store_revision(request, document, note):
    """Store the rows as a revision and tell the editor which; says so too where nothing was changed."""
    before = document.version
    saved = workflow.save(document, by=request.user, reason=note)
    if saved.version == before:
        messages.info(request, "Nothing was changed, so no new version was stored.")
    else:
        messages.info(request, f"Stored as version {saved.version}. It is a draft: readers do not see it yet.")


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


class PartPageAdmin(EditorsFields, admin.ModelAdmin):
    """A child row that is too big for its document's page. Saving or deleting it stores a revision of the document."""

    form = PartPageForm
    actions = None
    save_on_top = True
    list_per_page = 100
    change_form_template = "admin/part_change_form.html"
    # Fields that say which row it is; they never change.
    identity = ()

    def get_readonly_fields(self, request, obj=None):
        return self.identity if obj else ()

    def get_fieldsets(self, request, obj=None):
        last = ("This change", {"fields": ("change_note",)})
        return [*self.fieldsets, last] if self.has_change_permission(request, obj) or not obj else self.fieldsets

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        document = document_for(obj) if obj else None
        if document:
            context["document"], context["document_address"] = document, moves.address(document, "change")
        context["jumps"] = jump_list(context)
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
        store_revision(request, document_for(row), form.cleaned_data["change_note"])

    def rows_saved(self, row):
        """Called when the page's own rows are saved and the revision is not yet stored."""

    def delete_model(self, request, obj):
        document, name = document_for(obj), str(obj)
        super().delete_model(request, obj)
        store_revision(request, document, f"Deleted: {name}"[:300])

    def response_post_save_add(self, request, obj):
        return redirect(moves.address(document_for(obj), "change"))

    response_post_save_change = response_post_save_add
