"""Search under an open-loop load: latency, and the rate at which it is saturated.

    make install-search .venv/explore/.test
    .venv/explore/bin/python bench/search_load.py [--products 20000] [--events 1000000] [--rate 20]

Requests are due at fixed times and latency counts from then (Tene, "How NOT to Measure Latency", 2013). They
are those of the page about products, by the application's query builder: the judged queries, typing errors
among them, in their languages, with facets, every third with a chosen category. One request in fifty is the
page about insights, which counts the events' texts and what each finds. Beside it the same texts by one
`multi_match` over the same fields, without facets, highlights or suggestions, in turn. Then the rate is
raised by a quarter, each for a third of the time, until p95 is over a second or requests are left behind:
search is saturated after the last rate before that. The load takes processor time, too.
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
INSIGHTS, CHOSEN = 50, 3

#: Seconds of p95 from which search is saturated, share of requests that must be answered in time, and the
#: factor between two rates.
SLOW, ANSWERED, STEP = 1.0, 0.95, 1.25

CATEGORIES = ("electronics", "home", "fashion", "sports")

#: Kinds of requests.
PRODUCTS, EVENTS, PLAIN = "products page", "insights page", "multi_match"


@dataclass(frozen=True)
class Request:
    """A request and its kind."""

    kind: str
    ask: Callable[[], object]


@dataclass
class Load:
    """Kind and seconds of every answer from when it was due, failures, and seconds until the last answer."""

    latencies: list[tuple[str, float]] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0

    def percentile(self, share: float, kind: str | None = None) -> float:
        """Return a percentile in milliseconds, of one kind or of all."""
        ordered = sorted(took for each, took in self.latencies if kind in (None, each))
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
                request.ask()
                took, failed = time.perf_counter() - when, 0
            except ExploreError:
                took, failed = time.perf_counter() - when, 1
            with lock:
                load.latencies.append((request.kind, took))
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
        found.append(Request(PRODUCTS, partial(search_products, search, products, asked)))
        if number % INSIGHTS == 0:
            found.append(Request(EVENTS, partial(frequent_texts, search, events, products, language)))
    return found


def plain(search: OpenSearch, products: Definition) -> list[Request]:
    """Return the same texts as one `multi_match` each over the texts of their language."""

    def body(language: str, text: str) -> dict[str, object]:
        fields = [each.name for each in products.texts(language)]
        return {"size": 10, "query": {"multi_match": {"query": text, "fields": fields}}}

    asked = [partial(search.search, products.alias, body(*typed)) for typed in typed_texts()]
    return [Request(PLAIN, ask) for ask in asked]


def saturation(requests: Sequence[Request], rate: float, seconds: float) -> float:
    """Return the highest rate that was answered in time; 0 where the first one was not."""
    answered = 0.0
    while not run(requests, rate, seconds).is_saturated(seconds):
        answered, rate = rate, rate * STEP
    return answered


def report(application: Load, others: Load, rate: float) -> None:
    """Print percentiles by kind, and the ratio of the page about products to plain requests."""
    print(f"{rate:g} requests/s\n{'request':14} {'p50 ms':>8} {'p95':>8} {'p99':>8} {'count':>7}")
    figures: dict[str, list[float]] = {}
    for kind, load in ((PRODUCTS, application), (EVENTS, application), (PLAIN, others)):
        figures[kind] = [load.percentile(share, kind) for share in (0.5, 0.95, 0.99)]
        count = sum(each == kind for each, _ in load.latencies)
        print(f"{kind:14} {' '.join(f'{figure:8.1f}' for figure in figures[kind])} {count:7}")
    ratios = [mine / other for mine, other in zip(figures[PRODUCTS], figures[PLAIN], strict=True)]
    print(f"{'ratio':14} {' '.join(f'{ratio:8.2f}' for ratio in ratios)}")
    print(f"failed: {application.failed} of the application's, {others.failed} of the others")


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
        sides = [pages(search, products, events), plain(search, products)]
        loads = [Load() for _ in sides]
        for turn in range(given.runs + 1):
            for requests, load in zip(sides, loads, strict=True):
                ran = run(requests, given.rate, given.seconds)
                if turn:
                    load.latencies += ran.latencies
                    load.failed += ran.failed
        report(*loads, given.rate)
        for name, requests in zip(("application", PLAIN), sides, strict=True):
            highest = saturation(requests, given.rate, given.seconds / 3)
            print(f"{name}: answers up to {highest:.0f} requests/s with p95 of at most {SLOW:g} s")
        peaks = [memory(process, "VmHWM") for process in (filled.process, os.getpid())]
        print(f"peak memory: OpenSearch {peaks[0]:,.0f} MB, the load {peaks[1]:,.0f} MB")


if __name__ == "__main__":
    main()
