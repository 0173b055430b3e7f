"""Addresses of this room."""

from django.urls import path

from cotrace.notices.views import acknowledge, notices

app_name = "notices"

urlpatterns = [
    path("", notices, name="inbox"),
    path("<str:number>/acknowledge", acknowledge, name="acknowledge"),
]
