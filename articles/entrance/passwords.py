"""A forgotten password, by mail: Django's views and tokens below /admin/, with the same answer for every address."""

from datetime import timedelta
from functools import partial
from threading import Thread

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.db import connection, transaction
from django.http import HttpResponseRedirect
from django.urls import path, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from .. import accounts
from ..accounts import What

BETWEEN_MAILS = timedelta(minutes=5)
_outside = [login_not_required, never_cache]


def can_reset():
    return settings.SENDS_MAIL


def addresses(site):
    context = {"site_header": site.site_header, "site_title": site.site_title, "is_nav_sidebar_enabled": False}
    pages = (
        ("password-reset/", AskView, "password_reset"),
        ("password-reset/sent/", SentView, "password_reset_done"),
        ("password-reset/<uidb64>/<token>/", ChooseView, "password_reset_confirm"),
        ("password-reset/done/", DoneView, "password_reset_complete"),
    )
    return [path(address, view.as_view(extra_context=context), name=name) for address, view, name in pages]


def later(work):
    """Do it after the answer: how long a mail takes would tell which addresses have an account."""

    def work_and_close():
        try:
            work()
        finally:
            connection.close()

    Thread(target=work_and_close, daemon=True).start()


class AskForm(PasswordResetForm):
    request = None

    def get_users(self, email):
        """Editors only, and nobody's mailbox is filled by asking again and again."""
        since = timezone.now() - BETWEEN_MAILS
        for user in super().get_users(email):
            asked = user.account_events.filter(what=What.RESET_ASKED, at__gte=since)
            if user.is_staff and not asked.exists():
                yield user

    def send_mail(self, subject_template_name, email_template_name, context, *args, **kwargs):
        accounts.record(self.request, What.RESET_ASKED, context["user"])
        super().send_mail(subject_template_name, email_template_name, context, *args, **kwargs)


class ChooseForm(SetPasswordForm):
    request = None

    def save(self, commit=True):
        with transaction.atomic():
            user = super().save(commit)
            # Named here: to ask the request now would end a session of the old password, with the token in it.
            accounts.record(self.request, What.PASSWORD_RESET, user, by=user)
        return user


@method_decorator(_outside, name="dispatch")
class AskView(views.PasswordResetView):
    form_class = AskForm
    template_name = "admin/entrance/reset.html"
    title = "Forgotten your password?"
    success_url = reverse_lazy("admin:password_reset_done")
    subject_template_name = "admin/entrance/reset_subject.txt"
    email_template_name = "admin/entrance/reset_mail.txt"

    def form_valid(self, form):
        form.request = self.request
        later(
            partial(
                form.save,
                request=self.request,
                subject_template_name=self.subject_template_name,
                email_template_name=self.email_template_name,
                # Not the host that the request names: the link must lead here whoever asked for it.
                extra_email_context={"site_address": settings.SITE_URL},
            )
        )
        return HttpResponseRedirect(self.success_url)

    def get_context_data(self, **kwargs):
        return super().get_context_data(can_reset=can_reset(), **kwargs)


@method_decorator(_outside, name="dispatch")
class SentView(views.PasswordResetDoneView):
    template_name = "admin/entrance/reset_sent.html"
    title = "Look into your mailbox"


@method_decorator(login_not_required, name="dispatch")
class ChooseView(views.PasswordResetConfirmView):
    form_class = ChooseForm
    template_name = "admin/entrance/reset_choose.html"
    title = "Choose a new password"
    success_url = reverse_lazy("admin:password_reset_complete")

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.request = self.request
        return form


@method_decorator(_outside, name="dispatch")
class DoneView(views.PasswordResetCompleteView):
    template_name = "admin/entrance/reset_done.html"
    title = "Your new password is set"
