"""Marking a sentence for translation where no settings are at hand."""


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation and return it unchanged; needs no settings."""
    return sentence
