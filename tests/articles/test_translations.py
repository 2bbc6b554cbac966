"""Translations: begun once, placed in the other language, stale when the original goes on without them."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from articles import corrections, publishing, translations
from articles.acts import Locked, NotAllowed, WrongState
from articles.content import Content, SlideContent
from articles.models import Article, Section, Translation
from newsroom.models import Notice, SiteIdentity
from tests.articles.stories import draft, live
from tests.factories import ArticleFactory, BylineFactory, PhotoFactory, SectionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editions(db):
    SiteIdentity.load()
    SiteIdentity.objects.update(languages=["en", "es", "ar"])


@pytest.fixture
def translator():
    return UserFactory(role="Reporter")


def pair():
    """A section and its Spanish counterpart."""
    english = SectionFactory(name="World", slug="world")
    return english, SectionFactory(name="Mundo", slug="mundo", language="es", translation_of=english)


def begin(article, language="es", by=None):
    return translations.begin(article=article, language=language, by=by)


def rewrite(article, *, material=True, **changes):
    """The public text of ``article`` says something else."""
    article.refresh_from_db()
    said = replace(Content.from_json(article.latest_revision.content), **changes)
    publishing.save(article=article, content=said, by=None, base=None)
    publishing.update(article=article, by=None, material=material)


def row(article):
    return Translation.objects.get(article=article)


def mark(article, by=None):
    known = row(article)
    translations.mark_current(article=article, by=by, seen=translations.mark_of(known, known.original))


def test_a_translation_is_a_draft_with_all_that_the_original_says(translator):
    english, spanish = pair()
    photo, author = PhotoFactory(), BylineFactory()
    original = live(
        section_id=english.pk, label="Analysis", body="<p>One.</p>", tags=["Rivers"], bylines=[author], slug="the-river",
        slides=[SlideContent(photo.pk, "The quay", "An empty quay")],
    )  # fmt: skip
    made = begin(original, by=translator)
    said = Content.from_json(made.latest_revision.content)
    assert (made.status, made.language, made.section, made.created_by) == ("draft", "es", spanish, translator)
    assert (said.headline, said.standfirst, said.body) == (original.headline, original.standfirst, "<p>One.</p>")
    assert (said.slides, said.tags, said.byline_ids) == (
        [SlideContent(photo.pk, "The quay", "An empty quay")], ["Rivers"], [author.pk],
    )  # fmt: skip
    assert (said.label, said.slug) == ("Análisis", "")
    assert (made.translation_of, row(made).seen_revision) == (original, original.live_revision)
    assert original.acts.filter(act="begin_translation", by=translator).exists()


def test_reference_nodes_lead_to_translations_where_there_are_any():
    with_one, without = live(), live()
    spanish = begin(with_one)
    nodes = f'<aside data-node="related" data-ids="{with_one.pk},{without.pk}"></aside><p>data-ids="{with_one.pk}"</p>'
    gallery = f'<figure data-node="gallery" data-id="{with_one.pk}"></figure>'
    photo = f'<figure data-node="photo" data-id="{with_one.pk}"></figure>'
    body = begin(live(body=nodes + gallery + photo)).body
    assert f'data-ids="{spanish.pk},{without.pk}"' in body
    assert f'<p>data-ids="{with_one.pk}"</p>' in body
    assert f'data-node="gallery" data-id="{spanish.pk}"' in body
    assert f'data-node="photo" data-id="{with_one.pk}"' in body


def test_a_section_without_counterpart_uses_that_of_the_one_above():
    english, spanish = pair()
    below = SectionFactory(name="Europe", slug="europe", parent=english)
    assert begin(live(section_id=below.pk)).section == spanish
    assert begin(live(), "ar").section is None


def test_a_second_click_finds_the_translation_that_is_there():
    original = live()
    first = begin(original)
    assert begin(original) == first
    assert begin(first, "ar").translation_of == original  # a translation of a translation hangs on the original
    assert translations.open_languages(first) == []


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_begin_one_translation():
    original, made, start = live(), [], threading.Barrier(2)

    def click():
        start.wait()
        try:
            made.append(begin(Article.objects.get(pk=original.pk)).pk)
        finally:
            connections.close_all()

    both = [threading.Thread(target=click) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(made) == 2
    assert len(set(made)) == 1
    assert Article.objects.filter(translation_of=original).count() == 1


def test_what_is_in_the_trash_or_in_no_language_of_the_site_is_not_translated():
    for article, language in ((ArticleFactory(state="trash"), "es"), (live(), "en"), (live(), "xx")):
        with pytest.raises(WrongState):
            begin(article, language)
    original = live()
    publishing.trash(article=begin(original), by=None)
    with pytest.raises(WrongState, match="trash"):
        begin(original)


def test_the_embargo_of_the_original_holds_for_the_translation():
    embargo = timezone.now() + timedelta(hours=3)
    assert begin(live(embargo_until=embargo)).embargo_until == embargo


def test_who_may_not_write_in_the_counterpart_begins_nothing(translator):
    english, spanish = pair()
    elsewhere = SectionFactory(slug="deportes", language="es")
    translator.section_rights.create(section=elsewhere)
    with pytest.raises(NotAllowed):
        begin(live(section_id=english.pk), by=translator)
    translator.section_rights.create(section=spanish)
    assert (
        begin(live(section_id=english.pk), by=UserFactory._meta.model.objects.get(pk=translator.pk)).section == spanish
    )


def test_a_guest_translates_only_what_they_see():
    guest = UserFactory(role="Contributor")
    with pytest.raises(NotAllowed):
        begin(live(), by=guest)
    own = ArticleFactory(by=guest, photos=[])
    assert begin(own, by=guest).created_by == guest


def test_a_material_update_makes_every_translation_stale_and_tells_its_writer(translator):
    original = live(headline="One", section_id=pair()[0].pk)
    made, other = begin(original, by=translator), begin(original, "ar")
    rewrite(original, headline="Two", material=False)
    assert not row(made).is_stale
    rewrite(original, headline="Three")
    assert row(made).is_stale
    assert row(other).is_stale
    assert Notice.objects.get(person=translator, kind="stale").url.endswith(f"/{made.pk}/translations/")
    mark(made, translator)
    assert not row(made).is_stale
    assert row(other).is_stale
    assert made.acts.first().act == "translation_current"


def test_an_update_that_only_moves_the_original_leaves_translations_alone():
    original = live()
    made = begin(original)
    rewrite(original, section_id=SectionFactory().pk)
    assert not row(made).is_stale


def test_a_correction_of_the_original_makes_translations_stale():
    original = live()
    made = begin(original)
    corrections.publish(article=original, kind="correction", text="It was Tuesday.", by=None)
    assert row(made).is_stale
    assert row(made).stale_act.note == "It was Tuesday."


def test_a_mark_upon_an_original_that_went_on_is_refused():
    original = live()
    made = begin(original)
    rewrite(original, headline="Two")
    seen = translations.mark_of(row(made), row(made).original)
    rewrite(original, headline="Three")
    with pytest.raises(translations.OriginalChanged):
        translations.mark_current(article=made, by=None, seen=seen)
    assert row(made).is_stale


def test_a_locked_translation_is_not_marked():
    from articles import locking

    made = begin(live())
    locking.lock(article=made, by=None, note="Wait.")
    with pytest.raises(Locked):
        mark(made)


def test_a_draft_that_is_translated_is_not_written_over_by_its_writers_next_save(translator):
    article = publishing.create(content=Content(headline="One"), by=translator, auto=True)
    made = begin(article)
    publishing.save(article=article, content=Content(headline="Two"), by=translator, base=1, auto=True)
    assert row(made).seen_revision.content["headline"] == "One"
    assert article.latest_revision.number == 2


def test_a_link_typed_by_hand_counts_once_a_language_and_never_in_the_originals_own():
    original = live()
    first, second = (
        draft(language="es", translation_of_id=original.pk),
        draft(language="es", translation_of_id=original.pk),
    )
    same = draft(language="en", translation_of_id=original.pk)
    chained = draft(language="ar", translation_of_id=first.pk)
    known = {one.article: one.original for one in Translation.objects.all()}
    assert known == {first: original, chained: original}
    assert (second.translation_of, same.translation_of) == (original, original)
    assert begin(original) == first


def test_sections_name_one_counterpart_a_language(db):
    from django.core.exceptions import ValidationError

    english, _spanish = pair()
    for wrong in (Section(name="Otro", slug="otro", language="es", translation_of=english),
                  Section(name="Other", slug="other", language="en", translation_of=english)):  # fmt: skip
        with pytest.raises(ValidationError):
            wrong.full_clean(exclude=["path"])
