"""A long list in pages that are real links."""

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404


def page_of(request, queryset, size):
    """(the rows of the page that ?page= asks for, links for components/page_list.html); two queries.

    A page that does not exist is not found: a cache should not hold the last page under any number.
    """
    paginator = Paginator(queryset, size)
    try:
        page = paginator.page(request.GET.get("page") or 1)
    except InvalidPage as error:
        raise Http404(str(error)) from error
    near = {1, paginator.num_pages, *range(page.number - 2, page.number + 3)}
    pages = [
        {"href": f"?page={number}", "text": f"Page {number}", "current": number == page.number}
        for number in sorted(near)
        if number in paginator.page_range
    ]
    return list(page), pages if len(pages) > 1 else []
