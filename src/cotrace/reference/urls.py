"""Addresses of this room."""

from django.urls import path

from cotrace.reference import views

app_name = "reference"

urlpatterns = [
    path("", views.tables, name="tables"),
    path("<str:code>/", views.table, name="table"),
]
