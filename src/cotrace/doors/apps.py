"""Django's handle on this room."""

from django.apps import AppConfig


class DoorsConfig(AppConfig):
    """Templates, static files and middleware that every door shares."""

    name = "cotrace.doors"
    label = "doors"

    def ready(self) -> None:
        """Let every form say of a field left empty what services say of it."""
        from cotrace.doors.form_problems import one_sentence_for_empty_fields

        one_sentence_for_empty_fields()
