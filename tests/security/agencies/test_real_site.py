"""Signing in at the site as it runs: a process of its own, spoken to over HTTP as a browser and a terminal would.

What needs a stopped clock is in test_sessions.py; here the clock runs, and rows are made old instead.
"""

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.models import Session

from cotrace.agencies.models import Member, MemberRole, OneTimeLink
from cotrace.agencies.rules.tries import ACCOUNT_LIMIT, CODE_LIMIT
from cotrace.agencies.selectors.principals import principal_of_member
from cotrace.agencies.selectors.session_store import SessionStore
from cotrace.agencies.services.members import member_close
from cotrace.agencies.services.passwords import link_make
from cotrace.agencies.services.tokens import token_make
from cotrace.audit.models import AuditDetail, AuditEvent
from cotrace.doors.gate import SEEN
from cotrace.foundation.principal import Door, installation_principal
from tests.support.processes import close_connections
from tests.support.served import Served, served
from tests.support.sign_in import PASSWORD, code_now, member_exists, roles_exist

pytestmark = pytest.mark.full
EMAIL = "kika@fgr.example"
SAME = [EMAIL, EMAIL.upper(), f"  {EMAIL}  ", "Kika@Fgr.Example", "\u212aika@fgr.example", f"\u00a0{EMAIL}\u2003"]
"""Ways to write one address: case, blanks, the Kelvin sign, which is a k in lower case."""
OTHER = ["kıka@fgr.example", "ｋika@fgr.example", "ki\u200bka@fgr.example", "kika@fgr.example\u0301", "kika@fgr。example"]
"""Lookalikes that are other addresses."""
NEW_PASSWORD = "seven green bottles hanging"


@pytest.fixture
def quick_hashes() -> None:
    """Leave the password hashes as they are: the site knows no others."""


@pytest.fixture
def kika(committed) -> Member:
    return member_exists("FGR", name="Kika Ruiz", email=EMAIL, password=PASSWORD, has_app=True)


@pytest.fixture
def site(committed, kika, tmp_path: Path) -> Iterator[Served]:
    with served(committed, tmp_path / "site.log") as found:
        yield found


@pytest.fixture
def browsers(site: Served) -> Iterator[Callable[[], httpx.Client]]:
    """Open browsers on the site; each keeps its own cookies."""
    opened: list[httpx.Client] = []

    def browser() -> httpx.Client:
        opened.append(httpx.Client(base_url=site.address, timeout=60.0, trust_env=False))
        return opened[-1]

    yield browser
    for each in opened:
        each.close()


def post(browser: httpx.Client, page: str, **said: object) -> httpx.Response:
    """Open a page and send its form, as a browser does: with its token and its origin."""
    form = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(page, follow_redirects=True).text)
    assert form is not None, page
    headers = {"Origin": str(browser.base_url).rstrip("/")}
    return browser.post(page, data={"csrfmiddlewaretoken": form[1], **said}, headers=headers)


def knock(browser: httpx.Client, email: str = EMAIL, password: str = PASSWORD) -> bool:
    """Try a password; tell whether the second factor is asked for."""
    answer = post(browser, "/account/sign-in", login=email, password=password)
    assert answer.status_code in {302, 422}, answer.text
    return answer.headers.get("Location", "").startswith("/account/sign-in/second-factor")


def shows(browser: httpx.Client, code: str) -> bool:
    """Show a second factor; tell whether it opened the site."""
    post(browser, "/account/sign-in/second-factor", code=code)
    return is_in(browser)


def is_in(browser: httpx.Client, **headers: str) -> bool:
    return browser.get("/account/", headers=headers).status_code == 200


def fresh_code() -> str:
    """Return the app's code of a half minute that has time left, so that it stays the code of now."""
    left_s = 30 - time.time() % 30
    if left_s < 10:
        time.sleep(left_s + 0.1)
    return code_now()


def test_one_address_is_one_count_however_it_is_written(site: Served, browsers, kika: Member) -> None:
    browser = browsers()
    for place in range(ACCOUNT_LIMIT):
        assert not knock(browser, SAME[place], "wrong and wrong again")
    for written in SAME:
        assert not knock(browsers(), written), f"the lock does not hold for {written!r}"
    locked = AuditEvent.objects.filter(chain="FGR", action="account.locked", subject=str(kika.pk))
    assert locked.count() == 1


