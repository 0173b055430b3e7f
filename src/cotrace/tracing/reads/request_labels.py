"""What the parts of a request are called that a description of the gun does not hold: custody, people, checks.

By the field's place in the document; `person.` stands for possessor and associates alike.
tests/unit/tracing/test_request_labels.py holds the table complete.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cotrace.tracing.rules.request_recovery import Known

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

KNOWN: Mapping[Known, "_StrPromise"] = {
    Known.YES: pgettext_lazy("known of a circumstance", "Yes"),
    Known.NO: pgettext_lazy("known of a circumstance", "No"),
    Known.UNKNOWN: pgettext_lazy("known of a circumstance", "Not known"),
}

PARTS: Mapping[str, "_StrPromise"] = {
    "agency.organization_code": _("Organization code"),
    "agency.field_office": _("Field office"),
    "agency.badge_number": _("Badge"),
    "agency.fax": _("Fax"),
    "agency.mailing_address": _("Mailing address"),
    "recovery.vehicle": _("Vehicle involved"),
    "custody.seized_by": _("Force that seized it"),
    "custody.handed_over_on": _("Handed over to the prosecutor on"),
    "custody.prosecutor": _("Prosecutor in charge"),
    "custody.holder": _("Where it is now"),
    "custody.vault": _("Vault"),
    "custody.shelf": _("Shelf"),
    "custody.military_zone": _("Military zone"),
    "custody.chain_reference": _("Chain-of-custody record"),
    "stolen_check.checked_on": _("Checked on"),
    "stolen_check.reference": _("Reference of the check"),
    "restoration.method": _("How the number was restored"),
    "restoration.laboratory": _("Laboratory"),
    "restoration.examined_on": _("Examined on"),
    "restoration.opinion_number": _("Number of the expert's opinion"),
    "restoration.notes": _("Notes on the restoration"),
    "circumstances.arrest_made": _("Somebody was arrested"),
    "circumstances.fingerprints_taken": _("Fingerprints were taken"),
    "circumstances.ballistic_evidence_taken": _("Ballistic evidence was taken"),
    "circumstances.gang_related": _("A gang or criminal group is involved"),
    "circumstances.possession_prohibited": _("The possessor may own no guns"),
    "submitter.agency": _("Submitted by"),
    "submitter.agency_code": _("Its agency code (ORI)"),
    "submitter.officer_name": _("Its officer"),
    "submitter.case_number": _("Its case number"),
    "submitter.phone": _("Its telephone"),
    "submitter.email": _("Its e-mail"),
    "person.birth_date": _("Date of birth"),
    "person.alias": _("Alias"),
    "person.alias_birth_date": _("Date of birth under the alias"),
    "person.sex": _("Sex"),
    "person.ethnicity": _("Ethnicity"),
    "person.race": _("Race"),
    "person.height": _("Height"),
    "person.weight": _("Weight"),
    "person.birth_place": _("Place of birth"),
    "person.birth_country": _("Country of birth"),
    "person.address": pgettext_lazy("of a person", "Address"),
    "person.identities": _("Identity documents"),
}
