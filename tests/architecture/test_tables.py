"""What tables look like: relations point down, names say what they hold, owners are part of what is unique.

STYLE 4 and 23, DESIGN 3 and 4. Import-linter does not see a foreign key that is named by text.
"""

import ast
import configparser
from collections.abc import Iterable

from django.apps import apps
from django.db import models

from tests.architecture.source import ROOT, Module, found_in, modules, sample, say

ENDINGS = {models.DateTimeField: "_at", models.DateField: "_on"}
AGENCY_TABLES = {"agencies"}

NAMED_OTHERWISE = {
    "agencies.Member.last_login": "Django's own field",
}
"""A time or date column -> why its name does not say so."""

SAID_BY_WORD = {"now", "today", "since", "until", "at", "on", "birth_date", "alias_birth_date"}
"""Names of members that say time or date by themselves; birth_date is the forms' own word."""

UNIQUE_WITHOUT_OWNER: dict[str, str] = {}
"""Constraint -> why its rows belong to no agency's holding after all."""


def subject_order() -> list[str]:
    """Return the rooms from the lowest to the highest, as importlinter.ini stacks them."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / "importlinter.ini")
    layers = parser["importlinter:contract:stack"]["layers"].split()
    return [layer.strip("()") for layer in reversed(layers)]


def our_models() -> list[type[models.Model]]:
    """Return every table of our own rooms, those between two others included."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model.__module__.startswith("cotrace.")]


def upward_relations(checked: Iterable[type[models.Model]], order: list[str]) -> list[str]:
    """Find relations from a room to one above it."""
    findings = []
    for model in checked:
        own = order.index(model._meta.app_label)
        for field in model._meta.get_fields(include_hidden=True):
            target = getattr(field, "related_model", None)
            if field.auto_created or target is None or target._meta.app_label not in order:
                continue
            if order.index(target._meta.app_label) > own:
                findings.append(f"{model._meta.label}.{field.name} points up to {target._meta.label}")
    return findings


def badly_named_times(checked: Iterable[type[models.Model]]) -> list[str]:
    """Find times whose name does not end in _at, dates not in _on, and names that promise one and are none."""
    findings = []
    for model in checked:
        for field in model._meta.local_fields:
            where = f"{model._meta.label}.{field.name}"
            ending = _ending(field)
            if where in NAMED_OTHERWISE:
                continue
            if ending and not field.name.endswith(ending):
                findings.append(f"{where} should end in {ending}")
            if not ending and field.name.endswith(("_at", "_on")):
                findings.append(f"{where} is no time and no date")
    return findings


def _ending(field: models.Field) -> str:
    return next((ending for kind, ending in ENDINGS.items() if isinstance(field, kind)), "")


def badly_named_members(module: Module) -> list[str]:
    """Find annotated class members that are a datetime or a date and are not called so."""
    findings = []
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ClassDef):
            continue
        for line in node.body:
            if not isinstance(line, ast.AnnAssign) or not isinstance(line.target, ast.Name):
                continue
            kind = ast.unparse(line.annotation).removesuffix(" | None")
            name, ending = line.target.id, {"datetime": "at", "date": "on"}.get(kind)
            if ending and name not in SAID_BY_WORD and not name.endswith(f"_{ending}"):
                findings.append(module.at(line, f"{node.name}.{name} is a {kind}: call it …_{ending}"))
    return findings


def is_owned(model: type[models.Model]) -> bool:
    """Tell whether rows belong to an agency: they have an owner or hang on a row that does."""
    names = {field.name for field in model._meta.local_fields}
    if names & {"owner", "holding"}:
        return True
    return any(is_owned(parent) for parent in _parents(model).values() if parent is not model)


def _parents(model: type[models.Model]) -> dict[str, type[models.Model]]:
    return {
        field.name: field.related_model
        for field in model._meta.local_fields
        if field.related_model is not None and field.related_model._meta.app_label in subject_order()
    }


