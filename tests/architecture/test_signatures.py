"""What services and selectors take and give: STYLE 7 and 9.

Asked of what doors and other rooms call. `principal` comes first, everything else by keyword. A `Scope` is a
principal's reach, resolved once per request, and may stand in its place; what makes a principal cannot take one.
Whoever has neither is listed below with the reason.
"""

import ast

from tests.architecture.source import Module, entrances, found_in, in_layers, public_functions, sample, say

PARAMETERS_STOP = 6
FIRST = {"principal", "scope"}

WITHOUT_PRINCIPAL: dict[str, str] = {
    "cotrace.exchange.selectors.peers.own_installation": "the installation's own code and public key are published",
    "cotrace.agencies.selectors.contacts.agency_contact": "what an agency published is everybody's",
    "cotrace.agencies.selectors.contacts.agency_contacts": "what agencies published is everybody's",
    "cotrace.agencies.selectors.holders.members_with": "addresses of notices, ids only, for the worker",
    "cotrace.reference.selectors.code_table": "published code tables are everybody's",
    "cotrace.reference.selectors.states": "published code tables are everybody's",
    "cotrace.reference.selectors.country_of_state": "published code tables are everybody's",
    "cotrace.reference.selectors.codes_of": "published code tables are everybody's",
    "cotrace.reference.selectors.code_label": "published code tables are everybody's",
    "cotrace.reference.selectors.calibre_named": "published code tables are everybody's",
    "cotrace.reference.selectors.make_named": "published code tables are everybody's",
    "cotrace.reference.selectors.table_list": "published code tables are everybody's",
    "cotrace.reference.selectors.code_list": "published code tables are everybody's",
    "cotrace.agencies.selectors.account.has_factor": "asked at sign-in, before there is a principal",
    "cotrace.agencies.services.sign_in.entry_refusal": "asked at sign-in, before there is a principal",
    "cotrace.agencies.services.sign_in.as_member": "the framework's user as the row it is; reads nothing",
    "cotrace.agencies.services.factors.encrypt": "plain text to plain text, for the sign-in library",
    "cotrace.agencies.services.factors.decrypt": "plain text to plain text, for the sign-in library",
    "cotrace.agencies.selectors.sessions.session_name": "a hash of a key; reads nothing",
    "cotrace.audit.services.sealing.seal_once": "the installation's own round; nobody asks for it",
    "cotrace.audit.services.heads.heads_sign": "the installation's own round; nobody asks for it",
    "cotrace.audit.services.heads.rounds_export": "signed and blinded heads, made to be handed out",
    "cotrace.audit.services.verification.verify": "the operator's; gives counts and the ids of bad rows",
    "cotrace.seizures.services.imports.import_continue": "the worker acts for the member whom the import names",
    "cotrace.sharing.selectors.holdings.after_cursor": "a condition; reads nothing",
    "cotrace.sharing.selectors.holdings.capped": "counts rows that its caller took from a scope",
}
"""Dotted name of a function -> why nobody in particular calls it."""

NOT_ONLY_KEYWORDS: dict[str, str] = {}
"""Dotted name of a function -> who else decides how it is called."""

GIVES_MODELS: dict[str, str] = {
    "cotrace.agencies.services.passwords.password_change": "the sign-in library goes on with the account's row",
    "cotrace.agencies.services.providers.provider_entry": "the sign-in library goes on with the account's row",
    "cotrace.agencies.services.sign_in.password_try": "the sign-in library goes on with the account's row",
    "cotrace.agencies.services.sign_in.code_try": "the sign-in library goes on with the factor's row",
    "cotrace.agencies.services.sign_in.as_member": "the sign-in library goes on with the account's row",
    "cotrace.sharing.services.holdings.holding_create": "an upper room's service hangs its own row on it",
    "cotrace.sharing.services.holdings.holdings_create": "an upper room's service hangs its own row on it",
    "cotrace.sharing.services.holdings.holding_replace": "an upper room's service hangs its own row on it",
}
"""Dotted name of a function -> why a row or a queryset leaves it."""


