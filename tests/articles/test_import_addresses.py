"""``manage.py import_addresses``."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import OldAddress
from tests.articles.stories import live

pytestmark = pytest.mark.django_db


def run(file, *args):
    out = StringIO()
    call_command("import_addresses", str(file), *args, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def article():
    return live()


@pytest.fixture
def file(tmp_path, article):
    rows = [
        b"\xef\xbb\xbfold,new",
        f"https://old.example/a.html,{article.pk}".encode(),
        f"/b%20c/,{article.get_absolute_url()}".encode(),
        b"/section,/news/",
        b"",
        f"/a.html/,{article.pk}".encode(),
        b"/a.html,/news/",
        b"/x",
        b"/y,999999",
        b"/z,https://evil.example/",
        b"/news/,/news/",
        b"/n\x00ul,/news/",
        b"/caf\xe9,/news/",
        b"/" + b"e" * 140_000 + b",/news/",
        b'"/q,/news/',
        b"/last,/news/",
    ]
    (tmp_path / "old.csv").write_bytes(b"\n".join(rows))
    return tmp_path / "old.csv"


def test_good_rows_come_in_and_bad_ones_are_named(file, article):
    said = run(file)

    assert set(OldAddress.objects.values_list("path", "article", "target_path")) == {
        ("/a.html", article.pk, ""),
        ("/b c", article.pk, ""),
        ("/section", None, "/news/"),
        ("/nul", None, "/news/"),
        ("/last", None, "/news/"),
    }
    for sentence in (
        "line 1: left out. Type the address from its first slash on",
        "line 7: left out. Line 2 has this address already.",
        "line 8: left out. Two columns are wanted",
        "line 9: left out. There is no article 999999.",
        "line 10: left out. An old address can only lead to this site itself.",
        "line 11: left out. This address is one of a page that exists.",
        "line 13: left out. It is not written in UTF-8.",
        "line 14: left out. Two columns are wanted",
    ):
        assert sentence in said
    assert "5 addresses brought in, 0 changed, 1 were here" in said


def test_it_can_be_run_again_changes_only_when_told_and_a_dry_run_writes_nothing(file, tmp_path):
    assert "5 addresses would be brought in" in run(file, "--dry-run")
    assert not OldAddress.objects.exists()
    run(file)
    assert "0 addresses brought in, 0 changed, 6 were here" in run(file)

    (tmp_path / "new.csv").write_text("/a.html,/news/\n")
    assert "It leads elsewhere already" in run(tmp_path / "new.csv")
    assert "1 changed" in run(tmp_path / "new.csv", "--change")
    assert OldAddress.objects.get(path="/a.html").target_path == "/news/"


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "none.csv")
