"""The roots of all addresses."""

from django.urls import include, path
from django.views.i18n import set_language

from cotrace.config.api import api, openapi
from cotrace.config.finding import find
from cotrace.config.views import health, home
from cotrace.sharing.urls import audit

urlpatterns = [
    path("", home, name="home"),
    path("find", find, name="find"),
    path("health", health, name="health"),
    path("", include("cotrace.agencies.urls")),
    path("", include("cotrace.sharing.urls")),
    path("notices/", include("cotrace.notices.urls")),
    path("seizures/", include("cotrace.seizures.urls")),
    path("firearms/", include("cotrace.firearms.urls")),
    path("attachments/", include("cotrace.files.urls")),
    path("", include("cotrace.tracing.urls")),
    path("audit/", include(audit)),
    path("exchange/", include("cotrace.exchange.urls")),
    path("api/v1/openapi.json", openapi, name="openapi"),
    path("api/v1/", api.urls),
    path("language", set_language, name="set_language"),
]

handler400 = "cotrace.config.refusals.malformed"
handler404 = "cotrace.config.refusals.not_found"
handler500 = "cotrace.config.refusals.broken"
