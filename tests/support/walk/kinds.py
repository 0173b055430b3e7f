"""What the addresses name, what lists are asked, and which routes the walk leaves to other tests."""

OWN_ACCOUNT = ("account", "mfa_", "openid_connect")
"""Beginnings of routes that are left out: one's own sessions, keys and sign-in. They read no holding;
tests/security/agencies has them."""

APART = {
    "POST api:login_codes": "signs a terminal in; tests/functional/agencies/test_terminal.py",
    "POST api:login_token": "signs a terminal in; tests/functional/agencies/test_terminal.py",
}
"""Changing methods that are left out, each with where they are tested."""

STATES_NO_METHODS = {"api:api-root", "set_language"}
"""Routes whose view does not say which methods it takes: a 404 for everybody, and Django's own view."""

KINDS: dict[str, str] = {
    "api:access_explain": "holding",
    "api:access_looked": "holding",
    "api:access_who": "holding",
    "api:agreement": "agreement",
    "api:agreement_sign": "agreement",
    "api:agreement_state": "agreement",
    "api:attachment": "attachment",
    "api:attachment_custody": "attachment",
    "api:attachment_original": "attachment",
    "api:attachment_picture": "attachment",
    "api:attachment_withdraw": "attachment",
    "api:audit_round": "round",
    "api:circle": "circle",
    "api:circle_member": "circle",
    "api:circle_candidates": "circle",
    "api:circle_members": "circle",
    "api:centre_accept": "trace",
    "api:centre_answer": "trace",
    "api:centre_ask_again": "trace",
    "api:centre_conclude": "trace",
    "api:centre_correct": "trace",
    "api:centre_continue": "trace",
    "api:centre_hold": "trace",
    "api:centre_leave": "trace",
    "api:centre_licensee": "licensee",
    "api:centre_licensee_hold": "licensee",
    "api:centre_purchaser": "trace",
    "api:centre_release": "trace",
    "api:centre_start": "trace",
    "api:centre_take": "trace",
    "api:centre_trace": "trace",
    "api:centre_withhold": "trace",
    "api:exchange_acknowledge": "message",
    "api:exchange_export": "holding",
    "api:firearm": "firearm",
    "api:notice_acknowledge": "notice",
    "api:seizure": "seizure",
    "api:seizure_import": "import",
    "api:seizure_visibility": "seizure",
    "api:trace": "trace_request",
    "api:trace_from_firearm": "firearm",
    "api:trace_result": "trace_request",
    "api:trace_result_pdf": "trace_request",
    "audit:heads_file": "round",
    "exchange:acknowledgement": "message",
    "exchange:file": "holding",
    "exchange:peer": "peer",
    "exchange:received": "message",
    "files:attach": "firearm",
    "files:attachment": "attachment",
    "files:original": "attachment",
    "files:picture": "attachment",
    "files:thumbnail": "attachment",
    "files:withdraw": "attachment",
    "firearms:correct": "firearm",
    "firearms:describe": "seizure",
    "firearms:detail": "firearm",
    "member_close": "member",
    "member_detail": "member",
    "member_factors_reset": "member",
    "member_link": "member",
    "member_release": "member",
    "member_reopen": "member",
    "member_roles": "member",
    "notices:acknowledge": "notice",
    "seizures:correct": "seizure",
    "seizures:detail": "seizure",
    "seizures:import": "import",
    "seizures:import_problems": "import",
    "seizures:import_reviewed": "import",
    "seizures:trial": "trial",
    "seizures:trial_drop": "trial",
    "seizures:trial_problems": "trial",
    "seizures:visibility": "seizure",
    "sharing:agreement": "agreement",
    "sharing:agreement_change": "agreement",
    "sharing:agreement_sign": "agreement",
    "sharing:circle": "circle",
    "sharing:circle_remove": "circle",
    "sharing:emergency_session": "emergency",
    "sharing:looked": "holding",
    "sharing:who": "holding",
    "sharing:why": "holding",
    "tracing:accept": "trace",
    "tracing:answer": "trace",
    "tracing:ask_again": "trace",
    "tracing:conclude": "trace",
    "tracing:continue": "trace",
    "tracing:correct": "trace",
    "tracing:hold": "trace",
    "tracing:leave": "trace",
    "tracing:licensee": "licensee",
    "tracing:licensee_edit": "licensee",
    "tracing:licensee_hold": "licensee",
    "tracing:release": "trace",
    "tracing:request": "trace_request",
    "tracing:result": "trace_request",
    "tracing:result_json": "trace_request",
    "tracing:result_pdf": "trace_request",
    "tracing:start": "trace",
    "tracing:submit": "firearm",
    "tracing:take": "trace",
    "tracing:trace": "trace",
    "tracing:trace_pulse": "trace",
    "tracing:trace_purchaser": "trace",
    "tracing:withhold": "trace",
}
"""Route with a placeholder -> the kind of object its address names. A route that is missing fails a test."""

HOLDINGS = ("seizure", "firearm", "trace_request", "trace")
"""The kinds that "holding" stands for."""

