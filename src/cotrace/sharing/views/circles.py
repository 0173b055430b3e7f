"""Circles one is in, and emergency sessions on one's agency's restricted records."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cotrace.doors.form_problems import add_refusal
from cotrace.doors.furniture import Column, LevelBadge, RecordNumber, Row, Shown, Table
from cotrace.doors.gate import principal_of
from cotrace.foundation.errors import Invalid
from cotrace.foundation.principal import Principal
from cotrace.sharing.forms import Choice, CircleForm, CircleMemberForm, CircleRemovalForm, EmergencyForm
from cotrace.sharing.reads import CircleRead, EmergencyRead
from cotrace.sharing.rules.levels import Level
from cotrace.sharing.selectors.circles import (
    circle_candidates,
    circle_get,
    circle_list,
    emergency_current,
    emergency_get,
    emergency_is_watched,
)
from cotrace.sharing.sentences.emergency import EMERGENCY_UNWATCHED, EMERGENCY_WATCHED
from cotrace.sharing.services.circles import (
    EMERGENCY_MINUTES_MAX,
    circle_add,
    circle_open,
    circle_remove,
    emergency_close,
    emergency_open,
)


@require_http_methods(["GET", "HEAD", "POST"])
def circles(request: HttpRequest) -> HttpResponse:
    """List the circles the reader is in; posted, open one."""
    principal = principal_of(request)
    form = CircleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        number = circle_open(principal, name=form.cleaned_data["name"])
        messages.success(request, _("The circle is open and you are its first member."))
        return HttpResponseRedirect(reverse("sharing:circle", args=[number]))
    found = circle_list(principal)
    context = {"table": _circles_table(found), "is_empty": not found, "form": form}
    return render(request, "sharing/circles.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def circle(request: HttpRequest, number: str) -> HttpResponse:
    """Show who is in a circle; posted, add a colleague."""
    principal = principal_of(request)
    read = circle_get(principal, number=number)
    colleagues = list(circle_candidates(principal, number=number).items())
    form = CircleMemberForm(request.POST if request.method == "POST" else None, colleagues=colleagues)
    if form.is_valid():
        said = form.cleaned_data
        try:
            circle_add(principal, circle=read.number, member=said["member"], level=Level[said["level"]])
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The circle has a new member."))
            return HttpResponseRedirect(reverse("sharing:circle", args=[read.number]))
    context = {
        "read": read,
        "table": _members_table(read),
        "form": form,
        "has_candidates": bool(colleagues),
        "removal": CircleRemovalForm(members=_removable(principal, read), auto_id="removed_%s"),
    }
    return render(request, "sharing/circle.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def circle_take_out(request: HttpRequest, number: str) -> HttpResponse:
    """Say what taking somebody out of a circle will do; posted, do it."""
    principal = principal_of(request)
    read = circle_get(principal, number=number)
    here = reverse("sharing:circle", args=[read.number])
    form = CircleRemovalForm(request.POST if request.method == "POST" else request.GET, members=_removable(principal, read))
    if not form.is_valid():
        messages.warning(request, _("Choose whom to take out of the circle."))
        return HttpResponseRedirect(here)
    member = form.cleaned_data["member"]
    is_self = member == principal.id
    if request.method == "POST":
        circle_remove(principal, circle=read.number, member=member)
        messages.success(request, _("From now on, this person sees what belongs to the circle no more."))
        return HttpResponseRedirect(reverse("sharing:circles") if is_self else here)
    name = dict(_removable(principal, read))[member]
    context = {
        "title": _("Take %(name)s out of “%(circle)s”?") % {"name": name, "circle": read.name},
        "form": None,
        "member": member,
        "is_self": is_self,
        "back_url": here,
        "act_label": _("Yes, take out"),
        "is_dangerous": True,
    }
    return render(request, "sharing/circle_remove.html", context)


def _removable(principal: Principal, read: CircleRead) -> list[Choice]:
    """Return whom the reader may take out: everybody, or, below the whole of it, themselves."""
    sees_all = any(each.member == principal.id and each.level == Level.FULL for each in read.members)
    return [
        (each.member, each.name or _("has left your agency"))
        for each in read.members
        if sees_all or each.member == principal.id
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    """Show the reader's open emergency session; posted, open one."""
    principal = principal_of(request)
    current = emergency_current(principal)
    is_watched = emergency_is_watched(principal)
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            emergency_open(principal, reason=form.cleaned_data["reason"], minutes=form.cleaned_data["minutes"])
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.warning(request, EMERGENCY_WATCHED if is_watched else EMERGENCY_UNWATCHED)
            return HttpResponseRedirect(reverse("sharing:emergency"))
    context = {
        "current": current,
        "facts": _emergency_facts(current) if current else (),
        "form": form,
        "minutes_at_most": EMERGENCY_MINUTES_MAX,
        "is_watched": is_watched,
    }
    return render(request, "sharing/emergency.html", context, status=422 if form.errors else 200)


@require_POST
def emergency_end(request: HttpRequest) -> HttpResponse:
    """Close the reader's emergency session."""
    if emergency_close(principal_of(request)):
        messages.success(request, _("The emergency session is closed."))
    return HttpResponseRedirect(reverse("sharing:emergency"))


@require_GET
def emergency_session(request: HttpRequest, number: str) -> HttpResponse:
    """Show who opened an emergency session of the reader's agency, and why."""
    read = emergency_get(principal_of(request), number=number)
    return render(request, "sharing/emergency_session.html", {"read": read, "facts": _emergency_facts(read)})


def _circles_table(found: list[CircleRead]) -> Table:
    columns = (
        Column(label=pgettext("of a circle", "Name")),
        Column(label=_("Number")),
        Column(label=pgettext("moment", "Opened")),
    )
    rows = tuple(
        Row(
            url=reverse("sharing:circle", args=[each.number]),
            cells=(each.name, RecordNumber(number=each.number), each.opened_at),
        )
        for each in found
    )
    return Table(caption=_("Circles you are in"), columns=columns, rows=rows, is_caption_hidden=bool(rows))


def _members_table(read: CircleRead) -> Table:
    columns = (Column(label=_("Member")), Column(label=_("May see")), Column(label=pgettext("moment", "Added")))
    rows = tuple(
        Row(
            cells=(
                each.name or _("has left your agency"),
                LevelBadge(code=each.level.name),
                each.added_at,
            )
        )
        for each in read.members
    )
    return Table(caption=_("Members of this circle"), columns=columns, rows=rows, is_caption_hidden=bool(rows))


def _emergency_facts(read: EmergencyRead) -> list[tuple[str, Shown]]:
    return [
        (_("Opened by"), read.person or None),
        (_("Reason"), read.reason),
        (pgettext("moment", "Opened"), read.opened_at),
        (pgettext("moment", "Ends"), read.ends_at),
        (pgettext("moment", "Closed"), read.closed_at or (_("still open") if read.is_open else _("ran out"))),
    ]
