"""`{% load telephone %}{{ number|telephone }}`: a telephone number as the link that dials it; views call it for facts."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_NUMBER = re.compile(r"(\+?)([0-9 ().\u00a0-]*[0-9][0-9 ().\u00a0-]*)(?:(?:ext|x)\.?\s*([0-9]{1,8}))?", re.IGNORECASE)
_FEWEST_DIGITS, _MOST_DIGITS = 3, 15


@register.filter
def telephone(text: str) -> SafeString:
    """Draw a number as the link that dials it, with its extension; as text alone what is not one number for sure.

    The "(0)" of an international number is not dialled from abroad; without a country's code it is.

    Source: RFC 3966 (`tel:`), E.164 (at most 15 digits).
    """
    found = _NUMBER.fullmatch(text.strip())
    dialled = (found[2].replace("(0)", "") if found[1] else found[2]) if found else ""
    digits = re.sub(r"[^0-9]", "", dialled)
    if found is None or not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return format_html("{}", text)
    extension = f";ext={found[3]}" if found[3] else ""
    return format_html('<a href="tel:{}{}{}">{}</a>', found[1], digits, extension, text)
