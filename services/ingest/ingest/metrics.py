"""Counters, gauges and histograms for Prometheus, at /metrics."""

from __future__ import annotations

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The endpoint's figures, in a separate registry."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self.events = Counter(
            "ingest_events",
            "Events by what became of them: acknowledged, refused, not_written, unknown",
            ["dataset", "outcome"],
            registry=self.registry,
        )
        self.reasons = Counter(
            "ingest_reasons", "Reasons against events, by code", ["dataset", "code"], registry=self.registry
        )
        self.requests = Counter("ingest_requests", "Answers by status", ["status"], registry=self.registry)
        self.seconds = Histogram(
            "ingest_request_seconds",
            "Time from a request to its answer",
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.in_flight = Gauge(
            "ingest_in_flight_bytes", "Bytes read or not yet acknowledged", registry=self.registry
        )
        self.connected = Gauge(
            "ingest_brokers_connected", "Whether the brokers answer", registry=self.registry
        )

    def text(self) -> bytes:
        """Returns all of them in Prometheus's text format."""
        return generate_latest(self.registry)
