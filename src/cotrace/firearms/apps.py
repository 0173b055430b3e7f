"""Django's handle on this room."""

from django.apps import AppConfig


class FirearmsConfig(AppConfig):
    """Guns as agencies describe them."""

    name = "cotrace.firearms"
    label = "firearms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register sentences, the kind of holding, and the panel."""
        from cotrace.doors.sentences import register_sentences
        from cotrace.firearms import holding, panels  # noqa: F401
        from cotrace.firearms.sentences import SENTENCES

        register_sentences(SENTENCES)
