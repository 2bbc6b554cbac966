"""Assignments: who may take, give, file and drop work; what the article's life does to them; the pages."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import assignments, publishing
from articles.acts import NotAllowed, WrongState
from articles.models import Article, Assignment, AssignmentState
from tests.articles.stories import draft, person, section
from tests.factories import AssignmentFactory, BylineFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/assignment/"
ADD = f"{LIST}add/"
ROADS = {"idea": [], "assigned": ["assign"], "filed": ["assign", "file"], "done": ["assign", "file", "finish"]}


def page(assignment):
    return f"{LIST}{assignment.pk}/change/"


def lead(state, *, assignee):
    """An assignment in ``state``, given to ``assignee`` where it is somebody's."""
    made = AssignmentFactory()
    for act in ROADS.get(state, ["assign", "drop"]):
        given = {"assign": {"assignee": assignee}, "file": {"article": draft()}}.get(act, {})
        getattr(assignments, act)(assignment=made, by=None, **given)
    return made


def do(act, assignment, *, by):
    given = {
        "assign": {"assignee": person("Reporter")},
        "file": {"article": draft()},
        "change": {"values": {"title": "New"}},
    }
    return getattr(assignments, act)(assignment=assignment, by=by, **given.get(act, {}))


@pytest.mark.parametrize("state", AssignmentState.values)
@pytest.mark.parametrize("act", assignments.TRANSITIONS)
def test_every_act_from_every_state_follows_the_table(act, state):
    editor, made = person("Editor"), lead(state, assignee=person("Reporter"))
    step = assignments.TRANSITIONS[act]

    assert (act in assignments.available_acts(made, editor)) == (state in step.sources)
    if state in step.sources:
        do(act, made, by=editor)
        made.refresh_from_db()
        expected = "assigned" if act == "reopen" else step.target or state
        assert made.state == expected
        assert made.acts.first().act == act
    elif not (act == "begin" and made.article_id):
        with pytest.raises(WrongState):
            do(act, made, by=editor)


@pytest.mark.parametrize("act", assignments.TRANSITIONS)
def test_readers_and_photo_editors_do_nothing(act):
    source = next(iter(assignments.TRANSITIONS[act].sources))
    made = lead(source, assignee=person("Reporter"))

    for role in (None, "Photo editor", "Moderator"):
        with pytest.raises(NotAllowed):
            do(act, made, by=person(role))


@pytest.mark.parametrize(
    ("act", "may"), [("begin", True), ("file", True), ("drop", True), ("change", True), ("assign", False)]
)
def test_a_reporter_moves_only_their_own(act, may):
    own, stranger = person("Reporter"), person("Reporter")

    with pytest.raises(NotAllowed):
        do(act, lead("assigned", assignee=own), by=stranger)
    if may:
        do(act, lead("assigned", assignee=own), by=own)
    else:
        with pytest.raises(NotAllowed):
            do(act, lead("assigned", assignee=own), by=own)


def test_an_idea_is_claimed_once():
    made, first, second = AssignmentFactory(), person("Reporter"), person("Reporter")
    assignments.claim(assignment=made, by=first)
    assignments.claim(assignment=made, by=first)  # a second click

    with pytest.raises(WrongState):
        assignments.claim(assignment=made, by=second)
    assert made.assignee == first
    assert [act.act for act in made.acts.all()] == ["claim", "suggest"]


@pytest.mark.parametrize("role", [None, "Moderator"])
def test_work_is_given_only_to_who_writes(role):
    with pytest.raises(assignments.Incomplete):
        assignments.assign(assignment=AssignmentFactory(), by=person("Editor"), assignee=person(role))


def test_a_begun_article_says_what_the_assignment_says():
    reporter = person("Reporter")
    name = BylineFactory(user=reporter)
    made = AssignmentFactory(title="The ferry at night", section=section(), assignee=reporter)
    article = assignments.begin(assignment=made, by=reporter)
    again = assignments.begin(assignment=made, by=reporter)

    assert (article.headline, article.section, article.ordered_bylines) == ("The ferry at night", section(), [name])
    assert again == article
    assert Article.objects.count() == 1
    assert made.state == AssignmentState.ASSIGNED


def test_the_article_moves_its_assignment_along():
    reporter, editor = person("Reporter"), person("Editor")
    made = AssignmentFactory(assignee=reporter, section=section())
    article = assignments.begin(assignment=made, by=reporter)
    publishing.save(article=article, content=_fit(article), by=reporter, base=None)

    publishing.submit(article=article, by=reporter)
    made.refresh_from_db()
    assert made.state == AssignmentState.FILED

    publishing.ask_changes(article=article, by=editor, note="More.")
    publishing.submit(article=article, by=reporter)
    publishing.publish(article=article, by=editor)
    made.refresh_from_db()
    assert made.state == AssignmentState.DONE
    assert [act.act for act in made.acts.all()][:2] == ["finish", "file"]


def _fit(article):
    from articles.content import Content

    return Content(headline="Ready", body="<p>Text.</p>", section_id=article.section_id)


