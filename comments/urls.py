"""Addresses of the comment forms. None of these pages is kept by any cache."""

from __future__ import annotations

from django.urls import re_path

from comments import views

_ID = "(?P<pk>[0-9]{1,18})"

app_name = "comments"
urlpatterns = [
    re_path(rf"^{_ID}/new/$", views.new, name="new"),
    re_path(rf"^{_ID}/mine/$", views.mine, name="mine"),
    re_path(rf"^{_ID}/reply/$", views.reply, name="reply"),
    re_path(rf"^{_ID}/report/$", views.report, name="report"),
    re_path(rf"^{_ID}/posted/$", views.posted, name="posted"),
]
