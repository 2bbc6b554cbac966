"""Addresses of photos, streams and uploaded files."""

from django.urls import include, path, re_path

from media import views

photos = (
    [
        re_path(
            r"^(?P<pk>[1-9]\d{0,17})/(?P<token>[0-9a-f]{24})/(?P<file>[0-9a-z.-]{6,20})$",
            views.rendition,
            name="rendition",
        ),
    ],
    "photos",
)
streams = (
    [
        path("live/", views.live, name="live"),
        path("audio/", views.audio, name="audio"),
    ],
    "streams",
)

urlpatterns = [
    path("photos/", include(photos)),
    path("", include(streams)),
    re_path(r"^uploads/(?P<path>.+)$", views.upload, name="upload"),
]
