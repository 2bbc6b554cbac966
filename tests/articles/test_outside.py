"""What the outside is told: each thing once, at its minute, whatever broke in between, and nothing that is not so."""

import hashlib
import hmac
import json
import re
from datetime import timedelta
from itertools import count
from urllib.parse import parse_qs

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from articles import corrections, coverage, publishing, updates
from articles.models import Article
from newsroom import notices, outside
from newsroom.models import Delivery, Endpoint
from tests.articles.coverages import covered, posted, said
from tests.articles.stories import content, draft, live
from tests.factories import ArticleFactory, LiveArticleFactory, SectionFactory
from tests.listening import listening

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LINK = re.compile(r"<atom:link [^>]*>")


@pytest.fixture
def ear(settings):
    with listening() as found:
        settings.OUTGOING_HOSTS = [found.host]
        yield found


@pytest.fixture
def hook(ear):
    return Endpoint.objects.create(name="Partner", url=ear.url)


def told(ear, at=None):
    """The events told by one run at ``at``, in order."""
    before = len(ear.heard)
    outside.deliver_due(at)
    return [json.loads(body)["event"] for _path, _headers, body in ear.heard[before:]]


def states():
    return list(Delivery.objects.order_by("pk").values_list("event", "state"))


def test_publish_update_withdraw_and_kill_are_told_once_each(ear, hook):
    article = live(headline="Boats")
    assert told(ear) == ["published"]
    publishing.save(article=article, content=content(headline="Boats return"), by=None, base=None)
    publishing.update(article=article, by=None)
    corrections.publish(article=article, kind="correction", text="It was Tuesday.", by=None)
    assert told(ear) == ["updated", "updated"]
    publishing.ask_kill(article=article, by=None, note="It was wrong.")
    assert told(ear) == ["withdrawn"]
    publishing.kill(article=article, by=None)
    assert told(ear) == ["killed"]
    killed = json.loads(ear.heard[-1][2])["article"]
    assert killed["sentence"] == "It was wrong."
    assert "headline" not in killed
    assert told(ear) == []


def test_a_webhook_is_signed_over_its_time_and_carries_a_key_that_stays(ear, hook):
    article = live(headline="Boats")
    ear.answers = [503, 200]
    outside.deliver_due()
    outside.deliver_due(timezone.now() + HOUR)
    (path, first, body), (_path, second, _body) = ear.heard
    stamp = first["X-Newsroom-Timestamp"].encode()
    seal = hmac.new(hook.secret.encode(), stamp + b"." + body, hashlib.sha256).hexdigest()
    assert path == "/told?by=us"
    assert first["X-Newsroom-Signature"] == f"sha256={seal}"
    assert first["Idempotency-Key"] == second["Idempotency-Key"] == json.loads(body)["id"]
    assert json.loads(body)["article"]["url"].endswith(article.get_absolute_url())


def test_nothing_is_told_before_its_minute(ear, hook):
    now = timezone.now()
    article = live(at=now + HOUR)
    publishing.set_times(article=article, by=None, embargo_until=now + 3 * HOUR, expires_at=None)
    assert told(ear, now + 3 * HOUR - timedelta(seconds=1)) == []
    Article.objects.filter(pk=article.pk).update(published_at=now - HOUR, embargo_until=now - HOUR)
    assert told(ear, now + 3 * HOUR) == ["published"]


def test_what_is_not_so_at_its_minute_is_not_told(ear, hook):
    article = live(at=timezone.now() + HOUR)
    publishing.unschedule(article=article, by=None)
    hidden = live()
    hidden.section.is_visible = False
    hidden.section.save()
    assert told(ear, timezone.now() + 2 * HOUR) == ["hidden"]  # the section
    assert sorted(states()) == [("hidden", "delivered"), ("published", "dropped"), ("published", "dropped")]


def test_of_an_article_that_readers_never_saw_nothing_is_told(ear, hook):
    article = live(at=timezone.now() + HOUR)
    publishing.withdraw(article=article, by=None, note="Too early.")
    publishing.ask_kill(article=article, by=None, note="It was wrong.")
    publishing.kill(article=article, by=None)
    draft()
    assert told(ear, timezone.now() + 2 * HOUR) == []


def test_an_expiry_is_told_when_it_comes_and_follows_its_change(ear, hook):
    now = timezone.now()
    article = live(expires_at=now + HOUR)
    publishing.set_times(article=article, by=None, embargo_until=None, expires_at=now + 2 * HOUR)
    assert told(ear, now + HOUR) == ["published"]
    Article.objects.filter(pk=article.pk).update(expires_at=now)
    assert told(ear, now + 2 * HOUR) == ["expired"]
    assert told(ear, now + 3 * HOUR) == []


