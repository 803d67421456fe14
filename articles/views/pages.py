"""Reader pages."""

from django.shortcuts import render

from ..caching import public_page


@public_page
def home(request, **kwargs):
    return render(request, "base.html")


@public_page
def questions(request, **kwargs):
    return render(request, "base.html")


@public_page
def glossary(request, **kwargs):
    return render(request, "base.html")


@public_page
def about(request, **kwargs):
    return render(request, "base.html")


@public_page
def about_data(request, **kwargs):
    return render(request, "base.html")


@public_page
def about_accessibility(request, **kwargs):
    return render(request, "base.html")


@public_page
def about_privacy(request, **kwargs):
    return render(request, "base.html")


@public_page
def about_report(request, **kwargs):
    return render(request, "base.html")
