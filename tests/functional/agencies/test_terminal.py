"""`cotrace login` as a process, `whoami`, `logout` and the operator's commands, against a site that runs."""

import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from django.utils import translation

from cotrace.agencies.models import Agency, ApiToken, Member
from cotrace.agencies.selectors.principals import principal_of_member
from cotrace.agencies.services.sign_in import From, password_try, visitor_principal
from cotrace.agencies.services.terminals import terminal_approve, terminal_deny
from cotrace.agencies.services.tokens import token_make
from cotrace.config.cli import main
from cotrace.foundation.principal import Door, Principal
from tests.support.browser import serving
from tests.support.sign_in import PASSWORD, member_exists

Environment = dict[str, str]


@pytest.fixture
def there(committed, tmp_path: Path) -> Iterator[Environment]:
    """A running site, and the environment of a terminal that talks to it."""
    environment = {key: each for key, each in os.environ.items() if not key.startswith("COTRACE_")}
    with override_settings(ALLOWED_HOSTS=["127.0.0.1"]), serving(get_wsgi_application()) as address:
        yield {
            **environment,
            "COTRACE_HOME": str(tmp_path / "home"),
            "COTRACE_URL": address,
            "COTRACE_SECRET_KEY": settings.SECRET_KEY,
            "COTRACE_DATABASE_URL": committed.url(str(settings.DATABASES["default"]["NAME"])),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "LC_ALL": "C.UTF-8",
        }


@pytest.fixture
def ana(there: Environment) -> Principal:
    return principal_of_member(member_exists(roles=("analyst",)), door=Door.TEST)


def start(there: Environment, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "cotrace.config.cli", *words],
        env=there,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(there: Environment, *words: str) -> tuple[int, str, str]:
    """Run a command in this process, which has the database open already; return exit code, output, errors."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, translation.override("en"):
        for name in [name for name in os.environ if name.startswith(("COTRACE_", "LC_", "LANG"))]:
            patch.delenv(name)
        for name, value in there.items():
            patch.setenv(name, value)
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            main([*words])
    said = [line for line in err.getvalue().splitlines(keepends=True) if " django.request " not in line]
    return ended.value.code or 0, out.getvalue(), "".join(said)


def code_of(process: subprocess.Popen[str]) -> str:
    """Read the code that the terminal shows while it waits."""
    assert process.stderr is not None
    line = process.stderr.readline()
    assert "/account/terminal" in line, line
    return line.split()[-1]


def test_a_terminal_signs_in_says_who_it_is_and_signs_out(there: Environment, ana: Principal) -> None:
    process = start(there, "login", "--scope", "seizure.read")
    terminal_approve(ana, code=code_of(process), scopes=["seizure.read"])
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "Signed in as Ana Ruiz (FGR).\n")

    file = Path(there["XDG_CONFIG_HOME"]) / "cotrace" / "token.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert list(json.loads(file.read_text())) == [there["COTRACE_URL"]]

    code, out, _ = run(there, "whoami", "--json")
    assert (code, json.loads(out)["scopes"]) == (0, ["seizure.read"])
    code, _, err = run({**there, "COTRACE_URL": "http://127.0.0.1:9"}, "whoami")
    assert code == 1 and "does not answer" in err

    assert run(there, "logout") == (0, "Signed out.\n", "")
    assert ApiToken.objects.get().revoked_at is not None
    code, out, err = run(there, "whoami")
    assert (code, out) == (4, "")
    assert err == "cotrace: Nobody is signed in. Run `cotrace login`, or set COTRACE_TOKEN.\n"


def test_a_refused_terminal_says_so_in_one_line_and_keeps_nothing(there: Environment, ana: Principal) -> None:
    process = start(there, "login")
    terminal_deny(ana, code=code_of(process))
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert err == "cotrace: The member refused this terminal. Nothing was given to it.\n"
    assert not (Path(there["XDG_CONFIG_HOME"]) / "cotrace" / "token.json").exists()


def test_the_environments_token_goes_before_the_kept_one(there: Environment, ana: Principal) -> None:
    made = token_make(ana, name="script", scopes=["seizure.read"])
    code, out, _ = run({**there, "COTRACE_TOKEN": made.secret}, "whoami")
    assert code == 0 and "script" in out
    code, _, err = run({**there, "COTRACE_TOKEN": "nonsense"}, "whoami")
    assert code == 4 and err.startswith("cotrace: The token is not valid") and err.count("\n") == 1


def test_signing_in_works_with_a_token_that_has_run_out(there: Environment, ana: Principal) -> None:
    process = start({**there, "COTRACE_TOKEN": "run-out"}, "login")
    terminal_approve(ana, code=code_of(process), scopes=["seizure.read"])
    assert process.wait(timeout=60) == 0


def test_the_terminal_speaks_spanish(there: Environment, ana: Principal) -> None:
    code, _, err = run({**there, "LC_ALL": "es_MX.UTF-8"}, "whoami")
    assert code == 4 and "Nadie ha iniciado sesión" in err


def test_wrong_use_is_exit_two(there: Environment, ana: Principal) -> None:
    code, _, err = run(there, "login", "--scope", "no.such")
    assert code == 2 and "permissions does not exist here" in err and err.count("\n") == 1
    assert run(there, "login", "--no-such-option")[0] == 2


def test_an_operator_starts_an_agency_and_its_first_administrator(there: Environment) -> None:
    names = ["--name-en", "State Attorney", "--name-es", "Fiscalía Estatal", "--country", "mx"]
    assert run(there, "agency", "add", "fge-chh", *names)[0] == 0
    assert Agency.objects.get(pk="FGE-CHH").country == "MX"
    code, _, err = run(there, "agency", "add", "FGE-CHH", *names)
    assert code == 1 and "exists already" in err
    assert run(there, "member", "roles")[0] == 0
    admin = ["--name", "Eva Ruiz", "--agency", "fge-chh", "--role", "agency_admin", "--language", "es"]
    code, out, _ = run(there, "member", "add", "Eva@fge.example", *admin)
    assert code == 0 and out.startswith(f"{there['COTRACE_URL']}/account/link/")
    eva = Member.objects.get(email="eva@fge.example")
    assert (eva.agency_id, eva.is_demo, eva.has_usable_password()) == ("FGE-CHH", False, False)
    assert run(there, "member", "link", "nobody@fge.example")[0] == 3
    assert run(there, "member", "add", "eva@fge.example", *admin)[0] == 2


def test_an_operator_ends_a_lock_and_resets_factors(there: Environment) -> None:
    ana = member_exists(password=PASSWORD, has_app=True)
    here = From(address="192.0.2.1")
    for _ in range(5):
        password_try(visitor_principal(), email=ana.email, password="wrong", origin=here)
    assert run(there, "member", "release", ana.email)[0] == 0
    assert password_try(visitor_principal(), email=ana.email, password=PASSWORD, origin=here) == ana
    assert run(there, "member", "release", "192.0.2.1")[0] == 0
    assert run(there, "member", "reset-factors", ana.email)[0] == 0
    assert not ana.authenticator_set.exists()


def test_an_operator_closes_an_account_and_opens_it_again(there: Environment) -> None:
    officer = member_exists(name="Ida Cruz", roles=("security_officer",))
    code, out, _ = run(there, "member", "close", officer.email)
    assert (code, out) == (0, f"The account is closed: {officer.email}\n")
    assert not Member.objects.get(pk=officer.pk).is_active
    assert run(there, "member", "reopen", officer.email)[0] == 0
    assert Member.objects.get(pk=officer.pk).is_active
    assert run(there, "member", "close", "nobody@fgr.example")[0] == 3
