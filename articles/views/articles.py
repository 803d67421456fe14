"""Reader pages."""

from django.shortcuts import render

from ..caching import public_page


@public_page
def articles(request, **kwargs):
    return render(request, "base.html")


@public_page
def article(request, **kwargs):
    return render(request, "base.html")
