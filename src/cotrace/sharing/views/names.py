"""Names of agencies as pages of this room show them."""

from cotrace.agencies.selectors import agency_contacts
from cotrace.sharing.sentences.memoranda import in_the_language


def agency_names() -> dict[str, str]:
    """Return every agency's name in the reader's language by code."""
    return {each.code: in_the_language(each.name_en, each.name_es) for each in agency_contacts()}
