"""Drafting a memorandum, from nothing or from one that is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cotrace.doors.form_problems import add_refusal
from cotrace.doors.gate import principal_of
from cotrace.foundation.errors import Invalid
from cotrace.foundation.principal import Principal
from cotrace.sharing.forms import OFFERED, AgreementForm, Choice
from cotrace.sharing.holding import holding_kinds
from cotrace.sharing.reads import AgreementRead
from cotrace.sharing.rules.agreements import Clause
from cotrace.sharing.rules.directions import DIRECTIONS, Category, levels_between, pairs_of
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.agreements import agreement_get
from cotrace.sharing.sentences.memoranda import DRAFTED
from cotrace.sharing.services.agreements import agreement_draft
from cotrace.sharing.views.clauses import title_of
from cotrace.sharing.views.names import agency_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What a draft begins with: the memorandum's title, the form's values; `is_uneven` where these say less than it."""

    title: str = ""
    is_uneven: bool = False
    values: dict[str, object]


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_new(request: HttpRequest) -> HttpResponse:
    """Ask for a memorandum, filled in from another where the address names one; posted, write its draft."""
    principal = principal_of(request)
    agencies, categories = _others(principal), _categories()
    base = _base(principal, number=request.GET.get("base", ""), categories=categories)
    form = AgreementForm(
        request.POST if request.method == "POST" else None,
        agency=principal.agency,
        agencies=agencies,
        categories=categories,
        initial=base.values,
    )
    if form.is_valid():
        try:
            number = agreement_draft(principal, draft=form.draft())
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, DRAFTED)
            return HttpResponseRedirect(reverse("sharing:agreement", args=[number]))
    context = {"form": form, "base": base}
    return render(request, "sharing/agreement_form.html", context, status=422 if form.errors else 200)


def _categories() -> list[Category]:
    return [Category(kind=each.kind, keepers=each.kept_by() if each.kept_by else None) for each in holding_kinds()]


def _others(principal: Principal) -> list[Choice]:
    return [(code, f"{code} · {name}") for code, name in agency_names().items() if code != principal.agency]


def _base(principal: Principal, *, number: str, categories: Sequence[Category]) -> Base:
    """Return what the memorandum of that number fills in; nothing without a number. Raises NotFound."""
    if not number:
        return Base(values={})
    read = agreement_get(principal, number=number)
    others = [each.agency for each in read.parties if each.agency != principal.agency]

    def pairs(direction: str, category: Category) -> list[tuple[str, str]]:
        return pairs_of(direction, category=category, us=principal.agency, others=others)

    given = {
        f"{direction}_{category.kind}": _level(read, category, pairs(direction, category))
        for category in categories
        for direction in DIRECTIONS
    }
    values: dict[str, object] = {name: level.name for name, (level, _is_uneven) in given.items()}
    for name in ("title_en", "title_es", "legal_basis", "starts_on", "review_on", "ends_on"):
        values[name] = getattr(read, name)
    values |= {"others": others, "purposes": list(read.purposes)}
    return Base(title=title_of(read), is_uneven=any(is_uneven for _level, is_uneven in given.values()), values=values)


def _level(read: AgreementRead, category: Category, pairs: list[tuple[str, str]]) -> tuple[Level, bool]:
    """Return the level that a memorandum gives in one direction, and whether it gives some pair more than that.

    The form has one level for all: the lowest is taken, so that a draft never shares more than its base did.
    """
    clauses = [
        Clause(owner=each.owner, viewer=each.viewer, category=each.category, level=each.level) for each in read.clauses
    ]
    found = levels_between(clauses, category=category.kind, pairs=pairs)
    lowest = min(found, default=Level.NOTHING)
    level = lowest if lowest.name in dict(OFFERED) else Level.NOTHING
    return level, max(found, default=level) > level