def test_after_two_days_of_downtime_everything_due_is_told_once(ear, hook):
    article = live(headline="Boats")
    publishing.save(article=article, content=content(headline="Boats return"), by=None, base=None)
    updates.schedule_update(article=article, by=None, at=timezone.now() + HOUR)
    Article.objects.filter(pk=article.pk).update(update_at=timezone.now() - timedelta(days=2))
    call_command("upkeep")
    call_command("upkeep")
    assert [json.loads(body)["event"] for _path, _headers, body in ear.heard] == ["published", "updated"]


def test_an_act_that_is_undone_tells_nothing(ear, hook):
    article = draft()

    def publish_and_fail():
        with transaction.atomic():
            publishing.publish(article=article, by=None)
            raise LookupError

    with pytest.raises(LookupError):
        publish_and_fail()
    assert states() == []


def test_a_process_that_died_while_telling_leaves_the_row_to_the_next(ear, hook):
    live()
    row, now = Delivery.objects.select_related("endpoint").get(), timezone.now()
    assert outside._claim(row, now)
    assert not outside._claim(row, now)
    assert told(ear, now) == []
    assert told(ear, now + outside.CLAIMED) == ["published"]


def test_tries_grow_rarer_end_visibly_and_can_be_begun_again(ear, hook, client, administrator):
    live()
    ear.answers = [500]
    now, waits = timezone.now(), []
    for _try in range(outside.MOST):
        outside.deliver_due(now)
        row = Delivery.objects.get()
        waits.append(row.next_try_at - now)
        now = row.next_try_at
    assert waits[:3] == [timedelta(minutes=m) for m in (1, 2, 4)]
    assert max(waits[:-1]) == outside.LONGEST
    assert (row.state, row.last_error, outside.dead()) == ("dead", "HTTP 500", 1)

    client.force_login(administrator)
    assert "1 given up" in client.get("/admin/newsroom/endpoint/").content.decode()
    client.post("/admin/newsroom/delivery/", {"action": "try_again", "_selected_action": str(row.pk)})
    ear.answers = [200]
    assert told(ear) == ["published"]


def test_one_endpoint_that_fails_keeps_no_other_from_being_told(ear, hook):
    Endpoint.objects.create(name="Away", url="http://127.0.0.1:9/")
    Endpoint.objects.create(name="Off", url=ear.url, is_active=False)
    Endpoint.objects.create(name="Kills only", url=ear.url, events=["killed"])
    live()
    assert told(ear) == ["published"]
    assert sorted(state for _event, state in states()) == ["delivered", "waiting"]


def test_a_row_that_cannot_be_said_waits_and_keeps_no_other_from_being_told(ear, hook, monkeypatch):
    broken, well, said = live(), live(), outside._describers[0]

    def describe(row):
        if row.subject == broken.pk:
            raise LookupError("its photo is gone\x00")
        return said(row)

    monkeypatch.setattr(outside, "_describers", [describe])
    now = timezone.now()
    assert told(ear, now) == ["published"]
    row = Delivery.objects.get(subject=broken.pk)
    assert (row.state, row.next_try_at) == ("waiting", now + outside.FIRST)
    assert row.last_error == "LookupError: its photo is gone"
    assert Delivery.objects.get(subject=well.pk).state == "delivered"


def test_each_row_is_told_at_its_own_moment(ear, hook, monkeypatch):
    """However long a run takes: the clock goes on by a minute with each look."""
    live(), live(), live()
    begun, minutes = timezone.now(), count()
    monkeypatch.setattr(outside.timezone, "now", lambda: begun + timedelta(minutes=next(minutes)))
    outside.deliver_due()
    monkeypatch.undo()
    stamps = [int(headers["X-Newsroom-Timestamp"]) for _path, headers, _body in ear.heard]
    decided = Delivery.objects.order_by("decided_at").values_list("decided_at", flat=True)
    assert len(set(stamps)) == len(set(decided)) == 3


def test_hubs_are_told_the_feeds_and_feeds_name_the_hubs(ear, client):
    Endpoint.objects.create(name="Hub", kind="websub", url=ear.url)
    live(tags=["Rivers"])
    outside.deliver_due()
    sent = parse_qs(ear.heard[0][2].decode())
    assert sent["hub.mode"] == ["publish"]
    paths = [url.removeprefix("http://127.0.0.1:8000") for url in sent["hub.url"]]
    assert {"/feeds/all.xml", "/feeds/en.xml", "/feeds/section/news.xml", "/feeds/topic/rivers.xml"} <= set(paths)
    for path in paths:
        answer = client.get(path)
        assert f'<{ear.url}>; rel="hub"' in answer.headers["Link"]
        assert f'href="{ear.url}"' in next(
            link for link in LINK.findall(answer.content.decode()) if 'rel="hub"' in link
        )


