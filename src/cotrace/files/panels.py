"""What this room shows on other rooms' pages: the photographs and documents of a record."""

from django.urls import reverse

from cotrace.doors.panels import Panel, fill
from cotrace.files.exports.tiles import tiles_of
from cotrace.files.forms import AttachmentForm
from cotrace.files.selectors import attachments_of
from cotrace.foundation.principal import Principal


@fill("holding.attachments", name="files.attachments")
def attachments(principal: Principal, subject: str) -> Panel | None:
    """Show the attachments of a record; nothing below the level at which there are any."""
    found = attachments_of(principal, record=subject)
    if found is None:
        return None
    context: dict[str, object] = {
        **tiles_of(found),
        "form": AttachmentForm() if found.may_add else None,
        "attach_url": reverse("files:attach", args=[found.record]) if found.may_add else "",
    }
    return Panel("files/panels/attachments.html", context)
