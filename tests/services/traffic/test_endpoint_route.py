"""Batches are tried again with the same bodies, and every record is counted once."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from endpoint_double import EndpointDouble
from traffic.account import Account
from traffic.endpoint_route import EndpointRoute, Limits
from traffic.message import ENDPOINT, SOUND, WEB_EVENTS, Message

LIMITS = Limits(batch=10, connections=2, timeout=0.3, patience=3, waiting=4)


def message(number: int, text: str = "good") -> Message:
    return Message(WEB_EVENTS, str(number), f'{{"n":{number},"is":"{text}"}}'.encode(), SOUND, ENDPOINT)


async def delivered(url: str, limits: Limits = LIMITS) -> Account:
    """Sends 19 good records and a bad one, and returns the account."""
    account = Account()
    async with aiohttp.ClientSession() as session:
        route = EndpointRoute(session, url, account, limits)
        for number in range(20):
            await route.send(message(number, "bad" if number == 13 else "good"))
        await route.finish()
    return account


def served(double: EndpointDouble, limits: Limits = LIMITS) -> Account:
    async def run() -> Account:
        async with double.serve() as url:
            return await delivered(url, limits)

    return asyncio.run(run())


def test_each_record_of_a_batch_is_counted_by_its_own_answer() -> None:
    double = EndpointDouble()
    assert served(double).now() == {"sent": 20, "acknowledged": 19, "refused": 1, "unknown": 0}
    assert len(double.bodies) == 2


@pytest.mark.parametrize(
    "first", [429, 503, 504, 0], ids=["too many", "no room", "time-out there", "time-out"]
)
def test_an_unanswered_batch_is_sent_again_with_the_same_body(first: int) -> None:
    double = EndpointDouble(first)
    assert served(double).now() == {"sent": 20, "acknowledged": 19, "refused": 1, "unknown": 0}
    assert len(double.bodies) == 3
    assert len(set(double.bodies)) == 2


def test_records_are_unknown_when_an_attempt_timed_out_and_refused_when_none_can_have_written() -> None:
    limits = Limits(batch=20, connections=1, timeout=0.3, patience=0.5, waiting=4)
    assert served(EndpointDouble(*[0] * 20), limits).now()["unknown"] == 20
    assert served(EndpointDouble(*[503] * 20), limits).now()["refused"] == 20


def test_nobody_there_is_surely_not_written() -> None:
    limits = Limits(batch=20, connections=1, timeout=0.3, patience=0.3, waiting=4)
    account = asyncio.run(delivered("http://127.0.0.1:9", limits))
    assert account.now() == {"sent": 20, "acknowledged": 0, "refused": 20, "unknown": 0}
    assert account.pending == 0
