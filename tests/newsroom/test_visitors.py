"""What limits count as one visitor."""

import pytest
from django.test import RequestFactory

from newsroom.visitors import network_of

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_one_line_is_one_visitor(address, network):
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network
