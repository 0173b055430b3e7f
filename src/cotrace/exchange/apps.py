"""Django's handle on this room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Signed files between installations."""

    name = "cotrace.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register sentences, handlers and panels."""
        from cotrace.doors.sentences import register_sentences
        from cotrace.exchange import panels, subscribers  # noqa: F401
        from cotrace.exchange.sentences import SENTENCES

        register_sentences(SENTENCES)
