"""The article's sheet as a browser without JavaScript sees it: its fields read from the page, changed, sent."""

from html.parser import HTMLParser

from articles.models import Article

ADD = "/admin/articles/article/add/"


def change(article):
    """The address of the sheet of ``article``."""
    return f"/admin/articles/article/{article.pk}/change/"


class _Fields(HTMLParser):
    """What a browser would send of the form #sheet, without its buttons."""

    def __init__(self):
        super().__init__()
        self.sent = {}
        self.inside = False
        self.barred = []  # fieldsets and templates: True where nothing inside is sent
        self.select = self.area = None
        self.buttons = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("id") == "sheet"
        if not self.inside:
            return
        if tag in {"fieldset", "template"}:
            self.barred.append(tag == "template" or "disabled" in given)
        if any(self.barred) or "disabled" in given:
            return
        if tag == "button" and given.get("type") != "button":
            self.buttons.append((given.get("name"), given.get("value")))
        elif tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.add(given.get("name"), given.get("value") or "")
        elif tag == "textarea":
            self.area = (given["name"], [])
        elif tag == "select":
            self.select = given["name"]
        elif tag == "option" and self.select and "selected" in given:
            self.add(self.select, given.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        if tag in {"fieldset", "template"} and self.barred:
            self.barred.pop()
        if tag == "textarea" and self.area:
            name, parts = self.area
            self.add(name, "".join(parts).removeprefix("\n"))
            self.area = None
        if tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.area:
            self.area[1].append(data)

    def add(self, name, value):
        if name:
            self.sent.setdefault(name, []).append(value)


def _read(answer):
    parser = _Fields()
    parser.feed(answer.content.decode())
    return parser


def fields_of(answer):
    """The fields of the sheet that ``answer`` shows: names with lists of values."""
    return _read(answer).sent


def buttons_of(answer):
    """The acts that the sheet offers, in order; "" is Save."""
    return [value for name, value in _read(answer).buttons if name == "act"]


def fill(client, url, act="", **typed):
    """Opens the sheet at ``url``, types, presses the button of ``act``. Returns the answer."""
    sent = fields_of(client.get(url))
    return client.post(url, {**sent, **typed, "act": act})


def newest():
    return Article.objects.order_by("-pk").first()
