"""Django's handle on this room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What happened."""

    name = "cotrace.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentences of this room's codes."""
        from cotrace.audit.sentences import SENTENCES
        from cotrace.doors.sentences import register_sentences

        register_sentences(SENTENCES)
