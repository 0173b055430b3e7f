"""What this room refuses, in words; and what its page and terminal say of a problem's field."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "credentials_wrong": _(
        "That did not open an account. Check the e-mail address and the password. After five wrong tries an account "
        "stays locked for 15 minutes; your agency's administrator can release it sooner."
    ),
    "code_wrong": _("This code is not right, or was used before. Wait for the next one and try again."),
    "second_factor_required": _("Please set up a second factor first. Nothing else opens before that."),
    "passkey_wrong": _("This passkey did not open an account. Try again, or use your password."),
    "provider_wrong": _(
        "The other service did not open an account here. Only members whose verified e-mail address is known to "
        "this installation can enter; your agency's administrator adds members."
    ),
    "app_exists": _("You have an authenticator app already. Remove it before you add another."),
    "factor_incomplete": _("The second factor was not added. Please correct what is marked."),
    "factor_is_last": _("This is your only second factor. Add another one before you remove it."),
    "factor_missing": _("Recovery codes stand in for a second factor. Set one up first."),
    "own_account": _("Nobody changes their own roles or closes their own account. Ask another administrator."),
    "member_incomplete": _("The member was not saved. Please correct what is marked."),
    "address_not_of_agency": _("This address is not under an e-mail domain of your agency. The operator of the installation gives domains."),
    "domain_malformed": _("This is not an e-mail domain. Write it like fgr.example."),
    "domain_taken": _("Another agency has this e-mail domain."),
    "address_in_use": _("Another account has this e-mail address."),
    "role_watches": _(
        "A role that reads or purges your agency's log watches over its administrators. The operator of the installation "
        "gives and takes it."
    ),
    "account_watches": _(
        "This account watches over your agency's administrators. The operator of the installation makes its links, "
        "resets its factors, closes it and opens it again."
    ),
    "role_unknown": _("One of these roles does not exist here."),
    "demo_mark_refused": _(
        "An account can be marked as the demo's only by the demo itself, with an address that ends in .example."
    ),
    "agency_incomplete": _("The agency was not added. Please correct what is marked."),
    "agency_exists": _("An agency with this code exists already."),
    "agency_code_malformed": _("A code has up to 24 letters, digits and dashes."),
    "country_malformed": _("A country is two letters, such as MX or US."),
    "password_unchanged": _("The password was not changed. Please correct what is marked."),
    "password_wrong": _("This is not your present password."),
    "password_too_short": _("Use at least %(minimum)d characters. Several words in a row are good."),
    "password_too_common": _("Many people use this password. Choose one that nobody would guess."),
    "password_too_similar": _("This is too close to your name or address. Choose something else."),
    "password_weak": _("This password is too weak. Choose a longer one."),
    "passwords_differ": _("The two passwords are not the same."),
    "token_incomplete": _("The token was not made. Please correct what is marked."),
    "scope_not_held": _("Choose at least one permission, and only those that you hold."),
    "scope_unknown": _("One of these permissions does not exist here."),
    "days_out_of_range": _("Choose between 1 and %(maximum)d days."),
    "act_session.started": _("signed in"),
    "act_session.ended": _("signed out, or the session was ended"),
    "act_session.refused": _("was refused at sign-in"),
    "act_account.locked": _("the account was locked"),
    "act_account.released": _("ended the lock of an account"),
    "act_address.released": _("ended the lock of a network address"),
    "act_password.changed": _("changed a password"),
    "act_link.made": _("made a one-time link"),
    "act_link.used": _("used a one-time link"),
    "act_factor.added": _("added a second factor"),
    "act_factor.renamed": _("renamed a second factor"),
    "act_factor.removed": _("removed a second factor"),
    "act_factor.reset": _("removed every second factor of a member"),
    "act_recovery_codes.made": _("made recovery codes"),
    "act_provider.tied": _("tied an account to another sign-in service"),
    "act_token.made": _("made a token"),
    "act_token.revoked": _("revoked a token"),
    "act_terminal.approved": _("let a terminal act"),
    "act_terminal.denied": _("refused a terminal"),
    "act_member.added": _("added a member"),
    "act_member.closed": _("closed an account"),
    "act_member.reopened": _("opened an account again"),
    "act_role.given": _("gave a role"),
    "act_role.taken": _("took a role away"),
    "act_roles.loaded": _("loaded the roles"),
    "act_agency.put": _("entered or changed an agency"),
    "act_agency.domain_given": _("gave an e-mail domain to an agency"),
    "terminal_waiting": _("Nobody has approved this terminal yet."),
    "terminal_denied": _("The member refused this terminal. Nothing was given to it."),
    "terminal_code_expired": _("The code ran out after 10 minutes. Run `cotrace login` again."),
}
