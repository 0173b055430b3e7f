"""Django's handle on this room."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings, roots, and the pages that belong to no subject."""

    name = "cotrace.config"
    label = "config"

    def ready(self) -> None:
        """Register the sentences of the operator's commands."""
        from cotrace.config.sentences import SENTENCES
        from cotrace.doors.sentences import register_sentences

        register_sentences(SENTENCES)