def test_a_lookalike_of_an_address_opens_nothing_and_locks_nobody_else(site: Served, browsers) -> None:
    browser = browsers()
    for written in OTHER:
        assert not knock(browser, written), f"{written!r} was taken for {EMAIL}"
    assert knock(browsers())


def test_wrong_codes_fill_the_same_count_and_the_right_one_comes_too_late(site: Served, browsers) -> None:
    browser = browsers()
    assert knock(browser)
    for _ in range(ACCOUNT_LIMIT):
        assert not shows(browser, "000000")
    assert not shows(browser, fresh_code())
    assert not knock(browsers())


def test_a_code_of_the_app_opens_one_session_within_its_half_minute(site: Served, browsers) -> None:
    first, second = browsers(), browsers()
    assert knock(first) and knock(second)
    code = fresh_code()
    assert shows(first, code)
    assert not shows(second, code)
    assert not shows(second, code_now(steps=-1)), "an earlier code was taken after a later one"


def test_a_recovery_code_opens_one_session(site: Served, browsers, kika: Member) -> None:
    code = RecoveryCodes.activate(kika).get_unused_codes()[0]
    close_connections()
    first, second = browsers(), browsers()
    assert knock(first) and shows(first, code)
    assert knock(second) and not shows(second, code)


def signed_in(browser: httpx.Client, *, steps: int = 0) -> httpx.Client:
    assert knock(browser) and shows(browser, code_now(steps=steps) if steps else fresh_code())
    return browser


def age_sessions(minutes: float) -> None:
    """Make every session look as if nobody had asked for anything for so long."""
    for row in Session.objects.all():
        store = SessionStore(session_key=row.session_key)
        if SEEN in store:
            store[SEEN] -= int(minutes * 60)
            store.save()
    close_connections()


def test_half_an_hour_without_a_request_locks_and_polls_do_not_count(site: Served, browsers) -> None:
    browser = signed_in(browsers())
    poll = {"HX-Request": "true", "HX-Trigger-Name": "poll"}
    age_sessions(20)
    assert is_in(browser, **poll)
    age_sessions(9)
    assert is_in(browser, **poll)
    age_sessions(2)
    assert not is_in(browser), "a page that polls kept its session awake"
    assert AuditEvent.objects.filter(chain="FGR", outcome="refused:session_locked").exists()
    again = browsers()
    assert knock(again) and shows(again, code_now(steps=1))
    age_sessions(29)
    assert is_in(again)
    age_sessions(29)
    assert is_in(again), "a request of one's own did not keep the session awake"


def test_a_session_is_ended_from_the_list_of_another(site: Served, browsers) -> None:
    mine = signed_in(browsers())
    lost = signed_in(browsers(), steps=1)
    assert is_in(mine) and is_in(lost)
    ends = re.findall(r'action="(/account/sessions/[\w-]+/end)"', mine.get("/account/sessions").text)
    assert len(ends) == 1
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', mine.get("/account/sessions").text)
    sent = mine.post(ends[0], data={"csrfmiddlewaretoken": token[1]}, headers={"Origin": str(mine.base_url).rstrip("/")})
    assert sent.status_code == 302
    assert is_in(mine) and not is_in(lost)


def test_a_token_is_cut_to_what_its_maker_may_and_ends_with_the_account(site: Served, kika: Member) -> None:
    roles_exist("recorder", "analyst", "expert")
    MemberRole.objects.filter(member=kika).update(role_id="analyst")
    principal = principal_of_member(kika, door=Door.TEST)
    made = token_make(principal, name="script", scopes=["seizure.read", "seizure.import"])
    close_connections()
    bearer = {"Authorization": f"Bearer {made.secret}"}

    def me() -> httpx.Response:
        return httpx.get(f"{site.address}/api/v1/me", headers=bearer, trust_env=False)

    assert me().json()["scopes"] == ["seizure.import", "seizure.read"]
    MemberRole.objects.filter(member=kika).update(role_id="expert")
    close_connections()
    assert me().json()["scopes"] == ["seizure.read"], "a token kept what its member lost"
    asked = httpx.get(f"{site.address}/api/v1/seizures/mappings", headers=bearer, trust_env=False)
    assert (asked.status_code, asked.json()["code"]) == (403, "permission_missing")
    MemberRole.objects.filter(member=kika).update(role_id="analyst")
    member_close(installation_principal(), member=kika.pk)
    close_connections()
    assert (me().status_code, me().json()["code"]) == (401, "token_invalid")


