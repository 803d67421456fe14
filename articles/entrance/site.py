"""The editors' AdminSite: nobody gets in without the second factor, and no text is lost at the door.

One address, /admin/login/, asks for the password and then for the code. A session between the two is logged in for Django
but has no permission here: every page of the admin asks this site.
"""

import re
from datetime import timedelta
from functools import update_wrapper
from urllib.parse import urlencode

import django_otp
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.contrib.auth import login as log_in
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from .. import accounts
from ..accounts import What
from . import passwords, second_factor
from .guide import guide_page
from .kept import is_editors_page, kept_from_field, kept_from_post

_TOO_LONG_A_NUMBER = re.compile(r"\d{19}")  # SQLite's largest has 19 digits
MOST_SEARCHED = 500  # characters; each word of a search is a condition, and SQLite takes no thousand of them
_page_of_its_own = [sensitive_post_parameters(), csrf_protect, never_cache, login_not_required]


class PasswordForm(AdminAuthenticationForm):
    def clean_username(self):
        username = self.cleaned_data["username"]
        if len(username) > self.fields["username"].max_length:
            # No account has it, and django-axes would store it in a column that is too short.
            raise self.get_invalid_login_error()
        return username


class EditorsSite(admin.AdminSite):
    site_header = site_title = "Side Effects: editors"
    index_title = "What do you want to work on?"

    # Who gets in

    def has_permission(self, request):
        return self.has_password(request) and not accounts.lacks_second_factor(request.user)

    def has_password(self, request):
        """Whether the session is of an active editor, with or without the second factor."""
        return super().has_permission(request)

    def admin_view(self, view, cacheable=False):
        guarded = super().admin_view(view, cacheable)

        def inner(request, *args, **kwargs):
            if request.method == "POST" and not self.has_permission(request):
                # 403 and no redirect: that would drop what was typed; and no 200, which a script that saves takes for "saved".
                return self.next_step(request, kept_from_post(request), status=403)
            if _has_null(request):
                raise BadRequest("A null character is no text, and PostgreSQL stores none.")
            if any(len(request.GET.get(name, "")) > MOST_SEARCHED for name in ("q", "term")):
                raise BadRequest(f"A search may have at most {MOST_SEARCHED} characters.")
            if any(_is_beyond_all(name, value) for name, value in request.GET.items()):
                raise BadRequest("There is no row and no year of this number.")
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, view)

    def get_urls(self):
        own = [
            # Without admin_view: a session that still owes its code must be able to end, and to set the factor up.
            path("logout/", self.logout, name="logout"),
            path("two-factor/", self.second_factor, name="second_factor"),
            *passwords.addresses(self),
            path("guide/", self.admin_view(self.guide), name="guide"),
        ]
        return own + super().get_urls()

    # The steps of a login

    @method_decorator(_page_of_its_own)
    def login(self, request, extra_context=None):
        kept = kept_from_field(request)
        if request.method == "POST" and "username" in request.POST:
            return self._take_password(request, kept)
        owes_code = self.has_password(request) and not self.has_permission(request)
        if request.method == "POST" and "code" in request.POST and owes_code and accounts.device_of(request.user):
            return self._take_code(request, kept)
        return self.next_step(request, kept)

    def next_step(self, request, kept=None, *, status=200):
        """The page that this session needs next on its way in."""
        if self.has_permission(request):
            return self.open_again(request, kept) if kept else HttpResponseRedirect(_target(request))
        if not self.has_password(request):
            return self._ask_password(request, PasswordForm(request), kept, status=status)
        if accounts.device_of(request.user):
            return self._ask_code(request, kept, status=status)
        if kept:
            return second_factor.offer(self, request, kept, status=status)
        return HttpResponseRedirect(reverse("admin:second_factor") + "?" + urlencode({"next": _target(request)}))

    def _take_password(self, request, kept):
        form = PasswordForm(request, data=request.POST)
        if not form.is_valid():
            return self._refuse_password(request, form, kept)
        with transaction.atomic():
            log_in(request, form.get_user())
            # A moment, and not an age: a session that is written to would else begin its eight hours again.
            request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
            complete = not accounts.lacks_second_factor(request.user)
            accounts.record(request, What.LOGIN if complete else What.PASSWORD_RIGHT, request.user)
        return self.next_step(request, kept)

    def _refuse_password(self, request, form, kept):
        locked = getattr(request, "axes_locked_out", False)
        # Once it is locked, further tries change nothing, so they fill no log either.
        if not locked or request.axes_failures_since_start is not None:
            # What is no name of ours may be a password typed into the wrong field: it is not kept.
            user = get_user_model().objects.filter(username=form.cleaned_data.get("username", "")).first()
            accounts.record(request, What.LOCKED_OUT if locked else What.LOGIN_FAILED, user)
        if not locked:
            return self._ask_password(request, form, kept)
        response = self._ask_password(request, form, kept, locked=True, status=429)
        response["Retry-After"] = int(settings.AXES_COOLOFF_TIME.total_seconds())
        return response

    def _take_code(self, request, kept):
        must_wait = accounts.seconds_to_wait(request.user)
        device = accounts.check_code(request, request.POST["code"])
        if device is None:
            if not must_wait:
                accounts.record(request, What.LOGIN_FAILED, request.user, why="wrong code")
            return self._ask_code(request, kept, is_wrong=not must_wait)
        with transaction.atomic():
            django_otp.login(request, device)
            request.session.pop(second_factor.NEW_KEY, None)
            request.session.cycle_key()  # what the session may do has grown, so it gets a new name
            accounts.record(request, What.LOGIN, request.user)
        return self.next_step(request, kept)

    def _ask_password(self, request, form, kept, *, locked=False, status=200):
        return self.step(
            request, "login", "Log in", kept, status=status, form=form, locked=locked, can_reset=passwords.can_reset()
        )

    def _ask_code(self, request, kept, *, is_wrong=False, status=200):
        wait = accounts.seconds_to_wait(request.user)
        return self.step(request, "code", "Enter your code", kept, status=status, is_wrong=is_wrong, wait=wait)

    def open_again(self, request, kept):
        return self.step(request, "continue", "You are logged in again", kept)

    def refused_form(self, request):
        """A form of ours whose token is out of date: somebody logged in in another tab since. Its text is kept too."""
        kept = kept_from_field(request) or kept_from_post(request)
        return self.step(request, "continue", "This form could not be taken", kept, status=403, refused=True).render()

    def step(self, request, name, title, kept=None, *, status=200, **context):
        """One page of the way in, carrying what is kept; without the parts of the admin that need a permission."""
        request.current_app = self.name
        context |= {"title": title, "kept": kept, "next": _target(request), "is_nav_sidebar_enabled": False}
        context["somebody_elses"] = bool(
            kept and kept.filled_in_by and kept.filled_in_by != request.user.get_username()
        )
        context = self.each_context(request) | context
        response = TemplateResponse(request, f"admin/entrance/{name}.html", context, status=status)
        add_never_cache_headers(response)
        return response

    # Pages that stand beside the login

    @method_decorator(_page_of_its_own)
    def second_factor(self, request):
        if request.method == "POST" and not self.has_password(request):
            return self.next_step(request, kept_from_post(request), status=403)
        device = accounts.device_of(request.user) if self.has_password(request) else None
        if not self.has_password(request) or (device and not self.has_permission(request)):
            return self.next_step(request, kept_from_field(request))
        return second_factor.answer(self, request, device, kept_from_field(request))

    def guide(self, request):
        return guide_page(request, site=self)

    def logout(self, request, extra_context=None):
        if request.method == "POST" and request.user.is_authenticated:
            accounts.record(request, What.LOGOUT, request.user)
        kept = kept_from_field(request)
        response = super().logout(request, extra_context)
        # Whoever uses another account takes along what the page carried.
        return self.next_step(request, kept) if kept else response

    def password_change(self, request, extra_context=None):
        if request.method != "POST":
            return super().password_change(request, extra_context)
        with transaction.atomic():
            before = request.user.password
            response = super().password_change(request, extra_context)
            if request.user.password != before:
                accounts.record(request, What.PASSWORD_CHANGED, request.user)
        return response


def _is_beyond_all(name, value):
    """Whether a filter asks for a number that neither the databases nor Python's calendar know."""
    if name in ("q", "term", "from", "to"):  # words, and versions whose own page says that there is none
        return False
    is_year = name.endswith("__year") and value.isdecimal()
    return bool(_TOO_LONG_A_NUMBER.search(value)) or (is_year and not 1 < int(value[:5]) < 9999)


def _has_null(request):
    """Whether a value holds a character that nobody types. The pages of documents say so beside the field themselves."""
    says_so = (request.resolver_match.url_name or "").endswith(("_add", "_change", "_preview", "_preview_new"))
    given = [request.GET] if says_so else [request.GET, request.POST]
    return any("\0" in value for fields in given for _, values in fields.lists() for value in values)


def _target(request):
    """Where the way in leads to; on the page itself, where a form was sent to this address."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if is_editors_page(target) else reverse("admin:index")
