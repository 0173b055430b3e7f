"""Addresses of this room."""

from django.urls import path, re_path

from cotrace.sharing.views import access, agreements, circles, drafts, log

app_name = "sharing"

urlpatterns = [
    path("access/<str:number>/why", access.why, name="why"),
    path("access/<str:number>/who", access.who, name="who"),
    path("access/<str:number>/looked", access.looked, name="looked"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new", drafts.agreement_new, name="agreement_new"),
    path("agreements/<str:number>", agreements.agreement, name="agreement"),
    path("agreements/<str:number>/sign", agreements.sign, name="agreement_sign"),
    re_path(
        r"^agreements/(?P<number>[^/]+)/(?P<act>suspend|resume|end)$", agreements.change, name="agreement_change"
    ),
    path("circles/", circles.circles, name="circles"),
    path("circles/<str:number>", circles.circle, name="circle"),
    path("circles/<str:number>/remove", circles.circle_take_out, name="circle_remove"),
    path("emergency/", circles.emergency, name="emergency"),
    path("emergency/close", circles.emergency_end, name="emergency_close"),
    path("emergency/<str:number>", circles.emergency_session, name="emergency_session"),
]

audit = (
    [
        path("", log.log, name="log"),
        path("heads", log.heads, name="heads"),
        path("heads/<str:number>", log.heads_file, name="heads_file"),
    ],
    "audit",
)
"""An agency's own log, under audit/: the log's room stands below the ones that know people and draw pages."""
