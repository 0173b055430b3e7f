"""What the operator's commands refuse, in words."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "database_unready": _(
        "The database does not answer or is not up to date. Run `cotrace migrate`, and check COTRACE_DATABASE_URL."
    ),
    "act_work.retried": _("let what the worker had given up be tried anew"),
    "listener_not_started": _("The connector “%(name)s” does not listen. Read what it said above."),
    "port_taken": _("Another program listens on port %(port)s. End it, or choose another port with --port."),
}
