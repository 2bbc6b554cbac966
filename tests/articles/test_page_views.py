"""Page views: counted once, without cookies, of people, and of what is public."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import page_views, publishing
from articles.models import PageViews
from newsroom import visitors
from newsroom.caches import readings
from tests.factories import ArticleFactory, LiveArticleFactory, SectionFactory

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _nothing_gathered():
    page_views._gathered.take()


def read(client, article, *, address="192.0.2.1", agent=BROWSER, **headers):
    return client.post(
        f"/seen/{article.pk}/", REMOTE_ADDR=address, headers={"User-Agent": agent, "Sec-Fetch-Site": "same-origin", **headers}
    )  # fmt: skip


def counted(article):
    page_views.write()
    return sum(PageViews.objects.filter(article=article).values_list("count", flat=True))


def test_a_reading_counts_once_a_reader(client):
    article = LiveArticleFactory()
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        answer = read(client, article, address=address)
        assert (answer.status_code, answer.cookies) == (204, {})
    assert counted(article) == 2


def test_a_page_without_scripts_asks_for_a_picture_and_counts_once(client):
    article = LiveArticleFactory()
    address = f"/seen/{article.pk}/"
    assert (
        f'<noscript><img src="{address}" alt="" hidden></noscript>'
        in client.get(article.get_absolute_url()).content.decode()
    )
    headers = {"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "image"}
    for _n in range(2):
        answer = client.get(address, REMOTE_ADDR="192.0.2.1", headers=headers)
        assert (answer.status_code, answer.content, answer.cookies) == (204, b"", {})
        assert "no-store" in answer["Cache-Control"]
    read(client, article, address="192.0.2.1")
    assert counted(article) == 1


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Dest": "document"}, {"User-Agent": "Googlebot-Image/1.0"}],
)
def test_a_picture_that_no_page_of_the_site_asks_for_counts_nothing(client, headers):
    article = LiveArticleFactory()
    asked = {"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "image", **headers}
    assert client.get(f"/seen/{article.pk}/", headers=asked).status_code == 204
    client.head(f"/seen/{article.pk}/", headers={"User-Agent": BROWSER})
    assert counted(article) == 0


def test_no_address_counts_without_end_and_an_ipv6_customer_is_one(client):
    articles = LiveArticleFactory.create_batch(3, section=SectionFactory())
    for number, address in enumerate(("2001:db8::1", "2001:db8::2:1", "2001:db8:0:1::1")):
        read(client, articles[0], address=address)
        assert counted(articles[0]) == (1, 1, 2)[number]
    for _n in range(page_views.MOST_OF_READER):
        read(client, articles[1], address="192.0.2.1")
    read(client, articles[2], address="192.0.2.1")
    assert (counted(articles[1]), counted(articles[2])) == (1, 0)
    assert len(readings._cache) <= page_views.MOST_OF_READER + 6


def test_readings_push_no_rate_and_no_proof_out(client):
    article = LiveArticleFactory()
    assert visitors.is_within_rate("somebody", most=1, seconds=60)
    for number in range(400):
        read(client, article, address=f"192.0.{number // 250}.{number % 250}")
    assert not visitors.is_within_rate("somebody", most=1, seconds=60)


@pytest.mark.parametrize(
    "agent", ["", "Googlebot/2.1 (+http://www.google.com/bot.html)", "curl/8.5", "HeadlessChrome/147"]
)
def test_machines_do_not_count(client, agent):
    article = LiveArticleFactory()
    read(client, article, agent=agent)
    assert counted(article) == 0


def test_another_site_cannot_count(client):
    article = LiveArticleFactory()
    read(client, article, **{"Sec-Fetch-Site": "cross-site"})
    assert counted(article) == 0


def test_what_is_not_public_or_not_there_counts_nothing(client):
    draft = ArticleFactory()
    assert read(client, draft).status_code == client.post("/seen/999999999999999999/").status_code == 204
    assert counted(draft) == 0


def test_gathering_costs_no_query_and_writing_adds_up(client, django_assert_num_queries):
    article = LiveArticleFactory()
    with django_assert_num_queries(0):
        for last in range(1, 6):
            read(client, article, address=f"192.0.2.{last}")
    assert counted(article) == 5
    read(client, article, address="192.0.2.9")
    assert counted(article) == 6 and PageViews.objects.count() <= 2


def test_old_hours_become_days_and_keep_their_sum():
    article, now = LiveArticleFactory(), timezone.now()
    for hours in range(0, 24 * 6, 5):
        PageViews.objects.create(article=article, at=now - timedelta(hours=hours), count=2)
    before = counted(article)
    page_views.compact(now)
    page_views.compact(now)
    assert counted(article) == before
    old = PageViews.objects.filter(at__lt=now - timedelta(days=4))
    assert old.count() == len({timezone.localdate(row.at) for row in old})


def test_most_read_names_public_stories_in_their_order(client):
    section = SectionFactory()
    first, second, gone = (LiveArticleFactory(section=section) for _n in range(3))
    for article, count in ((first, 9), (second, 5), (gone, 99)):
        PageViews.objects.create(article=article, at=timezone.now() - timedelta(hours=1), count=count)
    publishing.withdraw(article=gone, by=None, note="Wrong.")
    LiveArticleFactory.create_batch(5, section=section)
    assert page_views.most_read("en", at=timezone.now(), number=5) == [first, second]
    assert "Most read" in client.get(section.get_absolute_url()).content.decode()


def test_one_story_is_no_ranking(client):
    article = LiveArticleFactory()
    PageViews.objects.create(article=article, at=timezone.now() - timedelta(hours=1), count=9)
    assert "Most read" not in client.get("/").content.decode()


def test_the_desk_shows_days_sections_and_articles(client, editor):
    article = LiveArticleFactory(headline="The river rose", section=SectionFactory(name="Rivers"))
    PageViews.objects.create(article=article, at=timezone.now(), count=1234)
    client.force_login(editor)
    page = client.get("/admin/articles/article/readings/").content.decode()
    assert "Rivers" in page and "The river rose" in page and "1234" in page
    assert "The river rose" in client.get(f"/admin/articles/article/readings/?article={article.pk}").content.decode()
    assert client.get("/admin/articles/article/readings/?article=x").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_write_at_once_lose_nothing():
    article, at = LiveArticleFactory(), timezone.now()

    def one():
        from django.db import connection

        for _n in range(20):
            gathered = page_views._Gathered()
            gathered.add(article.pk, at)
            page_views.store(gathered.take())
        connection.close()

    threads = [threading.Thread(target=one) for _n in range(3)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert counted(article) == 60
