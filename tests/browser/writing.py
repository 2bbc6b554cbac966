"""A writer's hands: the keys, tools and buttons of the body editor."""

from articles.body import sanitise
from articles.models import Article

TYPED = "<p>One.</p><p>Two.</p>"


def tool(page, name):
    page.get_by_role("toolbar", name="Formatting").get_by_role("button", name=name, exact=True).click()


def more(page, name):
    tool(page, "More")
    page.get_by_role("menuitem", name=name).click()


def settle(page):
    """The editor has read where the caret is: it does so a moment after a click or a key, by the page's own clock."""
    page.evaluate("() => new Promise(done => setTimeout(() => requestAnimationFrame(() => setTimeout(done)), 60))")


def to_the_end(page):
    """The caret is behind the last word of the body."""
    last = page.locator(".editor__text > *").last
    if last.evaluate("element => element.matches('p')"):
        last.click()
        settle(page)
    press(page, "Control+End")


def press(page, *keys):
    """Keys at a person's pace."""
    for key in keys:
        settle(page)
        page.keyboard.press(key)
    settle(page)


def value(page):
    return sanitise(page.locator("#id_body").input_value())


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".editor__text").wait_for()


def stored(article):
    return Article.objects.get(pk=article.pk).latest_revision.content["body"]


def paste(page, html):
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            document.querySelector(".editor__text").dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        html,
    )
