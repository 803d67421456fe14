"""Reader pages."""

from django.shortcuts import render

from ..caching import public_page


@public_page
def drugs(request, **kwargs):
    return render(request, "base.html")


@public_page
def drug(request, **kwargs):
    return render(request, "base.html")


@public_page
def pair(request, **kwargs):
    return render(request, "base.html")
