"""Addresses of single comments and of the comment forms. No cache keeps the personal ones."""

from __future__ import annotations

from django.urls import path, re_path

from comments import account_views, act_views, appeal_views, feed, guest_views, page_views, views

_ID = "(?P<pk>[0-9]{1,18})"

app_name = "comments"
urlpatterns = [
    path("unsubscribe/<str:token>/", account_views.unsubscribe, name="unsubscribe"),
    path("letters/confirm/<str:token>/", guest_views.confirm, name="guest_confirm"),
    path("letters/<str:token>/", guest_views.letters, name="guest_letters"),
    re_path(rf"^{_ID}/$", page_views.place, name="place"),
    re_path(rf"^{_ID}/news/$", page_views.news, name="news"),
    re_path(rf"^{_ID}/feed\.xml$", feed.feed, name="feed"),
    re_path(rf"^{_ID}/recommend/$", act_views.recommend, name="recommend"),
    re_path(rf"^{_ID}/edit/$", act_views.edit, name="edit"),
    re_path(rf"^{_ID}/delete/$", act_views.delete, name="delete"),
    re_path(rf"^{_ID}/mute/$", act_views.mute, name="mute"),
    re_path(rf"^{_ID}/read/$", act_views.read, name="read"),
    re_path(rf"^{_ID}/new/$", views.new, name="new"),
    re_path(rf"^{_ID}/mine/$", views.mine, name="mine"),
    re_path(rf"^{_ID}/reply/$", views.reply, name="reply"),
    re_path(rf"^{_ID}/report/$", views.report, name="report"),
    re_path(rf"^{_ID}/appeal/$", appeal_views.appeal, name="appeal"),
    re_path(rf"^{_ID}/posted/$", views.posted, name="posted"),
]
