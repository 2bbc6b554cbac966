"""The pages of an account that are about comments."""

from django.urls import path

from comments import account_views

urlpatterns = [
    path("comments/", account_views.comments, name="account_comments"),
    path("notices/", account_views.notices, name="account_notices"),
    path("muted/", account_views.muted, name="account_muted"),
]