def test_an_article_has_one_assignment():
    article, editor = draft(), person("Editor")
    first, second = (AssignmentFactory(assignee=person("Reporter")) for _number in range(2))
    assignments.file(assignment=first, by=editor, article=article)

    with pytest.raises(WrongState):
        assignments.file(assignment=second, by=editor, article=article)
    assignments.drop(assignment=first, by=editor)
    assignments.file(assignment=second, by=editor, article=article)
    with pytest.raises(WrongState):
        assignments.reopen(assignment=first, by=editor)


def test_filing_needs_an_article():
    with pytest.raises(assignments.Incomplete):
        assignments.file(assignment=AssignmentFactory(assignee=person("Reporter")), by=person("Editor"))


# --- Pages ------------------------------------------------------------------------------------------------------------


def test_an_idea_is_suggested_once_per_form(client, reporter):
    client.force_login(reporter)
    sent = {
        "title": "The\x00 ferry",
        "key": str(uuid4()),
        "due_at": "2030-03-01T10:00",
        "length_words": "600",
        "wants_photo": "on",
    }
    first = client.post(ADD, sent)
    second = client.post(ADD, sent)
    made = Assignment.objects.get()

    assert first.url == second.url == page(made)
    assert (made.title, made.length_words, made.wants_photo, made.created_by) == ("The ferry", 600, True, reporter)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"length_words": "-1"},
        {"length_words": "9" * 30},
        {"due_at": "soon"},
        {"section": "9" * 30},
        {"editor": "x"},
        {"key": "x"},
    ],
)
def test_bad_input_keeps_the_text(client, reporter, wrong):
    client.force_login(reporter)
    answer = client.post(ADD, {"title": "The ferry", "description": "At night.", **wrong})

    assert answer.status_code == 422
    assert "At night." in answer.content.decode()
    assert not Assignment.objects.exists()


def test_a_stale_form_is_refused_with_its_text(client, editor):
    client.force_login(editor)
    made = AssignmentFactory(title="First")
    assignments.change(assignment=made, by=editor, values={"title": "Theirs"})
    stale = client.post(page(made), {"title": "Mine", "version": "1", "act": "save"})

    assert stale.status_code == 409
    assert "Mine" in stale.content.decode()
    version = stale.context["form"]["version"].value()
    assert client.post(page(made), {"title": "Mine", "version": version, "act": "save"}).status_code == 302
    assert Assignment.objects.get().title == "Mine"


def test_an_editor_assigns_on_the_page(client, editor):
    client.force_login(editor)
    made, reporter = AssignmentFactory(), person("Reporter")
    nobody = client.post(page(made), {"title": "T", "version": "1", "act": "assign"})
    answer = client.post(page(made), {"title": "T", "version": "1", "act": "assign", "assignee": reporter.pk})

    assert nobody.status_code == 422
    assert answer.status_code == 302
    assert Assignment.objects.get().assignee == reporter


def test_a_claim_is_one_button(client, reporter):
    client.force_login(reporter)
    made = AssignmentFactory()

    assert client.get(f"{LIST}{made.pk}/claim/").status_code == 405
    assert client.post(f"{LIST}{made.pk}/claim/").url == page(made)
    assert Assignment.objects.get().assignee == reporter
    assert client.post(f"{LIST}{'9' * 25}/claim/").status_code == 404


def test_starting_leads_to_the_sheet(client, reporter):
    client.force_login(reporter)
    made = AssignmentFactory(assignee=reporter)
    answer = client.post(page(made), {"title": made.title, "version": made.version, "act": "begin"})

    assert answer.url == f"/admin/articles/article/{Article.objects.get().pk}/change/"


@pytest.mark.parametrize(("role", "status"), [("Reporter", 200), ("Photo editor", 200), ("Moderator", 403)])
def test_people_see_assignments_by_their_rights(client, role, status):
    client.force_login(UserFactory(role=role))
    made = AssignmentFactory()

    assert client.get(LIST).status_code == status
    assert client.get(page(made)).status_code == status


def test_the_list_is_filtered(client, reporter):
    client.force_login(reporter)
    past = timezone.now() - timedelta(hours=1)
    mine, idea = AssignmentFactory(assignee=reporter), AssignmentFactory(section=section())
    late, dropped = AssignmentFactory(assignee=person("Reporter"), due_at=past), lead("dropped", assignee=reporter)

    def found(query):
        return set(client.get(f"{LIST}?{query}").context["cl"].queryset)

    assert found("who=mine") == {mine}
    assert found("who=nobody") == {idea}
    assert found("who=late") == {late}
    assert found(f"section={section().pk}") == {idea}
    assert found("") == {mine, idea, late}
    assert found("state=dropped") == {dropped}


def test_the_desk_shows_my_work(client, reporter):
    client.force_login(reporter)
    mine = AssignmentFactory(assignee=reporter)
    AssignmentFactory(assignee=person("Reporter"))
    AssignmentFactory()
    panel = next(
        p for p in client.get("/admin/").context["panels"] if p["template"].endswith("_assignments_panel.html")
    )

    assert (panel["rows"], panel["ideas"]) == ([mine], 1)


def test_a_long_list_costs_no_more(client, editor, django_assert_num_queries):
    from django.db import connection

    client.force_login(editor)
    AssignmentFactory(assignee=person("Reporter"), section=section())
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    number = len(few)
    for _number in range(5):
        AssignmentFactory(assignee=person("Reporter"), section=section())
    with django_assert_num_queries(number):
        client.get(LIST)
