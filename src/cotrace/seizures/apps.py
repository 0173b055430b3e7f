"""Django's handle on this room."""

from django.apps import AppConfig


class SeizuresConfig(AppConfig):
    """Seizures and their imports."""

    name = "cotrace.seizures"
    label = "seizures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register sentences, the kind of holding, and handlers."""
        from cotrace.doors.sentences import register_sentences
        from cotrace.seizures import holding, subscribers  # noqa: F401
        from cotrace.seizures.sentences import SENTENCES

        register_sentences(SENTENCES)
