"""The JSON door's routes, subject by subject; `/api/v1/openapi.json` describes them."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from cotrace.agencies.api import router as agencies
from cotrace.audit.api import router as audit
from cotrace.doors.json_api import new_api
from cotrace.exchange.api import router as exchange
from cotrace.files.api import router as attachments
from cotrace.firearms.api import router as firearms
from cotrace.notices.api import router as notices
from cotrace.seizures.api import router as seizures
from cotrace.sharing.api import router as sharing
from cotrace.tracing.api import centre_router, requests_router

api = new_api()
api.add_router("/seizures", seizures)
api.add_router("/firearms", firearms)
api.add_router("/attachments", attachments)
api.add_router("/traces", requests_router)
api.add_router("/centre", centre_router)
api.add_router("/exchange", exchange)
api.add_router("/audit", audit)
api.add_router("/notices", notices)
api.add_router("", sharing)
api.add_router("", agencies)


@require_GET
def openapi(_request: HttpRequest) -> JsonResponse:
    """Return the OpenAPI document; it holds no data and needs no sign-in."""
    return JsonResponse(api.get_openapi_schema())
