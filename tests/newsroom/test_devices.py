"""Browsers are named for people where somebody sees where they are signed in."""

import pytest

from newsroom.templatetags.devices import device

CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/604.1"


@pytest.mark.parametrize(
    ("says", "name"),
    [
        (CHROME, "Chrome on Android"),
        (EDGE, "Edge on Windows"),
        (IPHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox on Linux"),
        ("curl/8.0", "curl/8.0"),
        ("", "Unknown device"),
        ("x" * 500, "x" * 60),
    ],
)
def test_a_device_is_named_as_people_call_it(says, name):
    assert device(says) == name
