"""{{ user|name_of }}: how colleagues call somebody; "" for nobody."""

from django import template

from ..models import name_of as name_of_user

register = template.Library()


@register.filter
def name_of(user):
    return name_of_user(user) if user else ""
