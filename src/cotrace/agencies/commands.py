"""Signing the terminal in and out; and the operator's first steps: agencies, members, roles, a way back in."""

import socket
import time
from typing import Annotated

import typer
from django.utils.translation import gettext

from cotrace.agencies.imports import shipped_roles
from cotrace.agencies.selectors.members import member_id
from cotrace.agencies.services.domains import domain_give
from cotrace.agencies.services.members import (
    NewAgency,
    NewMember,
    address_release,
    agency_add,
    agency_change,
    lock_release,
    member_add,
    member_close,
    member_factors_reset,
    member_reopen,
)
from cotrace.agencies.services.passwords import link_make
from cotrace.agencies.services.roles import role_give, role_take, roles_load
from cotrace.doors import terminal
from cotrace.foundation.principal import installation_principal

AsJson = Annotated[bool, typer.Option("--json", help=gettext("A JSON object instead of words."))]
Email = Annotated[str, typer.Argument(help=gettext("The member's e-mail address."))]

app = typer.Typer(help=gettext("Sign the terminal in and out."), no_args_is_help=True)
members = typer.Typer(help=gettext("Members of any agency, for the operator. Example: cotrace member link ana@fgr.example"))
agencies = typer.Typer(help=gettext("Agencies, for the operator. Example: cotrace agency add FGR --name-en … --name-es …"))


@app.command()
def login(
    scope: Annotated[
        list[str] | None, typer.Option(help=gettext("A permission the terminal needs; several times. None: all you have."))
    ] = None,
    name: Annotated[str, typer.Option(help=gettext("What the terminal is called in your list of tokens."))] = "",
    as_json: AsJson = False,
) -> None:
    """Sign this terminal in: shows a code, waits until you approve it in the browser, keeps a token.

    Example: cotrace login --scope seizure.read
    """
    body = {"terminal": name or f"cotrace@{socket.gethostname()}", "scopes": scope or []}
    asked = terminal.call("POST", "/login-codes", json=body, token="").json()
    steps = gettext("Open %(address)s and type the code %(code)s") % asked
    terminal.say(steps, err=True)
    given = _wait(str(asked["secret"]), seconds=int(asked["expires_in"]), pause=int(asked["interval"]))
    terminal.keep_token(str(given.pop("token")))
    if as_json:
        terminal.print_json(given)
    else:
        terminal.say(gettext("Signed in as %(member)s (%(agency)s).") % given)


def _wait(secret: str, *, seconds: int, pause: int) -> dict[str, object]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(pause)
        answer = terminal.ask("POST", "/login-codes/token", json={"secret": secret}, token="")
        if answer.is_success:
            found: dict[str, object] = answer.json()
            return found
        if terminal.error_code(answer) != "terminal_waiting":
            break
    terminal.call("POST", "/login-codes/token", json={"secret": secret}, token="")
    raise typer.Exit(1)


@app.command()
def logout() -> None:
    """Revoke this terminal's token and forget it.

    Example: cotrace logout
    """
    if not terminal.kept_token():
        terminal.say(gettext("Nobody was signed in."))
        return
    answer = terminal.ask("DELETE", "/me/token")
    terminal.forget_token()
    if answer.is_success or answer.status_code == 401:
        terminal.say(gettext("Signed out."))
        return
    terminal.fail(gettext("The token is forgotten here, but was not revoked. Revoke it under Account, Tokens."), code=1)


@app.command()
def whoami(as_json: AsJson = False) -> None:
    """Say who this terminal acts for, and what it may.

    Example: cotrace whoami --json
    """
    found = terminal.call("GET", "/me").json()
    if as_json:
        terminal.print_json(found)
        return
    terminal.say(gettext("%(member)s (%(agency)s), token “%(token)s” until %(expires_at)s") % found)
    for scope in found["scopes"]:
        terminal.say(f"  {scope}")


@agencies.command("add")
def add_agency(
    code: Annotated[str, typer.Argument(help=gettext("Its code: letters, digits, dashes."))],
    name_en: Annotated[str, typer.Option(help=gettext("Its name in English."))],
    name_es: Annotated[str, typer.Option(help=gettext("Its name in Spanish."))],
    country: Annotated[str, typer.Option(help=gettext("Two letters, such as MX."))],
    liaison_name: Annotated[str, typer.Option(help=gettext("Its liaison desk."))] = "",
    liaison_phone: Annotated[str, typer.Option(help=gettext("The desk's telephone."))] = "",
    liaison_email: Annotated[str, typer.Option(help=gettext("The desk's e-mail address."))] = "",
    domain: Annotated[list[str] | None, typer.Option(help=gettext("An e-mail domain of its members; several times."))] = None,
) -> None:
    """Add an agency that takes part.

    Its administrators add members whose addresses lie under its domains, and no others.

    Example: cotrace agency add FGR --name-en "Federal Attorney General" --name-es "Fiscalía General" --country MX
    --domain fgr.example
    """
    agency_add(
        installation_principal(),
        new=NewAgency(
            code=code,
            name_en=name_en,
            name_es=name_es,
            country=country,
            liaison_name=liaison_name,
            liaison_phone=liaison_phone,
            liaison_email=liaison_email,
            domains=tuple(domain or ()),
        ),
    )
    terminal.say(gettext("Agency %(code)s was added.") % {"code": code.upper()})


