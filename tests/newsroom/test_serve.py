"""The production servers: they answer, and whatever ends the master, no worker stays behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
GRANIAN = [sys.executable, "manage.py", "serve", "--workers", "2", "--port"]
GUNICORN = [
    sys.executable,
    "-m",
    "gunicorn",
    "-c",
    "deploy/gunicorn.conf.py",
    "newsroom.wsgi:application",
    "--workers",
    "2",
    "--bind",
]
SERVERS = {"granian": lambda port: [*GRANIAN, str(port)], "gunicorn": lambda port: [*GUNICORN, f"127.0.0.1:{port}"]}


def free_port():
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        return plug.getsockname()[1]


def children(pid):
    """The processes that ``pid`` started."""
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def is_running(pid):
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    return False


def wait_until(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("It did not happen in time.")


def answers(port):
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
        return answer.status == 200
    return False


@pytest.fixture
def start(project_root, clean_environment, tmp_path):
    """Starts a server; whatever is left of it at the end is killed."""
    started = []
    own = {
        "SECRET_KEY": "k" * 60, "HTTPS": "false", "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "UPLOADS_DIR": str(tmp_path / "uploads"), "LOG_LEVEL": "ERROR",
    }  # fmt: skip

    def starter(name, port):
        with (tmp_path / "log").open("ab") as log:
            process = subprocess.Popen(
                SERVERS[name](port),
                cwd=project_root,
                env=clean_environment | own,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        started.append(process)
        return process

    yield starter
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def leaves_nobody(master, workers):
    """Within ten seconds of the block, master and workers are gone."""
    yield
    with suppress(subprocess.TimeoutExpired):
        master.wait(15)
    wait_until(lambda: not any(is_running(pid) for pid in [master.pid, *workers]), 10)


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_ended_server_leaves_no_worker(start, name, number):
    port = free_port()
    master = start(name, port)
    wait_until(lambda: answers(port))
    workers = children(master.pid)
    assert len(workers) >= 2
    with leaves_nobody(master, workers):
        master.send_signal(number)
    assert not answers(port)


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize(
    "delay", [pytest.param(0, marks=pytest.mark.whole), 0.05, pytest.param(0.3, marks=pytest.mark.whole)]
)
def test_server_ended_while_starting_leaves_no_worker(start, name, number, delay):
    master = start(name, free_port())
    workers = wait_until(lambda: children(master.pid))
    time.sleep(delay)
    with leaves_nobody(master, set(workers + children(master.pid))):
        master.send_signal(number)


def test_killed_worker_is_replaced(start):
    port = free_port()
    master = start("granian", port)
    wait_until(lambda: answers(port))
    before = set(children(master.pid))
    os.kill(min(before), signal.SIGKILL)
    wait_until(lambda: len(set(children(master.pid)) - before) == 1 and answers(port))


def test_taken_port_is_refused_with_a_sentence(start, tmp_path):
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        plug.listen()
        master = start("granian", plug.getsockname()[1])
        assert master.wait(20) == 1
    last = (tmp_path / "log").read_text().strip().splitlines()[-1]
    assert "Cannot listen at 127.0.0.1:" in last and "choose another with --port" in last
