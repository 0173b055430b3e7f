"""Addresses of this room."""

from django.urls import path

from cotrace.firearms import views

app_name = "firearms"

urlpatterns = [
    path("makes/", views.makes, name="makes"),
    path("calibres/", views.calibres, name="calibres"),
    path("describe/<str:number>/", views.firearm_new, name="describe"),
    path("<str:number>/", views.firearm, name="detail"),
    path("<str:number>/correct/", views.firearm_change, name="correct"),
]
