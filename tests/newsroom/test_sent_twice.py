"""Two people send the same thing from the desk in the same moment: one is first, the other one is told."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection
from django.db.models.signals import pre_save
from django.test import Client

from articles.models import OldAddress, Section
from tests.factories import SectionFactory, UserFactory


@pytest.fixture
def meet():
    """``meet(model)``: whoever is about to write a row of ``model`` waits for the other one, for as long as that can come."""
    together = Barrier(2)

    def wait(**_signal):
        with suppress(BrokenBarrierError):
            together.wait(timeout=2)  # with SQLite the other one waits for our transaction: then nobody comes

    met = []

    def at(model):
        met.append(model)
        pre_save.connect(wait, sender=model, weak=False, dispatch_uid="meet")

    yield at
    for model in met:
        pre_save.disconnect(sender=model, dispatch_uid="meet")


def sent_by_two(path, data):
    """The answers that two people get who send ``data`` to ``path`` at once, in the order of their status."""
    clients = []
    for _person in range(2):
        clients.append(Client())
        clients[-1].force_login(UserFactory(role="Administrator"))

    def send(client):
        try:
            return client.post(path, data)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(send, clients), key=lambda answer: answer.status_code)


def test_of_two_equal_old_addresses_the_second_is_told(transactional_db, meet):
    SectionFactory(slug="news")
    meet(OldAddress)
    told, kept = sent_by_two("/admin/articles/oldaddress/add/", {"path": "/2011/bridge.html", "target": "/news/"})
    assert (told.status_code, kept.status_code) == (200, 302)
    assert b"/2011/bridge.html" in told.content
    assert "in the table already" in told.content.decode()
    assert OldAddress.objects.count() == 1


def test_of_two_equal_sections_the_second_is_told(transactional_db, meet):
    meet(Section)
    data = {"name": "Harbour", "slug": "harbour", "language": "en", "position": "0", "comment_mode": "inherit"}
    told, kept = sent_by_two("/admin/articles/section/add/", data)
    assert (told.status_code, kept.status_code) == (200, 302)
    assert b"errornote" in told.content
    assert Section.objects.count() == 1
