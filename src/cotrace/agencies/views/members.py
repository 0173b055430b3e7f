"""Members of one's own agency: list, add, roles, a way back in, close."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cotrace.agencies.forms import MemberForm, RolesForm, add_problems, role_choices
from cotrace.agencies.permissions import AgencyPermission
from cotrace.agencies.reads import MemberRead
from cotrace.agencies.selectors.members import member_get, member_list, role_list
from cotrace.agencies.services.members import (
    NewMember,
    lock_release,
    member_add,
    member_close,
    member_factors_reset,
    member_reopen,
)
from cotrace.agencies.services.passwords import link_make
from cotrace.agencies.services.roles import member_roles_set
from cotrace.agencies.views.account import role_labels
from cotrace.doors.furniture import Badge, Column, Row, Shown, Table, Tone
from cotrace.doors.gate import principal_of
from cotrace.foundation.errors import Invalid
from cotrace.foundation.principal import Principal


@require_GET
def members(request: HttpRequest) -> HttpResponse:
    """List the members of one's agency."""
    principal = principal_of(request)
    found = member_list(principal)
    context = {
        "table": _table(found) if found else None,
        "may_manage": principal.may(AgencyPermission.MEMBER_MANAGE),
        "count": len(found),
    }
    return render(request, "agencies/members.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a member and show the one-time link by which they set their password."""
    principal = principal_of(request)
    language = get_language() or "en"
    form = MemberForm(request.POST if request.method == "POST" else None, roles=role_choices(role_list(principal), language=language))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        new = NewMember(
            email=given["email"],
            name=given["name"],
            agency=principal.agency,
            roles=tuple(given["roles"]),
            language=given["language"],
            badge=given["badge"],
        )
        try:
            member = UUID(member_add(principal, new=new))
        except Invalid as error:
            add_problems(form, error)
        else:
            return _show_link(request, principal, member)
    return render(request, "agencies/member_add.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def member(request: HttpRequest, member: UUID) -> HttpResponse:
    """Show one member of one's agency, and what can be done for them."""
    principal = principal_of(request)
    found = member_get(principal, member=member)
    language = get_language() or "en"
    choices = role_choices(role_list(principal), language=language)
    context = {
        "member": found,
        "status": _status(found),
        "roles": role_labels(found.roles),
        "form": RolesForm(initial={"roles": [role.code for role in found.roles]}, roles=choices),
        "may_manage": principal.may(AgencyPermission.MEMBER_MANAGE),
        "is_self": str(found.id) == principal.id,
        "watching": role_labels([role for role in found.roles if role.is_watching]),
    }
    return render(request, "agencies/member.html", context)


@require_POST
def roles(request: HttpRequest, member: UUID) -> HttpResponse:
    """Give a member exactly the roles that were chosen."""
    member_roles_set(principal_of(request), member=member, roles=request.POST.getlist("roles"))
    messages.success(request, gettext("The roles were saved."))
    return redirect("member_detail", member=member)


@require_POST
def link(request: HttpRequest, member: UUID) -> HttpResponse:
    """Make a one-time link for a member, and show it this once."""
    return _show_link(request, principal_of(request), member)


Act = Callable[..., None]


def _act(request: HttpRequest, member: UUID, *, act: Act, said: str) -> HttpResponse:
    act(principal_of(request), member=member)
    messages.success(request, said)
    return redirect("member_detail", member=member)


@require_POST
def release(request: HttpRequest, member: UUID) -> HttpResponse:
    """End the lock of a member's account."""
    return _act(request, member, act=lock_release, said=gettext("The lock has ended."))


@require_http_methods(["GET", "POST"])
def factors_reset(request: HttpRequest, member: UUID) -> HttpResponse:
    """Take the second factors from a member who lost them, after asking."""
    if request.method == "POST":
        said = gettext("The second factors were removed. The next sign-in sets up a new one.")
        return _act(request, member, act=member_factors_reset, said=said)
    title, label = gettext("Reset the second factor"), gettext("Yes, remove every second factor")
    return _confirm(request, member, "agencies/member_factors.html", title=title, act_label=label)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, member: UUID) -> HttpResponse:
    """Close a member's account, after asking."""
    if request.method == "POST":
        return _act(request, member, act=member_close, said=gettext("The account is closed."))
    title, label = gettext("Close the account"), gettext("Yes, close it")
    return _confirm(request, member, "agencies/member_close.html", title=title, act_label=label)


@require_POST
def reopen(request: HttpRequest, member: UUID) -> HttpResponse:
    """Open a closed account again."""
    return _act(request, member, act=member_reopen, said=gettext("The account is open again."))


def _confirm(request: HttpRequest, member: UUID, template: str, *, title: str, act_label: str) -> HttpResponse:
    context = {
        "title": title,
        "act_label": act_label,
        "member": member_get(principal_of(request), member=member),
        "back_url": reverse("member_detail", kwargs={"member": member}),
        "form": None,
        "is_dangerous": True,
    }
    return render(request, template, context)


def _show_link(request: HttpRequest, principal: Principal, member: UUID) -> HttpResponse:
    made = link_make(principal, member=member)
    url = request.build_absolute_uri(reverse("account_link", kwargs={"secret": made.secret}))
    context = {"member": member_get(principal, member=member), "url": url, "expires_at": made.expires_at}
    return render(request, "agencies/member_link.html", context)


def _table(found: list[MemberRead]) -> Table:
    columns = (
        Column(label=gettext("Name")),
        Column(label=gettext("E-mail address")),
        Column(label=gettext("Roles")),
        Column(label=gettext("Account")),
        Column(label=gettext("Last sign-in")),
    )
    rows = tuple(
        Row(
            cells=(each.name, each.email, role_labels(each.roles) or gettext("none"), _status(each), _last(each)),
            url=reverse("member_detail", kwargs={"member": each.id}),
        )
        for each in found
    )
    return Table(caption=gettext("Members"), columns=columns, rows=rows, is_caption_hidden=True)


def _last(found: MemberRead) -> Shown:
    return found.last_sign_in_at or gettext("never")


def _status(found: MemberRead) -> Badge:
    if not found.is_active:
        return Badge(text=pgettext("account", "Closed"), tone=Tone.CLOSED)
    if found.locked_until_at is not None:
        return Badge(text=pgettext("account", "Locked"), tone=Tone.PROBLEM)
    if not found.has_password and not found.has_factor:
        return Badge(text=pgettext("account", "Not used yet"), tone=Tone.WAITING)
    if not found.has_factor and not found.is_demo:
        return Badge(text=pgettext("account", "No second factor yet"), tone=Tone.ATTENTION)
    return Badge(text=pgettext("account", "Open"), tone=Tone.DONE)
