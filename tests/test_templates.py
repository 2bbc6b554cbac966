"""Every template compiles; a misspelt tag or filter is found here, not by a reader."""

import pytest
from django.template import TemplateSyntaxError, engines

from tests.environment import ROOT

pytestmark = pytest.mark.once
TEMPLATES = sorted(
    str(path.relative_to(folder))
    for app in ("newsroom", "articles", "media", "comments")
    for folder in [ROOT / app / "templates"]
    for path in folder.rglob("*")
    if path.is_file()
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name):
    try:
        engines["django"].get_template(name)
    except TemplateSyntaxError as error:
        pytest.fail(f"{name}: {error}")
