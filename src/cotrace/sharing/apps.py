"""Django's handle on this room."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """The room `sharing`."""

    name = "cotrace.sharing"
    label = "sharing"
    default_auto_field = "django.db.models.BigAutoField"
