"""Django's handle on this room."""

from django.apps import AppConfig


class DoorsConfig(AppConfig):
    """Templates, static files and middleware that every door shares."""

    name = "cotrace.doors"
    label = "doors"
