"""The files in deploy/ fit the project and their programs."""

import configparser
import os
import re
import shutil
import socket
import subprocess
import sys

import pytest
from django.core.management import get_commands

from tests.environment import ROOT

pytestmark = pytest.mark.once
DEPLOY = ROOT / "deploy"


class Unit(configparser.RawConfigParser):
    """A systemd unit: keys keep their case and may stand several times."""

    optionxform = staticmethod(str)

    def __init__(self, path):
        super().__init__(strict=False, delimiters=("=",), comment_prefixes=("#",))
        self.read_string(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(DEPLOY.glob("*.service")), ids=lambda path: path.name)
def test_service_starts_a_command_that_exists(path):
    unit = Unit(path)
    command = re.match(r"/srv/newsroom/\.venv/bin/python manage\.py (\w+)", unit["Service"]["ExecStart"])
    assert command and command[1] in get_commands()
    timer = path.with_suffix(".timer")  # a service with one is started by it, and never by itself
    install, target = (Unit(timer), "timers.target") if timer.exists() else (unit, "multi-user.target")
    assert unit["Service"]["User"] == "newsroom" and install["Install"]["WantedBy"] == target
    assert not timer.exists() or "Install" not in unit
    for line in re.findall(r"=/srv/newsroom/(\S+)", path.read_text(encoding="utf-8")):
        assert line.startswith(".venv/") or os.access(ROOT / line, os.X_OK)


@pytest.mark.parametrize("path", sorted(DEPLOY.glob("*.sh")), ids=lambda path: path.name)
def test_script_is_plain_shell(path):
    assert subprocess.run(["sh", "-n", str(path)], capture_output=True, check=False).stderr == b""


def test_nginx_passes_on_who_asks_and_how():
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert text.count("{") == text.count("}")
    for line in ("X-Forwarded-For $remote_addr;", "X-Forwarded-Proto $scheme;", "Host $host;"):
        assert f"proxy_set_header {line}" in text


def test_nginx_itself_reads_its_file_where_it_is_installed(tmp_path):
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = (
        re.sub(r"ssl_certificate.*;", "", text).replace("443 ssl http2", "8443").replace("listen 80;", "listen 8080;")
    )
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ {text}\n access_log off; }}"
    )
    if nginx:
        run = subprocess.run(
            [nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
    assert "location / {" in text


def test_taken_port_is_told_in_one_sentence():
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        plug.listen()
        port = str(plug.getsockname()[1])
        run = subprocess.run(
            [sys.executable, "deploy/port.py", "127.0.0.1", port], cwd=ROOT, capture_output=True, text=True, check=False
        )
    assert run.returncode == 1
    assert run.stderr.startswith(f"Cannot listen at 127.0.0.1:{port}") and run.stderr.count("\n") == 1


def test_missing_python_is_told_in_one_sentence(tmp_path):
    (tmp_path / "deploy").mkdir()
    shutil.copy(DEPLOY / "venv.sh", tmp_path / "deploy")
    run = subprocess.run(
        ["deploy/venv.sh", "run"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "PYTHON": "no-such-python"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("Newsroom needs Python 3.11") and run.stderr.count("\n") == 1
