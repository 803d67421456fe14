"""Which part of a page a request wants."""


def wants_fragment(request):
    """Whether htmx asks for the answer alone. When it goes back in history it needs the whole page."""
    return bool(request.htmx) and not request.htmx.history_restore_request
