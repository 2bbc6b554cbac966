"""Addresses of feeds, sitemaps and robots.txt."""

from django.conf import settings
from django.urls import path, re_path

from articles.syndication import feeds, robots, sitemaps

_codes = "|".join(code for code, _name in settings.LANGUAGES)

app_name = "feeds"
urlpatterns = [
    path("feeds/all.xml", feeds.site, name="site"),
    re_path(rf"^feeds/(?P<language>{_codes})\.xml$", feeds.site, name="language"),
    path("feeds/section/<path:path>.xml", feeds.section, name="section"),
    path("feeds/topic/<str:slug>.xml", feeds.topic, name="topic"),
    path("feeds/author/<str:slug>.xml", feeds.author, name="author"),
    path("corrections/feed.xml", feeds.corrections, name="corrections"),
    path("sitemap.xml", sitemaps.index, name="sitemap_index"),
    path("sitemaps/pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemaps/topics.xml", sitemaps.topics, name="sitemap_topics"),
    path("sitemaps/authors.xml", sitemaps.authors, name="sitemap_authors"),
    path("sitemaps/news.xml", sitemaps.news, name="sitemap_news"),
    re_path(r"^sitemaps/articles-(?P<number>[0-9]{1,12})\.xml$", sitemaps.articles, name="sitemap_articles"),
    path("robots.txt", robots.robots, name="robots"),
]
