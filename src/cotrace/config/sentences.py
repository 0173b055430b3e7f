"""What the operator's commands refuse, in words."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "database_unready": _(
        "The database does not answer or is not up to date. Run `cotrace migrate`, and check COTRACE_DATABASE_URL."
    ),
    "database_out_of_reach": _(
        "The database is out of reach, or its disk is full. What you sent was not saved, and nothing was written by halves."
    ),
    "debug_refused": _(
        "COTRACE_DEBUG=yes shows settings and records to every visitor, so only the demo starts with it. Unset it."
    ),
    "home_writable": _(
        "Other accounts of this machine may write into %(home)s. Close it with chmod 700, or set COTRACE_HOME elsewhere."
    ),
    "proxies_missing": _(
        "COTRACE_HTTPS=yes needs a proxy that speaks TLS before the site. Set COTRACE_PROXIES to how many there are, "
        "usually 1: without it every visitor has the proxy's address, and a stranger's wrong tries lock everybody out."
    ),
    "act_work.retried": _("let what the worker had given up be tried anew"),
    "listener_not_started": _("The connector “%(name)s” does not listen. Read what it said above."),
    "port_taken": _("Another program listens on port %(port)s. End it, or choose another port with --port."),
}
