"""Signing in and one's own account in a real browser, with an authenticator app and with a passkey, in both languages."""

import re
from collections.abc import Iterator

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from cotrace.agencies.models import Member
from cotrace.agencies.services.passwords import link_make
from cotrace.agencies.services.sign_in import visitor_principal
from cotrace.agencies.services.terminals import terminal_ask
from cotrace.config.static_files import collect_static
from cotrace.foundation.principal import installation_principal
from tests.support.browser import LANGUAGES, PHONE, WINDOWS, Visitor, faults, serving
from tests.support.oidc import NAME, provider, trusted
from tests.support.sign_in import PASSWORD, code_now, factor_key, member_exists

pytestmark = pytest.mark.browser

WORDS = {
    "en": {
        "email": "E-mail address",
        "password": "Password",
        "sign in": "Sign in",
        "sign out": "Sign out",
        "app": "Set up an app",
        "code": "Code",
        "set up": "Set it up",
        "in app": "Open it in the app of this phone",
        "copy": "Copy the key",
        "go on": "Go on",
        "codes": "Recovery codes",
        "have": "I have them, go on",
        "passkey": "Set up a passkey",
        "make": "Make the passkey",
        "use": "Sign in with a passkey",
        "second": "Use a passkey",
        "wrong": "That did not open an account",
    },
    "es": {
        "email": "Correo electrónico",
        "password": "Contraseña",
        "sign in": "Iniciar sesión",
        "sign out": "Cerrar sesión",
        "app": "Configurar una aplicación",
        "code": "Código",
        "set up": "Configurar",
        "in app": "Abrir en la aplicación de este teléfono",
        "copy": "Copiar la clave",
        "go on": "Continuar",
        "codes": "Códigos de recuperación",
        "have": "Ya los tengo, continuar",
        "passkey": "Configurar una llave de acceso",
        "make": "Crear la llave de acceso",
        "use": "Iniciar sesión con una llave de acceso",
        "second": "Usar una llave de acceso",
        "wrong": "Con esos datos no se pudo entrar",
    },
}
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def named(committed: object) -> Iterator[str]:
    """The site under a name, as passkeys need it; the value is its address."""
    del committed
    collect_static()
    with override_settings(ALLOWED_HOSTS=["localhost"]), serving(get_wsgi_application()) as address:
        yield address.replace("127.0.0.1", "localhost")


@pytest.fixture
def open_page(chromium: Browser, named: str) -> Iterator[Visitor]:
    """Open pages of the site under its name."""
    visitor = Visitor(chromium, named)
    yield visitor
    problems = visitor.close()
    assert not problems, "\n".join(problems)


