"""Addresses of articles, sections, topics and authors. Included last: sections may have any path that is left."""

from django.conf import settings
from django.urls import path, re_path

from articles import views

_codes = "|".join(code for code, _name in settings.LANGUAGES)

app_name = "articles"
urlpatterns = [
    path("", views.home, name="home"),
    re_path(rf"^(?P<language>{_codes})/$", views.home, name="home_language"),
    path("corrections/", views.corrections, name="corrections"),
    re_path(rf"^(?P<language>{_codes})/corrections/$", views.corrections, name="corrections_language"),
    re_path(r"^report-error/(?P<pk>[0-9]{1,18})/$", views.report_error, name="report_error"),
    path("topics/<str:slug>/", views.topic, name="topic"),
    path("authors/<str:slug>/", views.author, name="author"),
    re_path(r"^live-posts/(?P<pk>[0-9]{1,18})/$", views.live_posts, name="live_posts"),
    re_path(r"^(?P<path>[^?#]+)/(?P<slug>[^/]*)-(?P<pk>[0-9]{1,18})/changes/$", views.changes, name="changes"),
    re_path(r"^(?P<path>[^?#]+)/(?P<slug>[^/]*)-(?P<pk>[0-9]{1,18})/$", views.detail, name="detail"),
    path("<path:path>/", views.section, name="section"),
]
