"""Django's handle on this room."""

from django.apps import AppConfig


class TracingConfig(AppConfig):
    """Trace requests, the tracing centre's work, results."""

    name = "cotrace.tracing"
    label = "tracing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register sentences, the kinds of holding, and handlers."""
        from cotrace.doors.sentences import register_sentences
        from cotrace.tracing import holding, panels, subscribers  # noqa: F401
        from cotrace.tracing.reads.sentences import RULE_SENTENCES
        from cotrace.tracing.sentences import SENTENCES

        register_sentences(SENTENCES)
        register_sentences(RULE_SENTENCES)
