"""The desk in the place of Django's admin site. Apart from apps.py, since Django reads that file for one app only."""

from django.contrib.admin.apps import AdminConfig


class NewsroomAdminConfig(AdminConfig):
    default_site = "newsroom.admin_site.NewsroomAdminSite"
