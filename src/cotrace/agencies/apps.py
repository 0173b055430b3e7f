"""Django's handle on this room."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """The room `agencies`."""

    name = "cotrace.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentences of this room's codes."""
        from cotrace.agencies.sentences import SENTENCES
        from cotrace.doors.sentences import register_sentences

        register_sentences(SENTENCES)
