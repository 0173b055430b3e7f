"""Django's handle on this room."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings, roots, and the pages that belong to no subject."""

    name = "cotrace.config"
    label = "config"
