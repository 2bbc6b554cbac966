"""Behind a trusted proxy limits count the reader's address, and nobody can invent one."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from newsroom.proxy import TrustedProxy

pytestmark = pytest.mark.once


def seen_address(**headers):
    return TrustedProxy(lambda request: HttpResponse(request.META["REMOTE_ADDR"]))(
        RequestFactory().get("/", **headers)
    ).content


def test_address_is_the_one_the_proxy_saw():
    assert seen_address(headers={"X-Forwarded-For": "203.0.113.9"}) == b"203.0.113.9"


def test_invented_addresses_do_not_count():
    assert seen_address(headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}) == b"203.0.113.9"


def test_without_the_header_nothing_changes():
    assert seen_address() == b"127.0.0.1"
