"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from cotrace.config import environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cotrace.config.settings")

environment.made_home()
application = get_wsgi_application()

from cotrace.config.safety import require_no_debug, require_proxies  # noqa: E402 - settings load first

require_no_debug()
require_proxies()
