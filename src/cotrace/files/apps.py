"""Django's handle on this room."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """The room `files`."""

    name = "cotrace.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentences of this room's codes, and its panel."""
        from cotrace.doors.sentences import register_sentences
        from cotrace.files import panels  # noqa: F401
        from cotrace.files.sentences import SENTENCES

        register_sentences(SENTENCES)
