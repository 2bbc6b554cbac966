"""Readers are told when a picture was made by a machine or put together."""

import pytest
from django.template import Context, Template
from django.utils import translation

from articles.content import SlideContent
from media import source_types
from media.ingest import ingest
from media.models import Photo
from tests.factories import LiveArticleFactory, PhotoFactory
from tests.media import images

VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("trainedAlgorithmicMedia", "Made by a machine"),
        (f"{VOCABULARY}trainedAlgorithmicMedia", "Made by a machine"),
        (f"{VOCABULARY.replace('http', 'https')}algorithmicMedia/", "Made by a machine"),
        ("digsrctype:trainedalgorithmicmedia", "Made by a machine"),
        (f"{VOCABULARY}compositeWithTrainedAlgorithmicMedia", "Partly made by a machine"),
        ("compositeSynthetic", "Partly made by a machine"),
        (f" {VOCABULARY}compositeCapture ", "Composite picture"),
        ("composite", "Composite picture"),
        (f"{VOCABULARY}digitalCapture", ""),
        ("digitalCreation", ""),
        ("", ""),
        ("<script>", ""),
    ],
)
def test_each_way_of_making_has_its_word(value, words):
    assert Photo(digital_source_type=value).made_label == words


def test_the_word_is_said_in_the_page_s_language():
    with translation.override("es"):
        assert source_types.label("composite") == translation.gettext("Composite picture")


@pytest.mark.django_db
def test_the_label_stands_beside_the_credit_of_slides_and_of_photos_in_the_body(client):
    slide, inside = (
        PhotoFactory(digital_source_type="trainedAlgorithmicMedia"),
        PhotoFactory(digital_source_type=f"{VOCABULARY}compositeCapture"),
    )
    body = f'<p>Words.</p><figure data-node="photo" data-id="{inside.pk}"></figure>'
    article = LiveArticleFactory(slides=[SlideContent(slide.pk, "", "")], body=body)
    page = client.get(article.get_absolute_url()).content.decode()

    assert page.count("<strong>Made by a machine</strong>") == 1
    assert page.count("<strong>Composite picture</strong>") == 1


@pytest.mark.django_db
def test_the_label_of_a_machine_s_picture_comes_from_its_file():
    words = f"<ext:DigitalSourceType>{VOCABULARY}trainedAlgorithmicMedia</ext:DigitalSourceType>".replace(
        "<ext:DigitalSourceType>", '<ext:DigitalSourceType xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
    )
    photo = ingest(file=images.upload(images.picture(xmp=images.xmp(elements=words))))
    assert photo.made_label == "Made by a machine"


@pytest.mark.django_db
def test_other_photos_carry_no_label():
    drawn = Template("{% load pictures %}{% made_label photo %}{% made_label none %}")
    assert drawn.render(Context({"photo": PhotoFactory(), "none": None})) == ""
