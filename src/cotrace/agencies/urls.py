"""Addresses of signing in, of one's own account, and of an agency's members.

Of django-allauth only the routes that are named here exist. Its names stay where allauth itself looks them up.
"""

from django.urls import path

from cotrace.agencies.views import account, factors, members, sign_in, terminals

urlpatterns = [
    path("account/sign-in", sign_in.sign_in, name="account_login"),
    path("account/sign-in/second-factor", sign_in.second_factor, name="mfa_authenticate"),
    path("account/sign-in/passkey", sign_in.passkey_sign_in, name="mfa_login_webauthn"),
    path(
        "account/sign-in/provider/<slug:provider_id>", sign_in.provider_sign_in, name="openid_connect_login"
    ),
    path(
        "account/sign-in/provider/<slug:provider_id>/back",
        sign_in.provider_back,
        name="openid_connect_callback",
    ),
    path("account/sign-out", sign_in.sign_out, name="account_logout"),
    path("account/link", sign_in.link_password, name="account_link_use"),
    path("account/link/<str:secret>", sign_in.link, name="account_link"),
    path("account/again", factors.password_again, name="account_reauthenticate"),
    path("account/again/code", factors.code_again, name="mfa_reauthenticate"),
    path("account/again/passkey", factors.passkey_again, name="mfa_reauthenticate_webauthn"),
    path("account/set-up", factors.set_up, name="account_set_up"),
    path("account/factors", factors.factors, name="account_factors"),
    path("account/factors/app", factors.app, name="account_app_add"),
    path("account/factors/app/picture", factors.app_picture, name="account_app_picture"),
    path("account/factors/passkey", factors.passkey, name="account_passkey_add"),
    path("account/factors/<str:key>/name", factors.passkey_name, name="account_passkey_rename"),
    path("account/factors/<str:key>/remove", factors.remove, name="account_factor_remove"),
    path("account/factors/recovery-codes", factors.recovery_codes, name="account_recovery_codes"),
    path("account/", account.overview, name="account"),
    path("account/password", account.password, name="account_password"),
    path("account/sessions", account.sessions, name="account_sessions"),
    path("account/sessions/end-others", account.sessions_end, name="account_sessions_end"),
    path("account/sessions/extend", account.session_extend, name="account_session_extend"),
    path("account/sessions/<slug:session>/end", account.session_end, name="account_session_end"),
    path("account/tokens", account.tokens, name="account_tokens"),
    path("account/tokens/<uuid:token>/revoke", account.token_end, name="account_token_revoke"),
    path("account/terminal", terminals.terminal, name="account_terminal"),
    path("account/terminal/decide", terminals.terminal_decide, name="account_terminal_decide"),
    path("members/", members.members, name="member_list"),
    path("members/add", members.add, name="member_add"),
    path("members/<uuid:member>", members.member, name="member_detail"),
    path("members/<uuid:member>/roles", members.roles, name="member_roles"),
    path("members/<uuid:member>/link", members.link, name="member_link"),
    path("members/<uuid:member>/release", members.release, name="member_release"),
    path("members/<uuid:member>/factors", members.factors_reset, name="member_factors_reset"),
    path("members/<uuid:member>/close", members.close, name="member_close"),
    path("members/<uuid:member>/reopen", members.reopen, name="member_reopen"),
]