def test_a_token_asks_for_no_more_than_its_maker_holds(site: Served, browsers, kika: Member) -> None:
    roles_exist("expert")
    MemberRole.objects.filter(member=kika).update(role_id="expert")
    close_connections()
    browser = signed_in(browsers())
    asked = post(browser, "/account/tokens", name="wide", scopes=["seizure.read", "member.manage"], days="30")
    assert asked.status_code == 422
    made = post(browser, "/account/tokens", name="fits", scopes=["seizure.read"], days="30")
    assert made.status_code == 200 and "cotrace_" in made.text


def test_codes_of_terminals_cannot_be_guessed(site: Served, browsers) -> None:
    asked = httpx.post(f"{site.address}/api/v1/login-codes", json={"terminal": "laptop"}, trust_env=False).json()
    browser = signed_in(browsers())
    for _ in range(CODE_LIMIT):
        assert post(browser, "/account/terminal", code="AAAA-AAAA").status_code == 422
    assert post(browser, "/account/terminal", code=asked["code"]).status_code in {422, 429}
    waiting = httpx.post(f"{site.address}/api/v1/login-codes/token", json={"secret": asked["secret"]}, trust_env=False)
    assert waiting.status_code == 409


def opened(browser: httpx.Client, address: str) -> int:
    """Open an address as a browser does, and return how the page answers that it ends on."""
    return browser.get(address, follow_redirects=True).status_code


def test_a_one_time_link_works_once_and_its_secret_stays_out_of_every_log(site: Served, browsers, kika: Member) -> None:
    made = link_make(installation_principal(), member=kika.pk)
    close_connections()
    page = f"/account/link/{made.secret}"
    browser = browsers()
    assert opened(browser, page) == opened(browser, page) == 200, "opening uses nothing up"
    assert browser.post(page, data={"new": NEW_PASSWORD}).status_code == 405
    assert browsers().post("/account/link", data={"new": NEW_PASSWORD}).status_code == 403, "a form without its token"
    assert post(browser, "/account/link", new="short", again="short").status_code == 422
    assert post(browser, "/account/link", new=NEW_PASSWORD, again=NEW_PASSWORD).status_code == 302
    assert opened(browser, page) == 410
    assert opened(browsers(), "/account/link/nobodys-secret") == 410
    assert knock(browsers(), EMAIL, NEW_PASSWORD) and not knock(browsers(), EMAIL, PASSWORD)
    browser.get("/nowhere-at-all")
    assert made.secret not in site.said() and NEW_PASSWORD not in site.said()
    kept = [*AuditEvent.objects.values_list(), *AuditDetail.objects.values_list()]
    assert made.secret not in str(kept) and NEW_PASSWORD not in str(kept)


def test_a_link_runs_out(site: Served, browsers, kika: Member) -> None:
    made = link_make(installation_principal(), member=kika.pk)
    OneTimeLink.objects.update(expires_at=made.expires_at - timedelta(days=30))
    close_connections()
    assert opened(browsers(), f"/account/link/{made.secret}") == 410


def test_a_defect_on_the_page_of_a_link_does_not_write_its_secret(committed, site: Served, browsers, kika: Member) -> None:
    """The server names the address of a request that broke it; this address is a secret."""
    made = link_make(installation_principal(), member=kika.pk)
    close_connections()
    committed.as_owner("ALTER TABLE agencies_onetimelink RENAME TO agencies_onetimelink_away")
    assert browsers().get(f"/account/link/{made.secret}").status_code == 500
    said = site.said()
    assert "agencies_onetimelink" in said, "the defect is not in the log"
    assert made.secret not in said and "/account/link/[…]" in said