def with_authenticator(page: Page) -> None:
    """Give the browser a security key that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def give_password(page: Page, words: dict[str, str], password: str = PASSWORD) -> None:
    page.get_by_label(words["email"]).fill("ana@fgr.example")
    page.get_by_label(words["password"]).fill(password)
    page.get_by_role("button", name=words["sign in"], exact=True).click()


def sign_out(page: Page, words: dict[str, str]) -> None:
    page.get_by_role("button", name=words["sign out"]).first.click()
    expect(page).to_have_url(re.compile("/account/sign-in$"))


@WINDOWS
def test_a_new_member_sets_up_an_app_and_signs_in_with_it(open_page: Visitor, language: str, width: int) -> None:
    member_exists(password=PASSWORD)
    words = WORDS[language]
    page = open_page("/account/tokens", language=language, width=width)
    expect(page).to_have_url(re.compile(r"/account/sign-in\?next=%2Faccount%2Ftokens$"))
    assert faults(page) == []
    give_password(page, words)
    expect(page).to_have_url(re.compile("/account/set-up$"))
    assert faults(page) == []
    page.get_by_role("link", name=words["app"], exact=True).click()
    page.locator("img.qr").evaluate("image => image.decode()")
    assert faults(page) == []
    in_app = page.get_by_role("link", name=words["in app"])
    assert in_app.is_visible() == (width == PHONE), "the key opens in the app where there is no pointer"
    secret = page.get_by_role("button", name=words["copy"]).get_attribute("data-copy")
    page.get_by_label(words["code"]).fill(code_now(secret))
    page.get_by_role("button", name=words["set up"]).click()
    expect(page.locator(".codes code")).to_have_count(10)
    expect(page.get_by_role("heading", level=1)).to_have_text(words["codes"])
    assert faults(page) == []
    page.get_by_role("link", name=words["have"]).click()
    expect(page).to_have_url(open_page.site + "/")
    sign_out(page, words)
    give_password(page, words)
    expect(page).to_have_url(re.compile("/account/sign-in/second-factor$"))
    assert faults(page) == []
    page.get_by_label(words["code"]).fill(code_now(secret, steps=1))
    page.get_by_role("button", name=words["go on"]).click()
    expect(page).to_have_url(open_page.site + "/")


@LANGUAGES
def test_a_new_member_sets_up_a_passkey_and_signs_in_with_it_alone(open_page: Visitor, language: str) -> None:
    member_exists(password=PASSWORD)
    words = WORDS[language]
    page = open_page("/account/sign-in", language=language)
    with_authenticator(page)
    give_password(page, words)
    page.get_by_role("link", name=words["passkey"]).click()
    assert faults(page) == []
    page.get_by_role("button", name=words["make"]).click()
    expect(page.locator(".codes code")).to_have_count(10)
    page.get_by_role("link", name=words["have"]).click()
    sign_out(page, words)
    assert faults(page) == []
    page.get_by_role("button", name=words["use"]).click()
    expect(page).to_have_url(open_page.site + "/")
    sign_out(page, words)
    give_password(page, words)
    expect(page).to_have_url(re.compile("/account/sign-in/second-factor$"))
    assert faults(page) == []
    page.get_by_role("button", name=words["second"]).click()
    expect(page).to_have_url(open_page.site + "/")


def test_a_passkey_that_is_not_shown_says_so_and_leaves_the_password(open_page: Visitor) -> None:
    member_exists(password=PASSWORD, has_app=True)
    page = open_page("/account/sign-in")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**AUTHENTICATOR, "isUserVerified": False}})
    page.evaluate("void (navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')))")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not used.")).to_be_visible()
    assert faults(page) == []


@LANGUAGES
def test_a_wrong_password_is_told_and_takes_the_focus(open_page: Visitor, language: str) -> None:
    member_exists(password=PASSWORD, has_app=True)
    page = open_page("/account/sign-in", language=language)
    give_password(page, WORDS[language], "wrong")
    expect(page.get_by_role("alert")).to_contain_text(WORDS[language]["wrong"])
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert faults(page) == []


def test_without_javascript_the_password_and_an_app_are_enough(open_page: Visitor) -> None:
    member_exists(password=PASSWORD, has_app=True)
    page = open_page("/account/sign-in", has_script=False)
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    give_password(page, WORDS["en"])
    page.get_by_label("Code").fill(code_now())
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(open_page.site + "/")


def addresses(ana: Member, other: Member) -> list[str]:
    return [
        "/account/",
        "/account/factors",
        f"/account/factors/{factor_key(ana)}/remove",
        "/account/factors/passkey",
        "/account/factors/recovery-codes",
        "/account/password",
        "/account/sessions",
        "/account/tokens",
        "/account/terminal",
        "/account/again",
        "/account/again/code",
        "/members/",
        "/members/add",
        f"/members/{other.pk}",
        f"/members/{ana.pk}",
        f"/members/{other.pk}/close",
        f"/members/{other.pk}/factors",
    ]


@pytest.mark.full
@pytest.mark.looks
@WINDOWS
def test_every_page_of_account_and_members_is_clean(open_page: Visitor, language: str, width: int) -> None:
    ana = member_exists(password=PASSWORD, has_app=True)
    eva = member_exists(name="Eva Maldonado de la Cruz y Mendoza", has_app=True, roles=("analyst", "recorder"))
    page = open_page("/account/", member=ana, language=language, width=width)
    found = {}
    for address in addresses(ana, eva):
        page.goto(open_page.site + address)
        found[address] = faults(page)
    assert {address: each for address, each in found.items() if each} == {}


@LANGUAGES
def test_a_terminal_is_approved_and_a_token_made_and_revoked(open_page: Visitor, language: str) -> None:
    ana = member_exists(has_app=True)
    asked = terminal_ask(visitor_principal(), terminal="cotrace@laptop", address="192.0.2.7", wanted=["seizure.read"])
    page = open_page("/account/terminal", member=ana, language=language)
    page.get_by_label(WORDS[language]["code"]).fill(asked.code)
    page.locator("main button[type=submit]").click()
    expect(page.get_by_text("192.0.2.7")).to_be_visible()
    assert faults(page) == []
    page.locator("button[value=approve]").click()
    expect(page).to_have_url(re.compile("/account/tokens$"))
    page.locator("#id_name").fill("script")
    page.locator("input[value='seizure.read']").check()
    page.locator("#make ~ form button, form:has(#id_name) button[type=submit]").first.click()
    expect(page.locator(".secret code")).to_contain_text("cotrace_")
    assert faults(page) == []
    page.locator(".held form button").first.click()
    expect(page.locator(".held")).to_have_count(0)


@LANGUAGES
def test_a_one_time_link_sets_a_password(open_page: Visitor, language: str) -> None:
    ana = member_exists()
    secret = link_make(installation_principal(), member=ana.pk).secret
    page = open_page(f"/account/link/{secret}", language=language, width=PHONE)
    assert faults(page) == []
    page.locator("#id_new").fill(PASSWORD)
    page.locator("#id_again").fill("another one")
    page.locator("main button[type=submit]").click()
    assert faults(page) == []
    page.locator("#id_new").fill(PASSWORD)
    page.locator("#id_again").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(re.compile("/account/sign-in$"))
    page.goto(f"{open_page.site}/account/link/{secret}")
    assert faults(page) == []


def test_an_administrators_link_is_shown_with_a_button_that_copies_it(open_page: Visitor) -> None:
    admin, ana = member_exists(name="Adela Admin"), member_exists(roles=("analyst",))
    page = open_page(f"/members/{ana.pk}", member=admin, width=PHONE)
    page.get_by_role("button", name="Make a one-time link").click()
    expect(page.locator(".secret code")).to_contain_text(f"{open_page.site}/account/link/")
    assert faults(page) == []


def test_the_way_over_the_provider_is_allowed_by_the_content_policy(open_page: Visitor) -> None:
    member_exists(has_app=True)
    with provider([{"sub": "ana", "email": "ana@fgr.example", "email_verified": True}]) as issuer, trusted(issuer):
        page = open_page("/account/sign-in")
        page.get_by_role("button", name=f"Sign in with {NAME}").click()
        page.get_by_role("button", name="ana").click()
        expect(page).to_have_url(re.compile("/account/sign-in/second-factor$"))
        page.get_by_label("Code").fill(code_now())
        page.get_by_role("button", name="Go on").click()
        expect(page).to_have_url(open_page.site + "/")
        theirs = (issuer, "cdn.jsdelivr.net")
        page.problems[:] = [each for each in page.problems if not any(part in each for part in theirs)]
