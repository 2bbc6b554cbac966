"""Whatever people do, in whatever order, the promises hold: tried with sequences of acts by people of every kind."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import archive, calendar, corrections, locking, publishing, rights, sharing, updates
from articles.acts import ActRefused
from articles.content import Content
from articles.models import Article, EditorialAct, Revision
from newsroom.models import Delivery, Endpoint
from tests.articles.stories import content, person

pytestmark = pytest.mark.django_db
ROLES = ("Reporter", "Editor", "Editor", "Publisher", "Publisher", "Photo editor", None)
HOUR = timedelta(hours=1)
TABLE = {**updates.TRANSITIONS, **publishing.TRANSITIONS}


def ahead(hours=1):
    return timezone.now() + hours * HOUR


def write(article, by, number, *, auto=False):
    said = content(headline=f"Version {number}", body=f"<p>Text {number}.</p>")
    publishing.save(article=article, content=said, by=by, base=None, auto=auto)


def times(article, by, number, **given):
    given = {"embargo_until": article.embargo_until, "expires_at": article.expires_at, **given}
    publishing.set_times(article=article, by=by, note="For a reason.", **given)


def plain(act, module=publishing, **given):
    return lambda article, by, number: getattr(module, act)(article=article, by=by, **given)


NOTE = {"note": "For a reason."}
DEEDS = {
    "write": write,
    "write by itself": lambda a, by, n: write(a, by, n, auto=True),
    "submit": plain("submit"),
    "ask_changes": plain("ask_changes", **NOTE),
    "approve": plain("approve"),
    "publish": plain("publish"),
    "schedule": lambda a, by, n: publishing.publish(article=a, by=by, at=ahead()),
    "reschedule": lambda a, by, n: calendar.reschedule(article=a, by=by, at=ahead(2)),
    "unschedule": plain("unschedule"),
    "update": plain("update"),
    "minor update": plain("update", material=False),
    "submit_update": plain("submit_update", updates),
    "approve_update": plain("approve_update", updates),
    "ask_update_changes": plain("ask_update_changes", updates, **NOTE),
    "schedule update": lambda a, by, n: updates.schedule_update(article=a, by=by, at=ahead()),
    "reschedule update": lambda a, by, n: updates.reschedule_update(article=a, by=by, at=ahead(2)),
    "cancel_update": plain("cancel_update", updates),
    "time passes": lambda a, by, n: updates.apply_due(ahead(2)),
    "withdraw": plain("withdraw", **NOTE),
    "ask_kill": plain("ask_kill", **NOTE),
    "refuse_kill": plain("refuse_kill"),
    "kill": plain("kill"),
    "trash": plain("trash"),
    "restore": plain("restore"),
    "lock": plain("lock", locking, **NOTE),
    "unlock": plain("unlock", locking),
    "embargo": lambda a, by, n: times(a, by, n, embargo_until=ahead()),
    "break embargo": lambda a, by, n: times(a, by, n, embargo_until=None),
    "let expire": lambda a, by, n: times(a, by, n, expires_at=ahead(5)),
    "correct": lambda a, by, n: corrections.publish(article=a, kind="correction", text=f"Wrong: {n}.", by=by),
    "share": lambda a, by, n: sharing.share(article=a, revision=a.latest_revision, by=by, days=1, **NOTE),
}
STEPS = 60


def any_deed(chance, article, who):
    """A deed that the desk offers to ``who``, or, as often, any."""
    offered = [name for module in (publishing, updates, locking) for name in module.available_acts(article, who)]
    return chance.choice(offered if offered and chance.random() < 0.5 else list(DEEDS))


def row(article):
    return Article.objects.values().get(pk=article.pk)


def check_act(act):
    """The act went by the table, and who did it had the right."""
    step = TABLE.get(act.act)
    if act.act in publishing.TRANSITIONS:
        assert act.from_status in step.sources
        assert act.to_status == step.target
    else:
        assert act.from_status == act.to_status
    if step is not None and act.by is not None:
        assert act.by.has_perm(step.permission)
        assert rights.may(act.by, step.permission)


def check_article(article, texts):
    """What holds at every moment of an article's life."""
    now = timezone.now()
    is_public = Article.objects.public(now).filter(pk=article.pk).exists()
    assert is_public == article.is_public(now)
    if is_public:
        assert article.status == "live"
        assert not article.embargo_holds
    if article.status == "live":
        shown = Content.from_json(article.live_revision.content)
        assert (article.headline, article.body) == (shown.headline, shown.body)
    for number, text in Revision.objects.filter(article=article, is_autosave=False).values_list("number", "content"):
        assert texts.setdefault(number, text) == text
    told = set(Delivery.objects.filter(subject=article.pk, state="waiting").values_list("event", flat=True))
    assert article.status == "live" or not told & {"published", "updated", "expired"}


def check_archive(article):
    """The chain is whole, and says of the article what its row does."""
    assert [faults for _number, faults in archive.check() if faults] == []
    entry = archive.in_force(article.pk, timezone.now())
    if entry is None:
        assert not article.acts.filter(to_status="live").exists()
    elif article.status in {"live", "killed", "withdrawn"}:
        said = archive.content_of(entry)
        assert said["state"] == article.status
        assert article.status != "live" or said["content"]["headline"] == article.headline


@pytest.mark.parametrize("seed", range(5))
def test_no_sequence_of_acts_breaks_a_promise(client, seed):
    Endpoint.objects.create(name="Partner", url="https://partner.example.org/")
    chance, people = random.Random(seed), [person(role) for role in ROLES]
    article = publishing.create(content=content(), by=people[0])
    texts, seen = {}, article.acts.get().pk
    for number in range(1, STEPS + 1):
        before, who = row(article), chance.choice(people)
        try:
            DEEDS[any_deed(chance, article, who)](Article.objects.get(pk=article.pk), who, number)
        except ActRefused:
            assert row(article) == before
        article = Article.objects.get(pk=article.pk)
        for act in EditorialAct.objects.filter(article=article, pk__gt=seen).order_by("pk"):
            check_act(act)
            seen = act.pk
        if before["locked_at"] and article.locked_at:
            assert (article.headline, article.latest_revision_id) == (before["headline"], before["latest_revision_id"])
        check_article(article, texts)
    check_archive(article)
    expected = 200 if article.is_public() else 410 if article.status == "killed" else 404
    assert client.get(article.get_absolute_url()).status_code == expected
    assert article.acts.count() > STEPS / 5  # it was no row of refusals
