"""``manage.py upkeep``: what is due is done, and one chore that fails keeps no other from its work."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import error_reports, publishing, updates
from articles.models import Article
from newsroom import notices, upkeep
from tests.articles.stories import content, live

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return error_reports.submit(article=live(), text="It was Tuesday.", email="reader@example.org")


def tell(person):
    notices.tell([person], "mention", key="k", by=None, about="The ferry", url="/admin/")


def test_a_due_update_is_public_and_unsent_letters_go_out_once(editor, report):
    article = live(headline="Boats")
    publishing.save(article=article, content=content(headline="Boats return"), by=None, base=None)
    updates.schedule_update(article=article, by=None, at=timezone.now() + timedelta(hours=1))
    Article.objects.filter(pk=article.pk).update(update_at=timezone.now() - timedelta(days=2))
    tell(editor)
    error_reports.accept(report=report, kind="correction", text="It was Tuesday.", by=None)
    assert mail.outbox == []  # the commit that would send them never came

    call_command("upkeep")
    call_command("upkeep")
    assert Article.objects.get(pk=article.pk).headline == "Boats return"
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([editor.email, "reader@example.org"])


def test_who_was_not_to_be_told_of_a_dismissed_report_is_not(report):
    error_reports.dismiss(report=report, by=None, tell=False)
    call_command("upkeep")
    assert mail.outbox == []


def test_a_refused_letter_is_tried_again_and_keeps_no_chore_back(editor, report, monkeypatch, capsys):
    tell(editor)
    error_reports.dismiss(report=report, by=None)

    def refuse(*args):
        raise OSError("no")

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", refuse)
        with pytest.raises(CommandError, match=r"letters to staff.*letters about error reports"):
            call_command("upkeep")
    assert mail.outbox == []
    call_command("upkeep")
    assert len(mail.outbox) == 2
    assert "letters to staff: 1" in capsys.readouterr().out


def test_whatever_ails_a_chore_the_next_one_runs(monkeypatch):
    monkeypatch.setattr(upkeep, "_chores", {"first": lambda: 1 // 0, "second": lambda: 2})
    assert list(upkeep.run()) == [("first", None), ("second", 2)]
