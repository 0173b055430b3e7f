"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from cotrace.config import environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cotrace.config.settings")

environment.made_home()
application = get_wsgi_application()