def unique_without_owner(checked: Iterable[type[models.Model]]) -> list[str]:
    """Find uniqueness over owned rows that reaches across owners: its refusal would tell of a hidden row."""
    findings = []
    for model in filter(is_owned, checked):
        owning = {"owner", "holding"} | {name for name, parent in _parents(model).items() if is_owned(parent)}
        for name, fields in _unique_sets(model):
            if not fields & owning and name not in UNIQUE_WITHOUT_OWNER:
                findings.append(f"{model._meta.label}: {name} over {sorted(fields)} leaves the owner out")
    return findings


def _unique_sets(model: type[models.Model]) -> list[tuple[str, set[str]]]:
    found = [
        (each.name, {*each.fields, *_expression_names(each)})
        for each in model._meta.constraints
        if isinstance(each, models.UniqueConstraint)
    ]
    found += [(f"unique_together of {model._meta.label}", set(each)) for each in model._meta.unique_together]
    for field in model._meta.local_fields:
        if field.unique and not field.primary_key:
            found.append((f"unique {model._meta.label}.{field.name}", {field.name}))
    return found


def _expression_names(constraint: models.UniqueConstraint) -> set[str]:
    parts = [
        part
        for expression in constraint.expressions
        for part in (expression.flatten() if hasattr(expression, "flatten") else [expression])
    ]
    return {part.name for part in parts if isinstance(part, models.F)}


def deletes_across_agencies(checked: Iterable[type[models.Model]]) -> list[str]:
    """Find owned rows tied to the agencies' own tables: references between agencies are ids."""
    return [
        f"{model._meta.label}.{field.name} is a foreign key to {field.related_model._meta.label}"
        for model in checked
        if is_owned(model)
        for field in model._meta.local_fields
        if field.related_model is not None and field.related_model._meta.app_label in AGENCY_TABLES
    ]


def test_no_relation_points_to_a_higher_room():
    findings = upward_relations(our_models(), subject_order())
    assert not findings, say(findings)


def test_times_end_in_at_and_dates_in_on():
    findings = badly_named_times(our_models()) + found_in(modules(), badly_named_members)
    assert not findings, say(findings)


def test_what_is_unique_on_an_owned_row_includes_its_owner():
    findings = unique_without_owner(our_models())
    assert not findings, say(findings)


def test_no_owned_row_hangs_on_an_agency_or_a_member():
    findings = deletes_across_agencies(our_models())
    assert not findings, say(findings)


def test_every_room_is_in_the_stack():
    labels = {model._meta.app_label for model in our_models()}
    assert labels <= set(subject_order())
    assert subject_order()[0] == "foundation"


def test_bad_tables_are_found():
    class Parent(models.Model):
        owner = models.CharField(max_length=8)
        opened = models.DateTimeField()
        ends_on = models.DateTimeField()
        counted_at = models.IntegerField()
        code = models.CharField(max_length=8, unique=True)
        seen_on = models.DateField()

        class Meta:
            app_label = "sharing"
            constraints = [models.UniqueConstraint(fields=["code", "seen_on"], name="sample_bad")]

    class Child(models.Model):
        parent = models.ForeignKey(Parent, models.CASCADE)
        member = models.ForeignKey("agencies.Member", models.CASCADE)

        class Meta:
            app_label = "sharing"
            constraints = [
                models.UniqueConstraint(fields=["parent", "member"], name="sample_good"),
                models.UniqueConstraint("member", name="sample_bad_expression"),
            ]

    try:
        assert len(badly_named_times([Parent])) == 3
        assert len(unique_without_owner([Parent])) == 2
        assert len(unique_without_owner([Child])) == 1
        assert len(deletes_across_agencies([Child])) == 1
        assert upward_relations([Child], ["sharing", "agencies"])
        assert not upward_relations([Child], ["agencies", "sharing"])
    finally:
        for name in ("parent", "child"):
            apps.all_models["sharing"].pop(name)
        apps.clear_cache()


def test_badly_named_members_are_found():
    assert badly_named_members(sample("class Read:\n    seen: datetime | None\n    day: date"))
    assert not badly_named_members(
        sample("class Read:\n    seen_at: datetime\n    on: date\n    at: datetime")
    )
