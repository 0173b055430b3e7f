"""Django's handle on this room."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """The room `agencies`."""

    name = "cotrace.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"
