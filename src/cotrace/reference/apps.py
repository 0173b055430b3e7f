"""Django's handle on this room."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """Code tables with labels, version and source."""

    name = "cotrace.reference"
    label = "reference"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentences of this room's codes."""
        from cotrace.doors.sentences import register_sentences
        from cotrace.reference.sentences import SENTENCES

        register_sentences(SENTENCES)
