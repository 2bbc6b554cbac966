"""What the tests of comments share: the section as the article's page shows it, and a form filled in."""

import re

from django.template import Context, Template
from django.test import RequestFactory

from articles.models import Article
from comments.forms import new_stamp
from newsroom.models import SiteIdentity


def section(article, query="", **context):
    """The HTML that ``{% comment_section %}`` draws, with one space for every run of white space."""
    fresh = Article.objects.select_related("section").get(pk=article.pk)
    request = RequestFactory().get(f"/{query}")
    page = Template("{% load comments %}{% comment_section article %}")
    html = page.render(Context({"article": fresh, "request": request, **context}))
    return re.sub(r"\s+", " ", html)


def words(html):
    """What a reader sees of it, one space between words."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def post(client, path, **fields):
    """Sends the form at ``path`` as a browser would that had it open for a minute."""
    return client.post(path, {"opened": stamp(), "body": "Who did the sum?", **fields})


def stamp(seconds=60):
    """The form's stamp, as old as that."""
    from django.core import signing
    from django.utils import timezone

    from comments.forms import STAMP_SALT

    return signing.dumps(timezone.now().timestamp() - seconds, salt=STAMP_SALT) if seconds else new_stamp()


def site(**fields):
    """The site's row with these fields."""
    row = SiteIdentity.load()
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row
