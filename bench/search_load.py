"""Search under an open-loop load: latency, and the rate at which it is saturated.

    make install-search .venv/explore/.test
    .venv/explore/bin/python bench/search_load.py [--products 20000] [--events 1000000] [--rate 20]

Requests are due at fixed times and latency counts from then (Tene, "How NOT to Measure Latency", 2013). They
are those of the page about products, by the application's query builder: the judged queries, typing errors
among them, in their languages, with facets, every third with a chosen category. One request in twenty is the
page about insights, which asks the events. Beside it the same texts by one `multi_match` over the same
fields, without facets, highlights or suggestions, in turn. Then the rate is raised by a quarter, each for a
third of the time, until p95 is over a second or requests are left behind: search is saturated after the last
rate before that.
"""

from __future__ import annotations

import argparse
import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from filled_search import ROOT, filled_search, memory
from judged_queries import typed_texts

sys.path.insert(0, str(ROOT / "services" / "explore"))
from explore.errors import ExploreError
from explore.search.client import OpenSearch
from explore.search.definition import Definition, load_definition
from explore.search.insights import frequent_texts
from explore.search.products import Asked, search_products

#: Requests that are under way at once, at most; a page of the application asks from a thread of its own.
THREADS = 64

#: One request in so many asks for insights, and one in so many chooses a category.
INSIGHTS, CHOSEN = 20, 3

#: Seconds of p95 from which search is saturated, share of requests that must be answered in time, and the
#: factor between two rates.
SLOW, ANSWERED, STEP = 1.0, 0.95, 1.25

CATEGORIES = ("electronics", "home", "fashion", "sports")

Request = Callable[[], object]


@dataclass
class Load:
    """Seconds of every answer from when its request was due, failures, and seconds until the last answer."""

    latencies: list[float] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0

    def percentile(self, share: float) -> float:
        """Return a percentile in milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000

    def is_saturated(self, seconds: float) -> bool:
        """Return whether answers were slow, missing, or came after the end."""
        is_late = self.seconds > seconds / ANSWERED + SLOW
        return is_late or self.failed > 0 or self.percentile(0.95) > SLOW * 1000


def run(requests: Sequence[Request], rate: float, seconds: float) -> Load:
    """Send so many requests a second, one after the other from the sequence, again and again."""
    load, lock = Load(), threading.Lock()
    due: queue.SimpleQueue[tuple[float, Request] | None] = queue.SimpleQueue()

    def work() -> None:
        while (given := due.get()) is not None:
            when, request = given
            try:
                request()
                took, failed = time.perf_counter() - when, 0
            except ExploreError:
                took, failed = time.perf_counter() - when, 1
            with lock:
                load.latencies.append(took)
                load.failed += failed

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    began = time.perf_counter()
    for number in range(max(1, int(rate * seconds))):
        when = began + number / rate
        time.sleep(max(0.0, when - time.perf_counter()))
        due.put((when, requests[number % len(requests)]))
    for _ in threads:
        due.put(None)
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - began
    return load


def pages(search: OpenSearch, products: Definition, events: Definition) -> list[Request]:
    """Return what the application asks, page by page."""
    found: list[Request] = []
    for number, (language, text) in enumerate(typed_texts()):
        chosen = {"category": [CATEGORIES[number % len(CATEGORIES)]]} if number % CHOSEN == 0 else None
        asked = Asked(text, language, chosen)
        found.append(partial(search_products, search, products, asked))
        if number % INSIGHTS == 0:
            found.append(partial(frequent_texts, search, events, products, language))
    return found


def plain(search: OpenSearch, products: Definition) -> list[Request]:
    """Return the same texts as one `multi_match` each over the texts of their language."""

    def body(language: str, text: str) -> dict[str, object]:
        fields = [each.name for each in products.texts(language)]
        return {"size": 10, "query": {"multi_match": {"query": text, "fields": fields}}}

    return [partial(search.search, products.alias, body(*typed)) for typed in typed_texts()]


def saturation(requests: Sequence[Request], rate: float, seconds: float) -> float:
    """Return the highest rate that was answered in time; 0 where the first one was not."""
    answered = 0.0
    while not run(requests, rate, seconds).is_saturated(seconds):
        answered, rate = rate, rate * STEP
    return answered


def main() -> None:
    """Measure, and print."""
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("--products", type=int, default=20_000)
    options.add_argument("--events", type=int, default=1_000_000)
    options.add_argument("--rate", type=float, default=20)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    with filled_search(given.products, given.events) as filled, OpenSearch(filled.url) as search:
        products, events = (load_definition(filled.contracts, name) for name in ("products", "web_events"))
        assert products is not None
        assert events is not None
        sides = {"application": pages(search, products, events), "multi_match": plain(search, products)}
        loads: dict[str, Load] = {name: Load() for name in sides}
        for turn in range(given.runs + 1):
            for name, requests in sides.items():
                load = run(requests, given.rate, given.seconds)
                if turn:
                    loads[name].latencies += load.latencies
                    loads[name].failed += load.failed
        print(f"{given.rate:g} requests/s\n{'side':12} {'p50 ms':>8} {'p95':>8} {'p99':>8} {'failed':>7}")
        for name, load in loads.items():
            figures = " ".join(f"{load.percentile(share):8.1f}" for share in (0.5, 0.95, 0.99))
            print(f"{name:12} {figures} {load.failed:7}")
        ratios = [
            loads["application"].percentile(share) / loads["multi_match"].percentile(share)
            for share in (0.5, 0.95, 0.99)
        ]
        print(f"{'ratio':12} {' '.join(f'{ratio:8.2f}' for ratio in ratios)}")
        for name, requests in sides.items():
            highest = saturation(requests, given.rate, given.seconds / 3)
            print(f"{name}: answers up to {highest:.0f} requests/s with p95 of at most {SLOW:g} s")
        peaks = [memory(process, "VmHWM") for process in (filled.process, os.getpid())]
        print(f"peak memory: OpenSearch {peaks[0]:,.0f} MB, the load {peaks[1]:,.0f} MB")


if __name__ == "__main__":
    main()