def without_principal(module: Module) -> list[str]:
    """Find public functions whose first positional argument is not the principal."""
    return [
        module.at(node, f"{node.name} does not take the principal first")
        for node in entrances(module)
        if f"{module.name}.{node.name}" not in WITHOUT_PRINCIPAL
        and _first(node) not in FIRST
        and not _makes_principal(node)
    ]


def not_only_keywords(module: Module) -> list[str]:
    """Find public functions that take a second argument by position, or too many."""
    findings = []
    for node in entrances(module):
        name = f"{module.name}.{node.name}"
        positional = [*node.args.posonlyargs, *node.args.args]
        if len(positional) > 1 and name not in NOT_ONLY_KEYWORDS:
            findings.append(module.at(node, f"{node.name} takes {positional[1].arg} by position"))
        if len(node.args.kwonlyargs) > PARAMETERS_STOP:
            findings.append(module.at(node, f"{node.name} takes more than six keywords: make a dataclass"))
    return findings


def gives_models(module: Module) -> list[str]:
    """Find public functions whose annotation says that a model or queryset leaves."""
    own = _model_names(module)
    findings = []
    for node in entrances(module):
        if node.returns is None:
            findings.append(module.at(node, f"{node.name} does not say what it gives"))
            continue
        if f"{module.name}.{node.name}" in GIVES_MODELS:
            continue
        named = _names(node.returns)
        if named & (own | {"QuerySet", "Model", "Manager", "models"}):
            findings.append(module.at(node, f"{node.name} gives {ast.unparse(node.returns)}"))
    return findings


def _first(node) -> str:
    positional = [*node.args.posonlyargs, *node.args.args]
    return positional[0].arg.lstrip("_") if positional else ""


def _makes_principal(node) -> bool:
    return node.returns is not None and any(name.endswith("Principal") for name in _names(node.returns))


def _model_names(module: Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[2:3] == ["models"]
        for alias in node.names
        if alias.name[:1].isupper() and not alias.name.isupper()
    }


def _names(annotation: ast.expr) -> set[str]:
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = ast.parse(annotation.value, mode="eval").body
    found = set()
    for node in ast.walk(annotation):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                found.add(name)
            case ast.Constant(value=str(text)):
                found |= _names(ast.parse(text, mode="eval").body)
    return found


def test_the_principal_comes_first():
    findings = found_in(in_layers("services", "selectors", "matching"), without_principal)
    assert not findings, say(findings)


def test_everything_else_comes_by_keyword():
    findings = found_in(in_layers("services", "selectors", "matching"), not_only_keywords)
    assert not findings, say(findings)


def test_no_model_and_no_queryset_leaves():
    findings = found_in(in_layers("services", "selectors"), gives_models)
    assert not findings, say(findings)


def test_every_exception_is_still_needed():
    there = {
        f"{module.name}.{node.name}"
        for module in in_layers("services", "selectors", "matching")
        for node in public_functions(module)
    }
    assert not ({*WITHOUT_PRINCIPAL, *NOT_ONLY_KEYWORDS, *GIVES_MODELS} - there)


def test_bad_signatures_are_found():
    assert without_principal(sample("def thing_make(name, *, principal): ..."))
    assert without_principal(sample("def thing_make(): ..."))
    assert not without_principal(sample("def thing_make(principal, *, name): ..."))
    assert not without_principal(sample("def _thing(name): ..."))
    assert not without_principal(sample("def principal_of(name) -> Principal | None: ..."))
    assert not_only_keywords(sample("def thing_make(principal, name): ..."))
    assert not_only_keywords(sample("def thing_make(principal, *, a, b, c, d, e, f, g): ..."))
    assert not not_only_keywords(sample("def thing_make(principal, *, name): ..."))


def test_a_model_that_leaves_is_found():
    imported = "from cotrace.sharing.models import NUMBER_LENGTH, Holding\n"
    assert gives_models(sample(f"{imported}def f(principal) -> Holding: ..."))
    assert gives_models(sample(f"{imported}def f(principal) -> 'list[Holding | None]': ..."))
    assert gives_models(sample("def f(principal) -> QuerySet[Holding]: ..."))
    assert gives_models(sample("def f(principal) -> models.Holding: ..."))
    assert gives_models(sample("def f(principal): ..."))
    assert not gives_models(sample(f"{imported}def f(principal) -> list[VisibleHolding]: ..."))