@agencies.command("change")
def change_agency(
    code: Annotated[str, typer.Argument(help=gettext("The agency's code."))],
    name_en: Annotated[str | None, typer.Option(help=gettext("Its name in English."))] = None,
    name_es: Annotated[str | None, typer.Option(help=gettext("Its name in Spanish."))] = None,
    liaison_name: Annotated[str | None, typer.Option(help=gettext("Its liaison desk."))] = None,
    liaison_phone: Annotated[str | None, typer.Option(help=gettext("The desk's telephone."))] = None,
    liaison_email: Annotated[str | None, typer.Option(help=gettext("The desk's e-mail address."))] = None,
) -> None:
    """Change what an agency published of itself; what is not said stays.

    Example: cotrace agency change FGR --liaison-phone "+52 55 5555 0109"
    """
    said = {
        "name_en": name_en,
        "name_es": name_es,
        "liaison_name": liaison_name,
        "liaison_phone": liaison_phone,
        "liaison_email": liaison_email,
    }
    changes = {name: value for name, value in said.items() if value is not None}
    agency_change(installation_principal(), code=code, changes=changes)
    terminal.say(gettext("Agency %(code)s was changed.") % {"code": code.upper()})


@agencies.command("domain")
def give_domain(
    code: Annotated[str, typer.Argument(help=gettext("The agency's code."))],
    domain: Annotated[str, typer.Argument(help=gettext("An e-mail domain that is this agency's alone."))],
) -> None:
    """Give an e-mail domain to an agency: its administrators may add members with addresses there.

    Example: cotrace agency domain FGR fgr.example
    """
    domain_give(installation_principal(), agency=code.upper(), domain=domain)
    terminal.say(gettext("Addresses under %(domain)s are %(code)s's.") % {"domain": domain.lower(), "code": code.upper()})


@members.command("roles")
def load_roles() -> None:
    """Bring the shipped roles in, or up to date. Roles of your own stay as they are.

    Example: cotrace member roles
    """
    changed = roles_load(installation_principal(), lines=shipped_roles())
    terminal.say(gettext("Roles changed: %(count)d") % {"count": changed})


Role = Annotated[str, typer.Argument(help=gettext("The role's code. See data/roles.csv."))]


@members.command("give-role")
def give_role(email: Email, role: Role) -> None:
    """Give a member one more role. Roles that read or purge an agency's log are given here and nowhere else.

    Example: cotrace member give-role oficial@fgr.example security_officer
    """
    installation = installation_principal()
    role_give(installation, member=member_id(installation, email=email), role=role)
    terminal.say(gettext("%(email)s has the role %(role)s.") % {"email": email, "role": role})


@members.command("take-role")
def take_role(email: Email, role: Role) -> None:
    """Take a role from a member.

    Example: cotrace member take-role oficial@fgr.example security_officer
    """
    installation = installation_principal()
    role_take(installation, member=member_id(installation, email=email), role=role)
    terminal.say(gettext("%(email)s no longer has the role %(role)s.") % {"email": email, "role": role})


@members.command("add")
def add_member(
    email: Email,
    name: Annotated[str, typer.Option(help=gettext("Given and family names."))],
    agency: Annotated[str, typer.Option(help=gettext("Code of the member's agency."))],
    role: Annotated[list[str] | None, typer.Option(help=gettext("A role; several times. See data/roles.csv."))] = None,
    language: Annotated[str, typer.Option(help=gettext("en or es."))] = "en",
) -> None:
    """Add a member, such as an agency's first administrator, and print their one-time link.

    Example: cotrace member add ana@fgr.example --name "Ana Ruiz" --agency FGR --role agency_admin --language es
    """
    new = NewMember(email=email, name=name, agency=agency.upper(), roles=tuple(role or ()), language=language)
    member_add(installation_principal(), new=new)
    link_member(email)


@members.command("link")
def link_member(email: Email) -> None:
    """Print a one-time link by which a member sets a password.

    Example: cotrace member link ana@fgr.example
    """
    installation = installation_principal()
    made = link_make(installation, member=member_id(installation, email=email))
    terminal.say(gettext("Works once, until %(at)s:") % {"at": made.expires_at.isoformat(timespec="minutes")}, err=True)
    terminal.say(f"{terminal.site()}/account/link/{made.secret}")


@members.command("release")
def release_member(
    email_or_address: Annotated[str, typer.Argument(help=gettext("An e-mail address, or a network address."))],
) -> None:
    """End the lock of an account or of a network address.

    Example: cotrace member release 192.0.2.7
    """
    installation = installation_principal()
    if "@" in email_or_address:
        lock_release(installation, member=member_id(installation, email=email_or_address))
    else:
        address_release(installation, address=email_or_address)
    terminal.say(gettext("The lock has ended."))


@members.command("close")
def close_member(email: Email) -> None:
    """Close an account: no way in, its sessions and tokens end. Accounts that watch over a log are closed here alone.

    Example: cotrace member close oficial@fgr.example
    """
    installation = installation_principal()
    member_close(installation, member=member_id(installation, email=email))
    terminal.say(gettext("The account is closed: %(email)s") % {"email": email})


@members.command("reopen")
def reopen_member(email: Email) -> None:
    """Open a closed account again, with its roles as they were.

    Example: cotrace member reopen oficial@fgr.example
    """
    installation = installation_principal()
    member_reopen(installation, member=member_id(installation, email=email))
    terminal.say(gettext("The account is open again: %(email)s") % {"email": email})


@members.command("reset-factors")
def reset_factors(email: Email) -> None:
    """Remove every second factor of a member who lost them; the next sign-in sets up a new one.

    Example: cotrace member reset-factors ana@fgr.example
    """
    installation = installation_principal()
    member_factors_reset(installation, member=member_id(installation, email=email))
    terminal.say(gettext("The second factors were removed. The next sign-in sets up a new one."))
