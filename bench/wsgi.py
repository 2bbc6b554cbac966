"""The site with bench.urls, for the throughput measurement."""

from django.conf import settings

from newsroom.wsgi import application

settings.ROOT_URLCONF = "bench.urls"
__all__ = ["application"]