def test_posts_that_readers_see_are_told_and_drafts_are_not(ear, hook):
    article = covered()
    told(ear)
    entry = posted(article)
    assert told(ear) == ["updated"]
    draft = coverage.keep_draft(article=article, content=said("<p>Not yet.</p>"), by=None)
    coverage.edit(entry=draft, content=said("<p>Not quite.</p>"), by=None, base=None)
    assert told(ear) == []
    coverage.remove(entry=entry, by=None)
    coverage.end_coverage(article=article, by=None)
    assert told(ear) == ["updated", "updated"]


def test_a_section_hidden_or_shown_is_told_once_with_its_stories_and_no_secret(ear, hook):
    top = SectionFactory(name="World")
    kept = SectionFactory(name="Secret", parent=top, is_visible=False)
    within = SectionFactory(name="Europe", parent=top)
    shown = LiveArticleFactory(section=within)
    LiveArticleFactory(section=kept, headline="Nobody knew")
    ArticleFactory(section=within, state="scheduled")
    told(ear)
    for is_visible, event in ((False, "hidden"), (True, "shown")):
        top.is_visible = is_visible
        top.save()
        assert told(ear) == [event]
        heard = json.loads(ear.heard[-1][2])["section"]
        assert heard["url"].endswith(top.get_absolute_url())
        assert [url.rsplit("-", 1)[1] for url in heard["articles"]] == [f"{shown.pk}/"]
    top.save()
    top.is_visible = False
    top.save()
    top.is_visible = True
    top.save()
    assert told(ear) == ["shown"]


def test_search_engines_get_the_address_and_find_the_key(ear, client):
    endpoint = Endpoint.objects.create(name="Engines", kind="indexnow", url=ear.url)
    article = live()
    outside.deliver_due()
    sent = json.loads(ear.heard[0][2])
    assert sent["urlList"][0].endswith(article.get_absolute_url())
    assert client.get(sent["keyLocation"].removeprefix("http://127.0.0.1:8000")).content.decode() == endpoint.secret
    assert client.get(f"/{'0' * 32}.txt").status_code == 404


def test_loading_what_happened_long_ago_tells_nobody(ear, hook):
    with notices.quietly():
        live()
    assert states() == []


def test_what_was_delivered_is_forgotten_after_some_weeks_and_what_was_given_up_is_not(ear, hook):
    live()
    live()
    outside.deliver_due()
    Delivery.objects.filter(pk=Delivery.objects.first().pk).update(state="dead")
    assert outside.forget_old(timezone.now() + outside.KEPT - HOUR) == 0
    assert outside.forget_old(timezone.now() + outside.KEPT + HOUR) == 1
    assert states() == [("published", "dead")]


FILLED_IN = {"name": "Partner", "kind": "webhook", "events": ["published"], "is_active": "on", "typed_secret": "m" * 16}


def test_the_secret_of_a_webhook_is_typed_replaced_and_never_shown(client, administrator, hook):
    client.force_login(administrator)
    page, sent = f"/admin/newsroom/endpoint/{hook.pk}/change/", {**FILLED_IN, "url": hook.url}

    assert client.post(page, sent).status_code == 302
    assert Endpoint.objects.get().secret == "m" * 16
    client.post(page, {**sent, "typed_secret": ""})
    assert Endpoint.objects.get().secret == "m" * 16
    assert "m" * 16 not in client.get(page).content.decode()
    assert "Type the secret" in client.post("/admin/newsroom/endpoint/add/", {**sent, "typed_secret": ""}).content.decode()  # fmt: skip


def test_a_secret_of_one_kind_is_none_of_another(client, administrator, hook):
    client.force_login(administrator)
    page, sent = f"/admin/newsroom/endpoint/{hook.pk}/change/", {**FILLED_IN, "url": hook.url, "typed_secret": ""}

    client.post(page, {**sent, "kind": "indexnow"})
    key = Endpoint.objects.get().secret
    assert key != hook.secret  # it is shown to the world
    client.post(page, sent)
    assert Endpoint.objects.get().kind == "indexnow"


@pytest.mark.parametrize("url", ["http://example.org/", "https://10.0.0.8/", "https://localhost/"])
def test_an_endpoint_in_a_private_network_is_refused_with_a_sentence(client, administrator, url):
    client.force_login(administrator)
    answer = client.post("/admin/newsroom/endpoint/add/", {**FILLED_IN, "url": url})
    assert answer.status_code == 200
    assert 'class="errorlist"' in answer.content.decode()
    assert not Endpoint.objects.exists()


def test_only_administrators_see_endpoints(client, publisher):
    client.force_login(publisher)
    assert client.get("/admin/newsroom/endpoint/").status_code == 403
    assert client.get("/admin/newsroom/delivery/").status_code == 403
