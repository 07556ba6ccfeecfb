"""Each client has its own rate and burst."""

from __future__ import annotations

from ingest.rate_limits import RateLimits


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_the_rate() -> None:
    clock = Clock()
    limits = RateLimits(10, 20, clock)
    limits.charge("a", 15)
    assert limits.wait_of("a") == 0
    limits.charge("a", 25)
    assert limits.wait_of("a") == 2.1
    assert limits.wait_of("b") == 0
    clock.now = 2.2
    assert limits.wait_of("a") == 0


def test_silent_clients_have_no_more_than_a_burst() -> None:
    clock = Clock()
    limits = RateLimits(1, 0, clock)
    clock.now = 1_000
    limits.charge("a", 11)
    assert limits.wait_of("a") > 0


def test_no_rate_is_no_limit() -> None:
    limits = RateLimits(0, 0)
    limits.charge("a", 10**9)
    assert limits.wait_of("a") == 0


def test_forgets_clients_that_were_silent_for_longest() -> None:
    limits = RateLimits(1, 1)
    for number in range(20_000):
        limits.charge(str(number), 5)
    assert limits.wait_of("0") == 0
    assert limits.wait_of("19999") > 0
