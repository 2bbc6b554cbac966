"""Addresses of articles, sections, topics and authors. Included last: sections may have any path that is left."""

from django.conf import settings
from django.urls import path, re_path

from articles import views

_codes = "|".join(code for code, _name in settings.LANGUAGES)
_edition = f"(?P<language>{_codes})/"
_dates = ("(?P<year>[0-9]{4})/", "(?P<month>[0-9]{2})/", "(?P<day>[0-9]{2})/")
_spans = ["".join(_dates[:parts]) for parts in (0, 1, 2, 3)]

_ARTICLE = "(?P<path>[^?#]+)/(?P<slug>[^/]*)-(?P<pk>[0-9]{1,18})/"

app_name = "articles"
urlpatterns = [
    path("", views.home, name="home"),
    re_path(rf"^(?P<language>{_codes})/$", views.home, name="home_language"),
    path("corrections/", views.corrections, name="corrections"),
    re_path(rf"^(?P<language>{_codes})/corrections/$", views.corrections, name="corrections_language"),
    path("galleries/", views.galleries, name="galleries"),
    re_path(rf"^{_edition}galleries/$", views.galleries, name="galleries_language"),
    re_path(r"^report-error/(?P<pk>[0-9]{1,18})/$", views.report_error, name="report_error"),
    path("accounts/reading/", views.reading_list, name="reading_list"),
    re_path(r"^accounts/reading/story/(?P<pk>[0-9]{1,18})/$", views.save_article, name="save_article"),
    path("accounts/reading/topic/<str:slug>/", views.follow_topic, name="follow_topic"),
    *(re_path(rf"^archive/{span}$", views.archive, name="archive") for span in _spans),
    *(re_path(rf"^{_edition}archive/{span}$", views.archive, name="archive_language") for span in _spans),
    path("newsletter/", views.newsletter, name="newsletter"),
    re_path(rf"^{_edition}newsletter/$", views.newsletter, name="newsletter_language"),
    path("newsletter/confirm/<str:token>/", views.newsletter_confirm, name="newsletter_confirm"),
    path("newsletter/leave/<str:token>/", views.newsletter_leave, name="newsletter_leave"),
    path("text/", views.text_front, name="text"),
    re_path(rf"^text/{_edition}$", views.text_front, name="text_language"),
    re_path(rf"^text/{_ARTICLE}$", views.text_article, name="text_article"),
    path("text/<path:path>/", views.text_section, name="text_section"),
    re_path(r"^preview/(?P<token>[A-Za-z0-9_-]{20,100})/$", views.shared, name="shared"),
    re_path(r"^cards/(?P<pk>[0-9]{1,18})-(?P<token>[0-9a-f]{16})\.png$", views.share_card, name="share_card"),
    path("topics/<str:slug>/", views.topic, name="topic"),
    path("authors/<str:slug>/", views.author, name="author"),
    re_path(r"^seen/(?P<pk>[0-9]{1,18})/$", views.seen, name="seen"),
    re_path(r"^live-posts/(?P<pk>[0-9]{1,18})/$", views.live_posts, name="live_posts"),
    re_path(rf"^{_ARTICLE}changes/$", views.changes, name="changes"),
    re_path(rf"^{_ARTICLE}$", views.detail, name="detail"),
    path("<path:path>/", views.section, name="section"),
]
