"""Addresses of this room, under attachments/."""

from django.urls import path

from cotrace.files import views

app_name = "files"

urlpatterns = [
    path("add/<str:number>/", views.attach, name="attach"),
    path("<str:number>/", views.attachment, name="attachment"),
    path("<str:number>/thumbnail/", views.thumbnail, name="thumbnail"),
    path("<str:number>/picture/", views.picture, name="picture"),
    path("<str:number>/original/", views.original, name="original"),
    path("<str:number>/withdraw/", views.withdraw, name="withdraw"),
]
