"""Django's handle on this room."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """The room `reference`."""

    name = "cotrace.reference"
    label = "reference"
    default_auto_field = "django.db.models.BigAutoField"
