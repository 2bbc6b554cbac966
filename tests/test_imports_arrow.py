"""Imports run one way: comments -> articles -> media -> newsroom."""

import ast

import pytest

from tests.environment import ROOT

ARROW = ["newsroom", "media", "articles", "comments"]
# The project's own settings and root addresses name every app; that is what they are for.
WIRING = {"newsroom/settings.py", "newsroom/urls.py"}
pytestmark = pytest.mark.once


def imported_apps(path):
    """The apps that the file imports anywhere, inside functions too, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "import_module":
            names = [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
        for name in names:
            if name.split(".")[0] in ARROW:
                yield name.split(".")[0], node.lineno


@pytest.mark.parametrize("app", ARROW)
def test_app_imports_only_apps_below_it(app):
    allowed = ARROW[: ARROW.index(app) + 1]
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {other}"
        for path in sorted((ROOT / app).rglob("*.py"))
        if str(path.relative_to(ROOT)) not in WIRING
        for other, line in imported_apps(path)
        if other not in allowed
    ]
    assert wrong == []


def test_apps_do_not_import_the_tests():
    code = [path for app in ARROW for path in (ROOT / app).rglob("*.py")]
    assert code
    assert [str(path) for path in code if "from tests" in path.read_text(encoding="utf-8")] == []
