"""{% sources_to_mend states as sources %}: the dead and withdrawn sources that an editors' page has to tell of."""

from django import template

from ..models import Source

register = template.Library()

STATES = {
    "dead": "Its address is dead: readers get no link to it.",
    "withdrawn": "It was withdrawn: readers do not see it any more.",
}


@register.simple_tag
def sources_to_mend(states):
    """[(source, what is wrong)] of those that a version cites; `states` is what evidence.source_states() says of it."""
    wrong = {slug: STATES[state] for slug, state in states.items() if state in STATES}
    sources = Source.objects.filter(slug__in=wrong).order_by("slug") if wrong else ()
    return [(source, wrong[source.slug]) for source in sources]
