"""Addresses of this room."""

from django.urls import path

from cotrace.seizures.views import listing, logs, records

app_name = "seizures"

urlpatterns = [
    path("", listing.seizures, name="list"),
    path("pointers", listing.pointers, name="pointers"),
    path("export", listing.seizure_take_out, name="export"),
    path("new", records.seizure_new, name="new"),
    path("municipalities", records.municipalities, name="municipalities"),
    path("imports/", logs.imports, name="imports"),
    path("imports/new", logs.import_new, name="import_new"),
    path("imports/trials/<slug:token>", logs.trial, name="trial"),
    path("imports/trials/<slug:token>/drop", logs.trial_drop, name="trial_drop"),
    path("imports/trials/<slug:token>/problems.csv", logs.trial_problems, name="trial_problems"),
    path("imports/<str:number>", logs.import_page, name="import"),
    path("imports/<str:number>/reviewed", logs.import_reviewed, name="import_reviewed"),
    path("imports/<str:number>/problems.csv", logs.import_problems, name="import_problems"),
    path("<str:number>", records.seizure, name="detail"),
    path("<str:number>/correct", records.seizure_correct, name="correct"),
    path("<str:number>/visibility", records.seizure_visibility, name="visibility"),
]
