"""What the editors' page of every document has in common: its form, its list, its panel, its preview and its history.

Every save stores a revision, after the rows of the page are saved and in the same transaction. Nothing here assigns a
state: that is workflow.py's.
"""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format

from .. import letters, workflow
from ..models import Document
from ..models.documents import new_key
from ..usage import used_by
from . import history, moves
from .conflicts import conflict_page
from .desk import DeskFilter
from .gate import gate
from .jumps import jump_list
from .preview import preview_of_form
from .rows import is_id
from .saving import VersionedAdmin, store_revision


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

    # After a login the page is sent what had been typed before it (entrance/kept.py): shown again, never saved unseen.
    opens_again = True

    change_note = forms.CharField(
        label="Note on this change",
        required=False,
        max_length=300,
        help_text="What you changed and why, in plain words. Once this is published, readers find it under “What changed on "
        "this page”; colleagues find it in the history.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def clean(self):
        if "_reopen" in self.data:
            self.add_error(None, "You had been logged out. Nothing of this is saved yet: look it over and save.")
        return super().clean()


_FIXED_ONCE_PUBLISHED = ("slug", "facts_checked", "review_due")


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


class DocumentAdmin(VersionedAdmin):
    form = DocumentForm
    actions = None
    save_on_top = True
    list_per_page = 50
    list_display = ("__str__", "state", "readers_see", "owner", "reviewer", "facts_checked", "due")
    list_filter = (
        DeskFilter,
        "state",
        ReviewDueFilter,
        ("owner", admin.RelatedOnlyFieldListFilter),
        ("reviewer", admin.RelatedOnlyFieldListFilter),
    )
    change_form_template = "admin/document_change_form.html"
    object_history_template = "admin/document_history.html"
    # Name of the reader's page, where there is one.
    page_name = ""

    # What the page shows

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("live", "owner", "reviewer").defer("live__content")

    def get_fieldsets(self, request, obj=None):
        last = [
            ("Address, owner and dates", {"fields": ("slug", ("owner", "reviewer"), ("facts_checked", "review_due"))})
        ]
        if self.has_change_permission(request, obj) or not obj:
            last.append(("This change", {"fields": ("change_note",)}))
        return [*self.fieldsets, *last]

    def get_readonly_fields(self, request, obj=None):
        # Its address is how every published page names it, and only a review moves the dates that readers see.
        return _FIXED_ONCE_PUBLISHED if obj and obj.ever_published else ()

    def look_over(self, request, opened):
        typed = self._typed_too_late(request.POST, opened) if opened.base and opened.document.ever_published else ()
        if typed := list(typed):
            messages.warning(
                request,
                "It was published since you opened this page, so its address and its dates stay as they are. "
                f"You had typed: {', '.join(typed)}.",
            )

    def _typed_too_late(self, posted, opened):
        """What a form that was opened before the first publication changes in fields that are fixed now."""
        for name in _FIXED_ONCE_PUBLISHED:
            if name not in posted:
                continue
            field, typed = self.opts.get_field(name), posted[name].strip()
            try:
                value = field.formfield(required=False).clean(typed)
            except ValidationError:
                value = typed
            if str(value or "") != opened.base.content.get(name, ""):
                yield f"{field.verbose_name} “{typed}”"

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj or not self.form.address_from else {"slug": (self.form.address_from,)}

    def get_changeform_initial_data(self, request):
        return {"owner": request.user.pk} | super().get_changeform_initial_data(request)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if self.page_name and not context["is_popup"] and (not obj or self.has_change_permission(request, obj)):
            context["form_preview_address"] = (
                moves.address(obj, "preview") if obj else reverse(f"admin:articles_{self.opts.model_name}_preview_new")
            )
        if obj and not context["is_popup"]:
            standing = context["standing"] = moves.standing(obj, request.user)
            if latest := standing["latest"]:
                context["latest"] = latest
                context["problems"] = gate(obj, latest, standing["found"])
                context["comparisons"] = history.worth_comparing(
                    obj,
                    request.user,
                    latest,
                    hurried=standing["hurried"],
                    may_settle=self.has_change_permission(request, obj),
                )
                self.add_to_page(context, obj)
            context["preview_address"] = moves.address(obj, "preview") if self.page_of(obj) else ""
            context["used_by"] = [(str(user), moves.address(user, "change")) for user in used_by(obj)]
        context["jumps"] = jump_list(context, self.own_sections(context))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def add_to_page(self, context, obj):
        """What its template needs besides; `context["latest"]` is the version that the rows are."""

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
        self.finish(request, form.instance, form)
        for role in {"owner", "reviewer"} & set(form.changed_data):
            letters.handed_over([form.instance], role=role, to=getattr(form.instance, role), by=request.user)
        store_revision(request, form.instance, form.cleaned_data["change_note"])

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.ever_published)

    def delete_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj and self.has_view_permission(request, obj) and (users := used_by(obj)):
            names = ", ".join(f"“{user}”" for user in users[:5]) + (" and others" if len(users) > 5 else "")
            messages.error(request, f"“{obj}” cannot be deleted, because {names} name it. Take it off there first.")
            return redirect(moves.address(obj, "change"))
        return super().delete_view(request, object_id, extra_context)

    def before_deletion(self, obj):
        return {
            "version": obj.version,
            "what_goes": f"“{obj}” was never published. If you delete it, its text and its history are gone for good.",
        }

    def delete_model(self, request, obj):
        seen = request.POST.get("version", "")
        workflow.discard(obj, by=request.user, version=int(seen) if is_id(seen) else 0)

    # Pages of their own: moves, preview, history

    def get_urls(self):
        name = f"articles_{self.opts.model_name}"
        site = self.admin_site
        own = [
            path("<path:object_id>/move/<slug:verb>/", site.admin_view(self.move_view), name=f"{name}_move"),
            path("add/preview/", site.admin_view(self.preview_new_view), name=f"{name}_preview_new"),
            path(
                "<path:object_id>/conflict/<int:number>/", site.admin_view(self.conflict_view), name=f"{name}_conflict"
            ),
            path("<path:object_id>/history/compare/", site.admin_view(self.compare_view), name=f"{name}_compare"),
            path("<path:object_id>/restore/<int:number>/", site.admin_view(self.restore_view), name=f"{name}_restore"),
        ]
        return own + super().get_urls()

    def move_view(self, request, object_id, verb):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if verb not in moves.MOVES:
            raise Http404
        return moves.move(request, self.readable(request, object_id), verb, site=self.admin_site)

    def preview_new_view(self, request):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.page_name:
            raise Http404
        return preview_of_form(request, self, None, self.page_of)

    def history_view(self, request, object_id, extra_context=None):
        obj = self.readable(request, object_id)
        rows = history.history(obj)
        context = {
            "title": f"History of “{obj}”",
            "rows": rows,
            "compare": history.choice_of_versions(obj),
        }
        return super().history_view(request, object_id, context | (extra_context or {}))

    def compare_view(self, request, object_id):
        obj = self.readable(request, object_id)
        may_restore = self.has_change_permission(request, obj)
        return history.compare_page(request, obj, site=self.admin_site, may_restore=may_restore)

    def restore_view(self, request, object_id, number):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return history.restore(request, self._changeable(request, object_id), number)

    def conflict_view(self, request, object_id, number):
        return conflict_page(request, self._changeable(request, object_id), number, site=self.admin_site)

    def _changeable(self, request, object_id):
        obj = self.readable(request, object_id)
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        return obj
