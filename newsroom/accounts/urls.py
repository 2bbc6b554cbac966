"""Addresses of accounts; allauth's own follow."""

from django.urls import include, path

from newsroom.accounts import second_step, views

urlpatterns = [
    path("", views.overview, name="account_overview"),
    path("second-step/", second_step.second_step, name="account_second_step"),
    path("me/", views.state, name="account_state"),
    path("data/", views.data, name="account_data"),
    path("data/my-data.json", views.download, name="account_download"),
    path("delete/", views.delete, name="account_delete"),
    path("", include("allauth.urls")),
]
