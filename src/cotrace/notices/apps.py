"""Django's handle on this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices and their acknowledgement."""

    name = "cotrace.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register sentences and handlers."""
        from cotrace.doors.sentences import register_sentences
        from cotrace.notices import subscribers  # noqa: F401
        from cotrace.notices.sentences import SENTENCES

        register_sentences(SENTENCES)
