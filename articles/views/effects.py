"""Reader pages."""

from django.shortcuts import render

from ..caching import public_page


@public_page
def symptoms(request, **kwargs):
    return render(request, "base.html")


@public_page
def symptom(request, **kwargs):
    return render(request, "base.html")
