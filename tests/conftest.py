"""What every test stands on: own uploads folder, empty cache, no network, fast passwords, mail kept in memory."""

import gc
import ipaddress
import os
import socket
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.core.files.storage import storages
from django.db import connection
from django.db.backends.postgresql.creation import DatabaseCreation
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadScopeScheduling

from tests import environment, migrated, pristine, statements
from tests.both import LEFT_OUT, STATEMENTS

LONG = (
    "tests/test_migrations.py",
    "tests/newsroom/test_demo",
    "tests/test_crawl.py",
    "tests/browser/",
    "tests/media/test_s3.py",
)
# Their tests share what is made once for the file, or must not overlap, so one process runs them all.
TOGETHER = ("tests/newsroom/test_demo_content.py", "tests/media/test_s3.py", "tests/browser/test_offline.py")


def pytest_configure(config):
    gc.set_threshold(1_000_000, 20, 100)
    """The settings differ from the project's only here. Hypothesis tries the same examples each time."""
    hypothesis_settings.register_profile("suite", derandomize=True, deadline=None, database=None)
    hypothesis_settings.load_profile("suite")
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    django_settings.AXES_ENABLED = False  # the tests of the lock switch it on
    django_settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    django_settings.STATIC_ROOT = environment.folder() / "static"
    django_settings.STATIC_ROOT.mkdir(exist_ok=True)
    database = django_settings.DATABASES["default"]
    if _is_sqlite():
        name = str(environment.folder() / "test.sqlite3")
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    else:
        DatabaseCreation._destroy_test_db = _drop_in_use
        name = f"test_{environment.folder().name.replace('-', '_').lower()}"
    database.setdefault("TEST", {})["NAME"] = name
    if os.environ.get(STATEMENTS) and (hasattr(config, "workerinput") or not config.getoption("numprocesses", None)):
        config.pluginmanager.register(statements.Statements(os.environ[STATEMENTS]), "statements")


def _is_sqlite():
    return "sqlite" in django_settings.DATABASES["default"]["ENGINE"]


def _drop_in_use(self, test_database_name, verbosity):
    """The database is gone even if a thread of a test or of the pool has not hung up yet."""
    self.connection.close_pool()
    with self._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {self.connection.ops.quote_name(test_database_name)} WITH (FORCE)")


def pytest_collection_modifyitems(config, items):
    """The longest come first, so that no process waits for one at the end. With PostgreSQL, tests marked ``once``, those that
    touch no database and those that `tests/cover.py` leaves out are left to the run with SQLite."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))
    if _is_sqlite():
        return
    names = os.environ.get(LEFT_OUT, "")
    left_out = set(Path(names).read_text(encoding="utf-8").splitlines()) if names else set()
    left = [item for item in items if item.nodeid in left_out or not statements.runs_with_postgres(item)]
    config.hook.pytest_deselected(items=left)
    kept = set(items).difference(left)
    items[:] = [item for item in items if item in kept]


class Scheduling(LoadScopeScheduling):
    """Tests go to the processes one by one, those of a file in TOGETHER at once."""

    def _split_scope(self, nodeid):
        file = nodeid.partition("::")[0]
        return file if file in TOGETHER else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Instead of --dist and its marks, which this version of pytest does not hand on to xdist."""
    return Scheduling(config, log)


def pytest_sessionfinish(session, exitstatus):
    """Where CI is set, a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped") and exitstatus == 0:
        reporter.write_line("A test was skipped; CI allows none.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_collection_finish(session):
    """What is imported by now stays, and the collector looks seldom: it would take a tenth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(1_000_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_keepdb():
    """With SQLite the migrated database is there already, unless --create-db says otherwise; its folder goes in any case."""
    return _is_sqlite()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_createdb):
    """As pytest-django's; a database that was kept is where this process will look for its own."""
    if _is_sqlite() and not django_db_createdb:
        migrated.bring(Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """As pytest-django's; a test that commits leaves the database as the migrations did."""
    with django_db_blocker.unblock():
        if _is_sqlite():
            migrated.keep()
        pristine.remember()
    if watching := request.config.pluginmanager.get_plugin("statements"):
        watching.begin()


@pytest.fixture(autouse=True)
def _own_uploads(settings, tmp_path):
    """Every test has its own empty folders for uploads and originals."""
    settings.UPLOADS_DIR, settings.ORIGINALS_DIR = tmp_path / "uploads", tmp_path / "originals"
    settings.MEDIA_ROOT = str(settings.UPLOADS_DIR)
    originals = storages["originals"]
    originals._location = str(settings.ORIGINALS_DIR)
    for name in ("base_location", "location"):  # kept from the first use
        originals.__dict__.pop(name, None)


@pytest.fixture(autouse=True)
def _empty_cache():
    """No test sees what another one cached or counted."""
    for cache in caches.all(initialized_only=True):
        cache.clear()


class NetworkBlocked(AssertionError):
    """A test tried to reach another machine."""


def _is_near(address):
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address in {"localhost", ""}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """Connections go to this machine or are refused with NetworkBlocked."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def near_only(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_near(address[0]):
            raise NetworkBlocked(f"A test may not reach {address[0]}.")
        return connect(self, address)

    def look_up_near_only(host, *args, **kwargs):
        if host is not None and not _is_near(host if isinstance(host, str) else host.decode()):
            raise NetworkBlocked(f"A test may not look up {host}.")
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", near_only)
    monkeypatch.setattr(socket, "getaddrinfo", look_up_near_only)


@pytest.fixture(scope="session")
def on_postgres():
    """True if this run uses PostgreSQL."""
    return not _is_sqlite()


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder of manage.py."""
    return environment.ROOT


@pytest.fixture
def clean_environment():
    """The variables for a program that the test starts: those of the shell without the tests' own."""
    own = {*environment.known_variables(), environment.FOLDER_VARIABLE, "TEST_DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    return {key: value for key, value in os.environ.items() if key not in own and not key.startswith("PYTEST_")}


def _person(role):
    @pytest.fixture
    def person(db):
        from tests.factories import UserFactory

        return UserFactory(role=role)

    return person


reporter = _person("Reporter")
editor = _person("Editor")
photo_editor = _person("Photo editor")
moderator = _person("Moderator")
publisher = _person("Publisher")
administrator = _person("Administrator")
reader = _person(None)
