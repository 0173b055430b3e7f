"""A new password ends everything, also what a stolen session asks for at the same moment."""

import threading
import time

import pytest
from django.test import Client

from cotrace.agencies.models import ApiToken, Member
from cotrace.agencies.selectors.principals import principal_of_member
from cotrace.agencies.services.tokens import token_make, token_revoke
from cotrace.foundation.errors import SignInRequired
from cotrace.foundation.principal import Door
from tests.support.databases import Engine
from tests.support.processes import close_connections
from tests.support.sign_in import PASSWORD, member_exists, signed_in
from tests.support.world import agencies_exist

NEW = "another horse battery staple"
ASKED = {"name": "t", "scopes": ["seizure.read", "token.make"], "days": "365"}


def test_a_token_asked_for_while_the_password_changes_does_not_outlive_it(committed: Engine) -> None:
    agencies_exist()
    member = member_exists("FGR", password=PASSWORD, has_app=True)
    victim, thief = signed_in(Client(), member), signed_in(Client(raise_request_exception=False), member)
    answers: list[int] = []
    is_over = threading.Event()

    def steal() -> None:
        try:
            while not is_over.is_set():
                answers.append(thief.post("/account/tokens", ASKED).status_code)
        finally:
            close_connections()

    stealing = threading.Thread(target=steal)
    stealing.start()
    while not answers:
        time.sleep(0.05)
    changed = victim.post("/account/password", {"old": PASSWORD, "new": NEW, "again": NEW})
    seen = len(answers)
    while len(answers) < seen + 3:
        time.sleep(0.05)
    is_over.set()
    stealing.join()
    assert changed.status_code == 302 and answers[0] != 302 and answers[-1] == 302
    assert not ApiToken.objects.filter(member=member, revoked_at=None).exists()


@pytest.mark.django_db
def test_a_session_that_ended_makes_no_token() -> None:
    agencies_exist()
    member = member_exists("FGR", password=PASSWORD, has_app=True)
    ended = principal_of_member(Member.objects.get(pk=member.pk), door=Door.WEB, session="gone")
    assert ended is not None
    with pytest.raises(SignInRequired):
        token_make(ended, name="x", scopes=["seizure.read"])


@pytest.mark.django_db
def test_a_token_that_was_revoked_makes_no_other() -> None:
    agencies_exist()
    member = member_exists("FGR", password=PASSWORD, has_app=True)
    whole = principal_of_member(Member.objects.get(pk=member.pk), door=Door.TEST)
    assert whole is not None
    first = token_make(whole, name="x", scopes=["token.make", "seizure.read"])
    by_token = principal_of_member(Member.objects.get(pk=member.pk), door=Door.API, session=f"token:{first.id}")
    assert by_token is not None
    assert token_make(by_token, name="y", scopes=["seizure.read"])
    token_revoke(whole, token=first.id)
    with pytest.raises(SignInRequired):
        token_make(by_token, name="z", scopes=["seizure.read"])
