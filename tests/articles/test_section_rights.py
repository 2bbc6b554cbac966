"""Roles that reach some sections only."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from articles import front_pages, publishing, rights, updates
from articles.acts import ActRefused
from articles.front_rows import Row
from articles.models import Article, PageViews, SectionRight
from newsroom.models import User
from tests.factories import (
    ArticleFactory,
    AssignmentFactory,
    BylineFactory,
    LiveArticleFactory,
    PhotoFactory,
    PublishedCommentFactory,
    SectionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sport():
    return SectionFactory(name="Sport")


@pytest.fixture
def politics():
    return SectionFactory(name="Politics")


@pytest.fixture
def sports_editor(sport):
    return _limited(UserFactory(role="Editor"), sport)


def _limited(person, *sections, role=None):
    group = Group.objects.get(name=role) if role else None
    for section in sections:
        SectionRight.objects.create(user=person, section=section, role=group)
    return User.objects.get(pk=person.pk)


def _hidden(person):
    User.objects.filter(pk=person.pk).update(sees_other_sections=False)
    return User.objects.get(pk=person.pk)


def _moved(article, section):
    content = publishing.Content.from_json(article.latest_revision.content)
    return publishing.Content(**{**content.__dict__, "section_id": section.pk})


def test_a_sports_editor_publishes_sport_and_what_lies_beneath(sports_editor, sport):
    article = ArticleFactory(section=SectionFactory(name="Rowing", parent=sport), state="approved")
    publishing.publish(article=article, by=sports_editor)
    assert article.status == "live"


def test_a_sports_editor_cannot_publish_politics(sports_editor, politics):
    article = ArticleFactory(section=politics, state="approved")
    with pytest.raises(publishing.NotAllowed):
        publishing.publish(article=article, by=sports_editor)
    assert publishing.available_acts(article, sports_editor) == []


def test_a_section_whose_path_begins_alike_is_another_section(sports_editor):
    article = ArticleFactory(section=SectionFactory(name="Sport abroad", slug="sport-abroad"), state="approved")
    assert not rights.may(sports_editor, "articles.publish_article", article)


def test_a_person_without_limits_reaches_every_section(editor, politics):
    assert rights.may(editor, "articles.publish_article", ArticleFactory(section=politics))


def test_a_limit_of_one_role_leaves_the_other_role_open(sport, politics):
    person = UserFactory(role="Reporter")
    person.groups.add(Group.objects.get(name="Editor"))
    person = _limited(person, sport, role="Editor")
    article = ArticleFactory(section=politics)
    assert rights.may(person, "articles.change_article", article)
    assert not rights.may(person, "articles.publish_article", article)


def test_the_row_decides_not_what_a_stale_page_holds(sports_editor, sport, politics):
    article = ArticleFactory(section=sport, state="approved")
    stale = Article.objects.select_related("section").get(pk=article.pk)
    publishing.save(article=article, content=_moved(article, politics), by=None, base=None)
    with pytest.raises(publishing.NotAllowed):
        publishing.publish(article=stale, by=sports_editor)


def test_moving_an_article_where_one_has_no_right_is_refused_with_a_sentence(sports_editor, sport, politics):
    article = ArticleFactory(section=sport)
    with pytest.raises(publishing.NotAllowed, match="Politics"):
        publishing.save(article=article, content=_moved(article, politics), by=sports_editor, base=None)
    article.refresh_from_db()
    assert (article.section, article.revisions.count()) == (sport, 1)


def test_a_version_moved_by_others_is_not_published_into_their_section(sports_editor, sport, politics):
    article = LiveArticleFactory(section=sport)
    publishing.save(article=article, content=_moved(article, politics), by=None, base=None)
    later = article.published_at.replace(year=article.published_at.year + 1)
    for act, more in ((publishing.update, {}), (updates.schedule_update, {"at": later})):
        with pytest.raises(publishing.NotAllowed):
            act(article=article, by=sports_editor, **more)
    article.refresh_from_db()
    assert article.section == sport


def test_a_draft_without_a_section_is_its_writers(sports_editor, editor):
    own, foreign = ArticleFactory(section_id=None, by=sports_editor), ArticleFactory(section_id=None, by=editor)
    assert rights.may(sports_editor, "articles.change_article", own)
    assert not rights.may(sports_editor, "articles.change_article", foreign)


def test_drafts_elsewhere_are_seen_unless_the_account_says_no(sports_editor, sport, politics):
    own, foreign = ArticleFactory(section=sport), ArticleFactory(section=politics)
    live = LiveArticleFactory(section=politics)
    assert set(Article.objects.visible_to(sports_editor)) == {own, foreign, live}
    assert set(Article.objects.visible_to(_hidden(sports_editor))) == {own, live}


@pytest.mark.parametrize("state", ["draft", "scheduled", "live", "withdrawn"])
def test_the_list_and_the_answer_for_one_article_agree(sports_editor, sport, politics, state):
    person = _hidden(sports_editor)
    name = BylineFactory(user=person)
    for fields in ({"section": sport}, {"section": politics}, {"section": politics, "bylines": [name]}):
        ArticleFactory(state=state, **fields)
    seen = set(Article.objects.visible_to(person))
    assert seen == {article for article in Article.objects.all() if rights.may(person, rights.VIEW, article)}
    assert len(seen) == (3 if state == "live" else 2)


def test_no_page_of_the_desk_names_a_hidden_draft(client, sports_editor, politics):
    article = ArticleFactory(section=politics, headline="Minister to resign", state="in_review")
    client.force_login(_hidden(sports_editor))
    lists = ["admin:index", "admin:articles_article_changelist", "admin:articles_article_picker"]
    for url in [reverse(name) for name in lists]:
        assert "resign" not in client.get(url).content.decode()
    pk = [article.pk]
    for name in ("change", "preview"):
        assert client.get(reverse(f"admin:articles_article_{name}", args=pk)).status_code == 403
    found = client.get(reverse("admin:articles_article_picker"), {"ids": article.pk}).json()
    assert found["results"] == []
    asked = {"term": "Minister", "app_label": "articles", "model_name": "article", "field_name": "translation_of"}
    assert client.get(reverse("admin:autocomplete"), asked).json()["results"] == []


def test_no_figure_record_or_front_page_names_it(client, sport, politics):
    person = _hidden(_limited(UserFactory(role="Publisher"), sport))
    photo = PhotoFactory()
    article = LiveArticleFactory(
        section=politics,
        headline="Minister to resign",
        body=f'<p>Two.</p><figure data-node="photo" data-id="{photo.pk}"></figure>',
    )
    PageViews.objects.create(article=article, at=timezone.now(), count=9)
    PublishedCommentFactory(article=article)
    Article.objects.filter(pk=article.pk).update(published_at=timezone.now() + timedelta(days=1))
    sports, home = front_pages.front_of(sport), front_pages.home_of("en")
    now = timezone.now()
    for page in (sports, home):
        row = Row(position=1, article=article.pk)
        front_pages.place(page=page, row=row, by=None, base=front_pages.base_of(page, now))
    client.force_login(person)
    log = "/admin/newsroom/auditevent/"
    front = f"{reverse('admin:articles_frontpage_changelist')}?section={sport.pk}"
    of_photo = reverse("admin:media_photo_change", args=[photo.pk])
    work = reverse("admin:articles_assignment_change", args=[AssignmentFactory(article=article).pk])
    for url in ("/admin/", "/admin/articles/article/readings/", log, front, of_photo, work):
        assert "resign" not in client.get(url).content.decode(), url
    assert b"resign" not in b"".join(client.get(f"{log}export/"))
    with pytest.raises(ActRefused):
        front_pages.place(page=sports, row=row, by=person, base=front_pages.base_of(sports, now))


def test_limits_cost_the_same_for_one_article_and_for_twenty(sports_editor, sport, django_assert_num_queries):
    articles = [ArticleFactory(section=sport) for _number in range(20)]
    sections = list(Article.objects.select_related("section").filter(pk__in=[article.pk for article in articles]))
    assert rights.may(sports_editor, "articles.publish_article", sections[0])
    with django_assert_num_queries(0):
        assert all(rights.may(sports_editor, "articles.publish_article", article) for article in sections)


def test_a_section_that_limits_somebody_cannot_be_deleted(client, administrator, sports_editor, sport):
    client.force_login(administrator)
    client.post(reverse("admin:articles_section_delete", args=[sport.pk]), {"post": "yes"})
    assert SectionRight.objects.filter(section=sport).exists()


def _account_form(person, **more):
    groups = list(person.groups.values_list("pk", flat=True))
    given = {"username": person.username, "email": person.email, "name": person.name, "groups": groups}
    frame = {"section_rights-TOTAL_FORMS": 1, "section_rights-INITIAL_FORMS": 0}
    return {**given, "is_active": "on", "is_staff": "on", "sees_other_sections": "on", **frame, **more}


def test_an_administrator_limits_a_person_on_their_page(client, administrator, editor, sport):
    client.force_login(administrator)
    url = reverse("admin:newsroom_user_change", args=[editor.pk])
    answer = client.post(url, _account_form(editor, **{"section_rights-0-section": sport.pk}))
    assert answer.status_code == 302
    assert list(editor.section_rights.values_list("section", "role")) == [(sport.pk, None)]


def test_nobody_limits_or_frees_themselves(client, administrator, sport):
    client.force_login(administrator)
    url = reverse("admin:newsroom_user_change", args=[administrator.pk])
    client.post(url, _account_form(administrator, **{"section_rights-0-section": sport.pk}))
    assert not administrator.section_rights.exists()
