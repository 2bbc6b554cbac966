"""The page for what broke on our side: the frame alone, without a query, in the language that was spoken."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from newsroom.views import server_error


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("es", "ltr"), ("ar", "rtl")])
def test_it_names_the_language_that_it_speaks(code, direction):
    with translation.override(code):
        answer = server_error(RequestFactory().get("/"))
    html = answer.content.decode()
    assert answer.status_code == 500
    assert f'<html lang="{code}" dir="{direction}">' in html
