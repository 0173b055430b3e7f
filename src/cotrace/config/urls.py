"""The roots of all addresses."""

from django.urls import path
from django.views.i18n import set_language

from cotrace.config.views import health, home

urlpatterns = [
    path("", home, name="home"),
    path("health", health, name="health"),
    path("language", set_language, name="set_language"),
]
