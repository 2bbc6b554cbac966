"""The project's files keep their promises to each other."""

import re

import pytest

from tests import environment
from tests.environment import ROOT

pytestmark = pytest.mark.once
CODE = ("newsroom", "articles", "media", "comments")
READS = re.compile(
    r"""\b(?:env\.)?(?:switch|words|hosts|whole_number|one_of|site_url|database|caches|time_zone|email|str)\(\s*"([A-Z][A-Z0-9_]+)\""""
)


NOT_OURS = {".git", ".venv", "var", "__pycache__", ".hypothesis", ".mypy_cache", ".ruff_cache", ".pytest_cache"}


def files(*suffixes):
    """The project's own files with these suffixes, sorted."""
    found = (path for path in ROOT.rglob("*") if path.suffix in suffixes and path.is_file())
    return sorted(path for path in found if not NOT_OURS.intersection(path.relative_to(ROOT).parts))


def test_every_setting_is_in_the_example_and_no_other():
    read = set()
    for path in ("newsroom/settings.py", "newsroom/env.py"):
        read.update(READS.findall((ROOT / path).read_text(encoding="utf-8")))
    assert read == set(environment.known_variables())


def test_every_setting_is_explained_to_operators():
    page = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    assert [name for name in environment.known_variables() if f"`{name}`" not in page] == []


def test_nothing_is_left_for_others():
    pattern = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    own = [
        path for path in files(".py", ".html", ".css", ".js", ".md", ".toml", ".sh") if path.name != "test_project.py"
    ]
    assert [str(path) for path in own if pattern.search(path.read_text(encoding="utf-8"))] == []


def test_no_path_or_host_of_one_machine_is_kept():
    pattern = re.compile(r"(?<![\w./-])/(?:work|root|home|farm|opt)/\w|--(?:extra-)?index-url|--find-links /")
    own = files(".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".in", ".sh", ".conf", ".service")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()[:100]}"
        for path in own
        if path.name != "test_project.py" and "deploy" not in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if pattern.search(line) and "emit" not in line
    ]
    assert found == []


def test_requirements_are_pinned_with_hashes():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-s3.txt"):
        text = re.sub(r"#.*", "", (ROOT / name).read_text(encoding="utf-8")).replace("\\\n", " ")
        lines = [line for line in text.splitlines() if line.strip()]
        assert lines
        assert [line.strip() for line in lines if not re.match(r"\S+==\S+.*--hash=sha256:", line)] == []


def test_files_stay_small():
    long = {
        str(path.relative_to(ROOT)): count
        for path in files(".py")
        if "migrations" not in path.parts and (count := path.read_text(encoding="utf-8").count("\n")) > 400
    }
    assert long == {}


def test_no_inline_script_or_style_in_a_template():
    """Letters may carry their own sheet: mail programs fetch none."""
    pattern = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")|<style|\sstyle=|\son[a-z]+=\"|javascript:",
        re.IGNORECASE,
    )
    wrong = []
    for path in files(".html"):
        if "templates" in path.parts:
            text = path.read_text(encoding="utf-8")
            text = text.replace("<style>", "", 1) if path.parent.name == "mail" else text
            wrong += [f"{path.relative_to(ROOT)}: {found[0]}" for found in [pattern.search(text)] if found]
    assert wrong == []


def test_trust_in_markup_has_its_reason():
    """Each ``|safe`` and ``mark_safe(`` stands beside a comment or under a docstring that says why it may."""
    wrong = []
    for path in files(".py", ".html"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if re.search(r"\|safe\b|(?<!import )\bmark_safe\(", line) and "tests" not in path.parts:
                around = "\n".join(lines[max(0, number - 5) : number + 1])
                if "#" not in around and '"""' not in around:
                    wrong.append(f"{path.relative_to(ROOT)}:{number + 1}")
    assert wrong == []
