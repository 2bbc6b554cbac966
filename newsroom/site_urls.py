"""Addresses of the installation itself."""

from django.urls import path, re_path

from newsroom import app_views, health, views

urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    re_path(r"^(?P<key>[0-9a-f]{32})\.txt$", views.indexnow_key, name="indexnow_key"),
    path("healthz", health.healthz, name="healthz"),
    path("manifest.webmanifest", app_views.manifest, name="manifest"),
    path("offline/", app_views.offline, name="offline"),
    path("sw.js", app_views.service_worker, name="service_worker"),
    path("readyz", health.readyz, name="readyz"),
]
