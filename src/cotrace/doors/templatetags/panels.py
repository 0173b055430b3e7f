"""`{% load panels %}{% panels "seizure.detail" number %}`: what upper subjects show in a slot of a page."""

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from cotrace.doors.panels import panels_of

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: Context, slot: str, subject: str = "", **words: str) -> SafeString:
    """Draw what fills the slot for whoever is signed in; nothing where nobody is.

    `words` are what the page calls things by in those panels that ask for it.
    """
    principal = context.get("principal")
    if principal is None:
        return SafeString()
    around = {"principal": principal, "csrf_token": context.get("csrf_token")}
    drawn = [
        render_to_string(each.template, {**words, **each.context, **around})
        for each in panels_of(slot, principal=principal, subject=subject)
    ]
    return format_html_join("", "{}", ((each,) for each in drawn))
