"""Whatever people do, in whatever order, the promises hold: tried with sequences of acts by people of every kind."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from articles import archive, calendar, corrections, locking, publishing, rights, sharing, updates
from articles.acts import ActRefused
from articles.content import Content
from articles.models import Article, EditorialAct, Revision
from newsroom.models import Delivery, Endpoint
from tests.articles.stories import content, person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
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
LIVES, STEPS = 6, 60
ENDINGS = {"withdraw", "ask_kill", "kill", "trash", "lock", "unschedule"}  # one pick in four: lives shall be long
PICKS = 1000


def any_deed(pick, article, who, *, offered):
    """A deed that the desk offers to ``who`` (if ``offered``), or any. Number 0 is the simplest."""
    modules = (publishing, updates, locking) if offered else ()
    names = [name for module in modules for name in module.available_acts(article, who)] or list(DEEDS)
    if pick < PICKS * 3 // 4:
        names = [name for name in names if name not in ENDINGS] or names
    return DEEDS[names[pick % len(names)]]


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


class Life(RuleBasedStateMachine):
    """One article from its first word on, among ``people``. What a life wrote is gone after it."""

    people: list = []
    client = None

    def __init__(self):
        super().__init__()
        self.written = transaction.atomic()
        self.written.__enter__()
        self.article = publishing.create(content=content(), by=self.people[0])
        self.texts, self.seen, self.number = {}, self.article.acts.get().pk, 0

    @rule(who=st.integers(0, len(ROLES) - 1), pick=st.integers(0, PICKS - 1), offered=st.booleans())
    def somebody_acts(self, who, pick, offered):
        person, before, self.number = self.people[who], row(self.article), self.number + 1
        deed = any_deed(pick, self.article, person, offered=offered)
        try:
            deed(Article.objects.get(pk=self.article.pk), person, self.number)
        except ActRefused:
            assert row(self.article) == before
        article = self.article = Article.objects.get(pk=self.article.pk)
        for act in EditorialAct.objects.filter(article=article, pk__gt=self.seen).order_by("pk"):
            check_act(act)
            self.seen = act.pk
        if before["locked_at"] and article.locked_at:
            assert (article.headline, article.latest_revision_id) == (before["headline"], before["latest_revision_id"])
        check_article(article, self.texts)

    def teardown(self):
        try:
            check_archive(self.article)
            expected = 200 if self.article.is_public() else 410 if self.article.status == "killed" else 404
            assert self.client.get(self.article.get_absolute_url()).status_code == expected
            lived.append(self.article.acts.count())
        finally:
            transaction.set_rollback(True)
            self.written.__exit__(None, None, None)


lived: list = []  # how many acts each life had


def test_no_sequence_of_acts_breaks_a_promise(client, monkeypatch):
    """A sequence that breaks one is cut down to the fewest acts before it is shown."""
    Endpoint.objects.create(name="Partner", url="https://partner.example.org/")
    monkeypatch.setattr(Life, "people", [person(role) for role in ROLES])
    monkeypatch.setattr(Life, "client", client)
    lived.clear()
    run_state_machine_as_test(Life, settings=settings(max_examples=LIVES, stateful_step_count=STEPS))
    assert sum(lived) > LIVES * STEPS / 5  # they were no rows of refusals
