"""Style sheets in production, the fonts' sizes, and the icon for clients that read no HTML."""

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

from newsroom.static_files import BundledStaticFilesStorage
from tests.environment import ROOT

FONTS = ROOT / "newsroom" / "static" / "newsroom" / "fonts"


@pytest.fixture
def collect(tmp_path, settings):
    """Collects the given sheets as `collectstatic` does; answers what stands under a name afterwards."""
    settings.STATIC_ROOT = str(tmp_path / "collected")
    source = FileSystemStorage(tmp_path / "source")

    def act(**sheets):
        for name, text in sheets.items():
            path = tmp_path / "source" / "css" / f"{name}.css"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            copy = tmp_path / "collected" / "css" / path.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text)
        storage = BundledStaticFilesStorage()
        paths = {f"css/{name}.css": (source, f"css/{name}.css") for name in sheets}
        for _name, _hashed, processed in storage.post_process(paths):
            assert not isinstance(processed, Exception), processed

        def stored(name):
            with storage.open(storage.stored_name(f"css/{name}.css")) as file:
                return file.read().decode()

        return stored

    return act


def test_imports_become_one_sheet(collect):
    stored = collect(
        page='/* why */\n@import "base.css";\n@import "cards.css";\n.page { color: red; }\n',
        base=".base { color: blue; }\n",
        cards='@import "base.css";\n.card { color: green; }\n',
    )
    assert stored("page") == ".base{color:blue}.card{color:green}.page{color:red}"


def test_a_changed_import_changes_the_importing_sheet(collect):
    collect(page='@import "base.css";\n', base="a { color: red; }\n")
    stored = collect(page='@import "base.css";\n', base="a { color: blue; }\n")
    assert stored("page") == "a{color:blue}"


def test_an_import_of_a_missing_sheet_stops_the_collection(collect):
    with pytest.raises(FileNotFoundError, match=r"gone\.css"):
        collect(page='@import "gone.css";\n')


@pytest.mark.parametrize(
    "sheet", sorted(path.name for path in (ROOT / "newsroom/static/newsroom/css").glob("*.css")), ids=str
)
def test_every_import_of_the_project_is_found(sheet):
    text = (ROOT / "newsroom/static/newsroom/css" / sheet).read_text()
    for line in text.splitlines():
        if line.startswith("@import"):
            assert finders.find("newsroom/css/" + line.split('"')[1])


@pytest.mark.parametrize(
    ("name", "most"),
    [("newsreader-text", 18_600), ("newsreader-headline", 19_900), ("newsreader-italic", 20_100)],
)
def test_fonts_stay_small(name, most):
    assert (FONTS / f"{name}.woff2").stat().st_size <= most


def test_the_fonts_licence_stands_beside_them():
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text().upper()


def test_favicon_leads_to_the_mark(client):
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/static/newsroom/mark.svg")


def test_own_scripts_are_minified_and_others_left_as_they_are(tmp_path, settings):
    settings.STATIC_ROOT = str(tmp_path / "collected")
    text = "// why\nconst a = `two  ${ 1 } blanks`;\n\nexport { a };\n"
    for folder in ("source", "collected"):
        for app in ("newsroom", "admin"):
            (tmp_path / folder / app).mkdir(parents=True)
            (tmp_path / folder / app / "one.js").write_text(text)
    source, storage = FileSystemStorage(tmp_path / "source"), BundledStaticFilesStorage()
    list(storage.post_process({f"{app}/one.js": (source, f"{app}/one.js") for app in ("newsroom", "admin")}))
    with (
        storage.open(storage.stored_name("newsroom/one.js")) as own,
        storage.open(storage.stored_name("admin/one.js")) as other,
    ):
        assert own.read().decode() == "const a=`two  ${ 1 } blanks`;export{a};"
        assert other.read().decode() == text
