"""Django's handle on this room."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Outbox tables."""

    name = "cotrace.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
