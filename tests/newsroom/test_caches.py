"""The three caches in one Redis: they hold the same names side by side, and count."""

import fakeredis
import pytest
from django.core.cache import caches

from newsroom import env, visitors
from newsroom.caches import made, readings

pytestmark = pytest.mark.once


@pytest.fixture
def redis(settings, monkeypatch):
    monkeypatch.setenv("CACHE_URL", "redis://127.0.0.1:6379/0")
    options = {"OPTIONS": {"connection_class": fakeredis.FakeRedisConnection}}
    settings.CACHES = {alias: {**config, **options} for alias, config in env.caches("CACHE_URL").items()}


def test_one_redis_holds_the_three_apart(redis):
    made.set("k", {"a": 1}, 5)
    assert made.get("k") == {"a": 1}
    assert (caches["default"].get("k"), readings.get("k")) == (None, None)


def test_acts_are_counted_from_the_first_on(redis):
    assert [visitors.acts_of("k", readings, 60) for _ in range(3)] == [1, 2, 3]
    assert visitors.is_within_rate("w", most=1, seconds=60)
    assert not visitors.is_within_rate("w", most=1, seconds=60)
