"""No one reader has all the server's time, and a newsroom behind one address is not hurt."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from comity_web.config import middleware
from comity_web.serving.limits import _READERS, WorkLimits, reader_of


@pytest.mark.parametrize(
    ("address", "forwarded", "proxies", "reader"),
    [
        ("203.0.113.7", "", 0, "203.0.113.7"),
        ("127.0.0.1", "", 0, ""),
        ("::1", "", 0, ""),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::"),
        ("203.0.113.7", "198.51.100.1", 0, "203.0.113.7"),  # nobody of ours said so
        ("127.0.0.1", "198.51.100.1", 1, "198.51.100.1"),
        ("127.0.0.1", "9.9.9.9, 198.51.100.1", 1, "198.51.100.1"),  # the first is only claimed
        ("127.0.0.1", "198.51.100.1, 10.0.0.2", 2, "198.51.100.1"),
        ("127.0.0.1", "", 1, ""),
        ("::ffff:203.0.113.7", "", 0, "203.0.113.7"),
        ("::ffff:127.0.0.1", "", 0, ""),
        ("127.0.0.1", "198.51.100.1:4711", 1, "198.51.100.1"),
        ("127.0.0.1", "[2001:db8::1]:4711", 1, "2001:db8::"),
        ("unix:", "", 0, "unix:"),
    ],
)
def test_a_reader_is_the_network_that_is_known_to_ask(
    address: str, forwarded: str, proxies: int, reader: str
) -> None:
    meta = {"REMOTE_ADDR": address, "HTTP_X_FORWARDED_FOR": forwarded}
    assert reader_of(meta, proxies) == reader


def test_who_has_spent_the_budget_waits_until_there_is_some_again() -> None:
    limits = WorkLimits(burst=2.0, rate=0.5)
    assert limits.wait("a", 0) == 0
    limits.spend("a", 5.0, 0)
    assert limits.wait("a", 0) == 6  # three seconds over, half a second back each second
    assert limits.wait("b", 0) == 0
    assert limits.wait("a", 6.5) == 0


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 3)), max_size=30))
def test_waiting_as_long_as_told_is_always_enough(steps: list[tuple[float, float]]) -> None:
    limits, now = WorkLimits(burst=2.0, rate=0.5), 0.0
    for pause, work in steps:
        now += pause
        now += limits.wait("a", now) + 0.001
        assert limits.wait("a", now) == 0
        limits.spend("a", work, now)


def test_memory_is_bounded_however_many_ask() -> None:
    limits = WorkLimits(burst=1.0, rate=1.0)
    for number in range(_READERS + 100):
        limits.spend(str(number), 2.0, 0)
    assert limits.wait("0", 0) == 0  # forgotten
    assert limits.wait(str(_READERS + 99), 0) == 1


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_the_refusal_says_when_to_come_back(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "WORK_LIMITS", {"burst": 0.0001, "rate": 0.0001})
    client = Client(REMOTE_ADDR="203.0.113.9")
    assert client.get(f"/{language}/").status_code == 200
    refused = client.get(f"/{language}/")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.headers["Retry-After"] in refused.content.decode()
    assert Client().get(f"/{language}/").status_code == 200  # this machine


def test_the_share_is_that_of_the_settings() -> None:
    shares = middleware.FairShares(lambda _: None)  # type: ignore[arg-type, return-value]
    assert (shares.limits.burst, shares.limits.rate) == (20.0, 0.25)
