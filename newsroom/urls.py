"""Every address of the site. The articles' own come last: they take any path that is left."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/site-at/", include("articles.site_at")),
    path("admin/", admin.site.urls),
    path("accounts/", include("comments.account_urls")),
    path("accounts/", include("newsroom.accounts.urls")),
    path("", include("newsroom.site_urls")),
    path("comments/", include("comments.urls")),
    path("", include("comments.public_urls")),
    path("", include("media.urls")),
    path("", include("articles.search.urls")),
    path("", include("articles.syndication.urls")),
    path("", include("articles.urls")),
]
handler400 = "newsroom.views.bad_request"
handler403 = "newsroom.views.forbidden"
handler404 = "newsroom.views.not_found"
handler500 = "newsroom.views.server_error"
