"""Django's handle on this room."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Agreements, grants, holdings, circles, levels."""

    name = "cotrace.sharing"
    label = "sharing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentences of this room's codes, and its panels."""
        from cotrace.doors.sentences import register_sentences
        from cotrace.sharing import panels  # noqa: F401
        from cotrace.sharing.sentences import SENTENCES

        register_sentences(SENTENCES)
