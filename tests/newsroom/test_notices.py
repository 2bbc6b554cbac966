"""Notices: told once, kept on the desk, sent by mail once to who wants it, and only to who may know."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from articles import assignments, publishing
from newsroom import notices
from newsroom.models import Notice
from tests.factories import ArticleFactory, AssignmentFactory, BylineFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST, SETTINGS = "/admin/notices/", "/admin/notices/settings/"


def tell(*people, by=None, key="k", kind="mention", **given):
    return notices.tell(people, kind, key=key, by=by, **{"about": "The ferry", "url": "/admin/", **given})


def kinds_of(person):
    return sorted(Notice.objects.filter(person=person).values_list("kind", flat=True))


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_letter_goes_out_after_the_commit_and_once(reporter, editor, after_commit):
    with after_commit():
        tell(reporter, by=editor)
        tell(reporter, by=editor)
        assert mail.outbox == []
    notice = Notice.objects.get()

    assert [letter.to for letter in mail.outbox] == [[reporter.email]]
    assert mail.outbox[0].subject == f"{editor.display_name} mentions you: The ferry"
    assert SETTINGS in mail.outbox[0].body
    assert notice.sent_at is not None
    assert not notices.deliver(notice.pk)
    call_command("send_notices", verbosity=0)
    assert len(mail.outbox) == 1


def test_what_a_crash_left_is_sent_later_and_once(reporter, capsys):
    tell(reporter)  # its commit hook never runs here: the process died
    call_command("send_notices")
    call_command("send_notices")

    assert capsys.readouterr().out == "1 sent, 0 failed.\n0 sent, 0 failed.\n"
    assert len(mail.outbox) == 1


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


def test_a_refused_letter_stays_unsent_and_hinders_nobody(reporter, editor, settings, after_commit, capsys):
    settings.EMAIL_BACKEND = "tests.newsroom.test_notices.Refusing"
    with after_commit():
        tell(reporter)
    tell(editor)
    call_command("send_notices")
    assert capsys.readouterr().out == "0 sent, 2 failed.\n"
    assert Notice.objects.filter(sent_at__isnull=True).count() == 2

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("send_notices")
    assert len(mail.outbox) == 2


def test_a_letter_carries_the_same_number_each_time(reporter):
    notice = tell(reporter)[0]

    assert notices._letter(notice).extra_headers == notices._letter(notice).extra_headers
    assert notices._letter(notice).extra_headers["Message-ID"].startswith("<notice-")


def test_nobody_is_told_what_they_did_or_may_not_know(reporter, reader):
    gone = UserFactory(role="Reporter", is_active=False)
    moderator = UserFactory(role="Moderator")
    tell(reporter, reader, gone, by=reporter)
    tell(moderator, kind="assigned", key="other")

    assert not Notice.objects.exists()


def test_who_left_gets_no_letter(reporter):
    tell(reporter)
    reporter.is_active = False
    reporter.save()
    call_command("send_notices", verbosity=0)

    assert mail.outbox == []


def test_without_an_address_nothing_is_sent_but_the_desk_knows():
    person = UserFactory(role="Reporter", email="")
    tell(person)
    call_command("send_notices", verbosity=0)

    assert (mail.outbox, notices.unread(person)) == ([], 1)


def test_each_person_chooses(client, reporter):
    client.force_login(reporter)
    assert client.post(SETTINGS, {"by_mail": ["progress", "review", "nonsense"]}).status_code == 302

    assert notices.wanted(reporter) == {
        "mention": False,
        "answer": False,
        "assigned": False,
        "changes": False,
        "stale": False,
        "progress": True,
    }
    tell(reporter)
    tell(reporter, kind="progress", key="p")
    assert list(Notice.objects.order_by("pk").values_list("by_mail", flat=True)) == [False, True]


def test_review_is_offered_to_editors_only(client, reporter, editor):
    for person, is_offered in [(reporter, False), (editor, True)]:
        client.force_login(person)
        assert ("review" in [row["kind"].code for row in client.get(SETTINGS).context["rows"]]) == is_offered


def test_the_list_is_ones_own_and_counts_down(client, reporter, editor):
    client.force_login(reporter)
    mine = [tell(reporter, key=str(number))[0] for number in range(3)]
    theirs = tell(editor)[0]
    assert client.get("/admin/").context["desk_unread"] == 3

    client.post(LIST, {"notice": mine[0].pk})
    client.post(LIST, {"notice": theirs.pk})
    assert (notices.unread(reporter), notices.unread(editor)) == (2, 1)
    client.post(LIST, {"notice": "9" * 40})
    client.post(LIST, {"notice": "x"})
    assert notices.unread(reporter) == 2
    client.post(LIST, {"notice": ""})
    assert notices.unread(reporter) == 0
    assert client.get(f"{LIST}?page=x").status_code == 200


def test_readers_have_no_notices_page(client, reader):
    client.force_login(reader)

    assert client.get(LIST).status_code in {302, 403}
    assert client.get(SETTINGS).status_code in {302, 403}


def test_hostile_words_stay_words(client, reporter, after_commit):
    client.force_login(reporter)
    with after_commit():
        tell(reporter, about="<b>x</b>\nBcc: all@example.org", note="<script>1</script>")
    page = client.get(LIST).content.decode()

    assert "<script>1" not in page
    assert "\n" not in mail.outbox[0].subject


# --- What gives a notice ----------------------------------------------------------------------------------------------


def test_authors_know_what_became_of_their_article(reporter, editor):
    named = UserFactory(role="Reporter")
    article = ArticleFactory(by=reporter, bylines=[BylineFactory(user=named)])
    publishing.submit(article=article, by=reporter)
    publishing.ask_changes(article=article, by=editor, note="Name the ferry.")
    publishing.submit(article=article, by=reporter)
    publishing.approve(article=article, by=editor)
    publishing.publish(article=article, by=editor)

    assert kinds_of(reporter) == kinds_of(named) == ["changes", "progress", "progress"]
    assert Notice.objects.filter(kind="changes").first().note == "Name the ferry."
    assert kinds_of(editor) == []


def test_editors_who_want_it_know_what_waits(reporter, editor):
    keen = UserFactory(role="Editor")
    notices.choose(keen, ["review"])
    publishing.submit(article=ArticleFactory(by=reporter), by=reporter)

    assert (kinds_of(keen), kinds_of(editor)) == (["review"], [])


def test_who_is_given_work_knows_of_it(reporter, editor):
    assignments.assign(assignment=AssignmentFactory(), by=editor, assignee=reporter)
    assignments.assign(assignment=AssignmentFactory(), by=editor, assignee=editor)
    assignments.claim(assignment=AssignmentFactory(), by=reporter)

    assert (kinds_of(reporter), kinds_of(editor)) == (["assigned"], [])


def test_an_act_undone_tells_nobody(reporter, editor):
    from django.db import transaction

    article = ArticleFactory(by=reporter, state="in_review")
    with transaction.atomic():
        publishing.approve(article=article, by=editor)
        transaction.set_rollback(True)

    assert kinds_of(reporter) == []


def test_what_is_loaded_quietly_tells_nobody(reporter):
    with notices.quietly():
        tell(reporter)
    assert not Notice.objects.exists()
    tell(reporter)
    assert Notice.objects.count() == 1