FURTHER: dict[str, tuple[tuple[str, str], ...]] = {
    "api:circle_member": (("member", "44444444-4444-4444-8444-444444444444"),),
    "exchange:acknowledgement": (("peer", "mx1"),),
    "exchange:received": (("peer", "mx1"),),
    "sharing:agreement_change": (("act", "suspend"),),
    "tracing:result_pdf": (("language", "en"),),
}
"""What stands in the other placeholders of an address while it is only read."""

FORMS = {
    "member": "99999999-9999-4999-8999-999999999999",
    "licensee": "9-99-999-99-9Z-99999",
    "message": "TR-MX1-0000-0000-0000_1",
    "peer": "nowhere1",
    "round": "0" * 32,
    "trial": "f" * 32,
}
"""A well-formed name that nothing has, for kinds that have no public number."""

PREFIXES = {
    "agreement": "AG", "attachment": "AT", "circle": "CI", "emergency": "EM", "firearm": "FA", "holding": "SZ", "import": "IM",
    "notice": "NT", "seizure": "SZ", "trace": "TC", "trace_request": "TR",
}  # fmt: skip
"""How public numbers of a kind begin."""

Query = tuple[tuple[str, str], ...]

QUERIES: dict[str, list[Query]] = {
    "api:seizure_list": [
        (("text", "km"),), (("text", "secreto"),), (("state", "26"),), (("force", "MX-SEDENA"),),
        (("since", "2026-01-04"), ("until", "2026-01-20")), (("text", "federal"), ("state", "26")),
        (("at", "f2026-01-10~SZ"),), (("at", "b2026-01-10~SZ"),),
    ],
    "api:seizure_export": [
        (("text", "secreto"), ("state", "26")), (("force", "MX-SEDENA"), ("since", "2026-01-04"), ("until", "2026-01-20")),
    ],
    "api:seizure_pointers": [(("at", "SZ-TEST-8"),)],
    "api:firearm_list": [(("seizure", "{seizure}"),)],
    "api:attachment_list": [(("record", "{firearm}"),)],
    "api:attachment_picture": [(("page", "0"),)],
    "api:trace_list": [(("at", "f2026-03-02~TR-TEST-8"),)],
    "api:centre_queue": [
        (("status", "awaiting_tracer"),), (("status", "concluded"),), (("status", "released"),),
        (("priority", "routine"),), (("mine", "true"),), (("licensee", "1-59-000-07-9A-00001"),),
        (("licensee", "1-59-000-07-9A-00077"),), (("at", "2026-03-01T00:00:00+00:00~TC"),),
        (("text", "secret works"),), (("text", "abc-100"),), (("text", "{trace}"),), (("unassigned", "true"),),
        (("reason", "no_answer"),), (("finished", "true"),),
    ],
    "api:trace_result_pdf": [(("language", "es"),)],
    "files:picture": [(("page", "1"),)],
    "firearms:makes": [(("make", "Sierra"),)],
    "sharing:agreement_new": [(("base", "{agreement}"),)],
    "sharing:circle_remove": [(("member", "33333333-3333-4333-8333-333333333333"),)],
    "tracing:correct": [(("step", "1"),)],
    "tracing:licensee_new": [(("trace", "{trace}"),)],
    "tracing:licensees": [(("text", "secret"),), (("text", "works"),), (("at", "159000079A00002"),)],
    "tracing:queue": [
        (("status", "awaiting_tracer"),), (("status", "concluded"),), (("priority", "routine"),), (("mine", "on"),),
        (("licensee", "1-59-000-07-9A-00001"),), (("licensee", "1-59-000-07-9A-00077"),),
        (("unassigned", "on"),), (("reason", "start_not_registered"),), (("status", "any"),), (("s", "0123456789abcdef"),),
    ],
    "tracing:requests": [(("at", "f2026-03-02~TR-TEST-8"),)],
    "tracing:trace_pulse": [(("seen", "1"),)],
    "api:centre_licensees": [(("text", "secret"),), (("text", "works"),), (("at", "159000079A00002"),)],
    "audit:log": [
        (("subject", "{seizure}"),), (("action", "seizure.recorded"),), (("outcome", "refused"),),
        (("actor", "{member}"),), (("at", "20260302T180000.000000~1"),),
    ],
    "exchange:messages": [
        (("direction", "sent"),), (("kind", "trace_request"),), (("state", "waiting"),), (("peer", "us1"),),
        (("record", "{trace_request}"),), (("at", "20260302T180000.000000~1"),),
    ],
    "seizures:municipalities": [(("state_code", "26"),)],
    "seizures:list": [(("at", "f2026-01-10~SZ"),), (("s", "0123456789abcdef"),)],
    "seizures:pointers": [(("at", "SZ-TEST-8"),)],
}  # fmt: skip
"""What lists and searches are asked besides nothing; `{kind}` is filled with every object of that kind."""

ON_PURPOSE: dict[str, tuple[str, ...]] = {
    "audit:log": ("FGE-SON",),
}
"""Route -> agencies that are not asked, as it shows them what is hidden on purpose (THREAT_MODEL.md, the written list).

Whoever watches over an agency's log reads all of it, also that something was done with a restricted record of theirs.
"""
