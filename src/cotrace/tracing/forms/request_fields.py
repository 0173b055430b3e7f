"""The fields of the form of a trace request: their order, lengths, keyboards and help, by their place in the document."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PLACE = ("recovery.city", "recovery.state", "recovery.country")
"""What the form asks about the recovery where the seizure does not say it."""

CONTACT = ("agency.unit", "agency.phone", "agency.email")
CASE = ("agency.case_number", "agency.other_case_number", "crime_code", "project_code")

ORDER = (
    "agency.case_number",
    "agency.other_case_number",
    "crime_code",
    "is_criminal_investigation",
    *PLACE,
    "agency.officer_name",
    "agency.badge_number",
    "agency.phone",
    "agency.email",
    "agency.unit",
    "agency.agency_code",
    "custody.holder",
    "custody.vault",
    "custody.shelf",
    "custody.seized_by",
    "custody.prosecutor",
    "custody.military_zone",
    "custody.chain_reference",
    "possessor.given_names",
    "possessor.family_names",
    "possessor.alias",
    "possessor.birth_date",
    "stolen_check.result",
    "stolen_check.system",
    "stolen_check.reference",
    "stolen_check.not_run_because",
    "priority",
    "justification",
)
"""The order of the page, in which its problems are listed; what is not named here comes last."""

LONGEST = {
    "agency.case_number": 80,
    "agency.other_case_number": 80,
    "agency.officer_name": 120,
    "agency.badge_number": 40,
    "agency.unit": 120,
    "agency.phone": 40,
    "agency.email": 200,
    "agency.agency_code": 12,
    "project_code": 60,
    "recovery.city": 120,
    "recovery.state": 120,
    "recovery.vehicle": 200,
    "custody.holder": 120,
    "custody.vault": 120,
    "custody.shelf": 60,
    "custody.seized_by": 120,
    "custody.prosecutor": 120,
    "custody.military_zone": 60,
    "custody.chain_reference": 80,
    "possessor.alias": 200,
    "possessor.family_names": 200,
    "possessor.given_names": 200,
    "stolen_check.system": 60,
    "stolen_check.reference": 80,
    "stolen_check.not_run_because": 300,
}
KEYBOARDS: Mapping[str, Mapping[str, str]] = {
    "agency.phone": {"type": "tel"},
    "agency.email": {"type": "email"},
    "agency.case_number": {"autocapitalize": "off", "spellcheck": "false"},
    "agency.other_case_number": {"autocapitalize": "off", "spellcheck": "false"},
    "agency.agency_code": {"autocapitalize": "characters", "spellcheck": "false"},
}
"""What a phone's keyboard has to know of a field."""

REQUIRED = frozenset({"agency.case_number", "crime_code", "is_criminal_investigation", *PLACE})
HELP: Mapping[str, "_StrPromise"] = {
    "agency.agency_code": _("Nine characters; agencies outside the United States have one from the centre."),
    "agency.other_case_number": _("Where another agency works on the same case."),
    "stolen_check.system": _("The register that was asked, such as NCIC."),
    "custody.holder": _("The office or person that has the gun today."),
    "custody.vault": _("The vault or evidence room, as it is called there."),
    "special_instructions": _(
        "Such as whom not to contact. The trace stands still until somebody at the centre has read this."
    ),
}
