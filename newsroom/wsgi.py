"""The WSGI entrance, for granian and gunicorn: `newsroom.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django = get_wsgi_application()

from newsroom import page_store  # noqa: E402  # it needs the apps

application = page_store.around(django)
