"""An OpenID Connect provider as a process of its own on this machine, and the settings that trust it."""

import copy
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx
from django.conf import settings
from django.test import override_settings

NAME = "Agency Login"


@contextmanager
def provider(users: Sequence[dict[str, object]]) -> Iterator[str]:
    """Run a provider that knows these users (claims, `sub` among them); the value is its issuer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    for user in users:
        command += ["--user-claims", json.dumps(user)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://127.0.0.1:{port}"
    try:
        _wait(issuer, process)
        yield issuer
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(issuer: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            httpx.get(f"{issuer}/.well-known/openid-configuration", timeout=5).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the provider did not start")


@contextmanager
def trusted(issuer: str) -> Iterator[None]:
    """Let the site send members to this provider, as COTRACE_OIDC_ISSUER does at its start."""
    providers = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    app = providers["openid_connect"]["APPS"][0]
    app.update(name=NAME, client_id="cotrace", secret="secret")
    app["settings"]["server_url"] = issuer
    policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["form-action"] = ["'self'", issuer]
    with override_settings(
        SOCIALACCOUNT_PROVIDERS=providers,
        CONTENT_SECURITY_POLICY=policy,
        COTRACE_OIDC_ISSUER=issuer,
        COTRACE_OIDC_NAME=NAME,
    ):
        yield
