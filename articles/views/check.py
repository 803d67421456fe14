"""Reader pages."""

from django.shortcuts import render

from ..caching import public_page


@public_page
def check(request, **kwargs):
    return render(request, "base.html")
