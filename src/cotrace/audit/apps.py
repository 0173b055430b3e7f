"""Django's handle on this room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What happened."""

    name = "cotrace.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
