"""Addresses of accounts; allauth's own follow."""

from django.urls import include, path

from newsroom.accounts import views

urlpatterns = [
    path("", views.overview, name="account_overview"),
    path("me/", views.state, name="account_state"),
    path("", include("allauth.urls")),
]
