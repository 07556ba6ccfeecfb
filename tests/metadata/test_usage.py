"""What runs used: recorded once, at the prices of then, and asked for until it is known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from results_fixture import results

from platform_metadata.__main__ import main
from platform_metadata.history import history
from platform_metadata.prices import Prices, cost
from platform_metadata.recording import record
from platform_metadata.usage import Usage, awaited, record_usage

FIRST, SECOND, THIRD = (results(number)["run_id"] for number in (1, 2, 3))
USAGE = Usage("emr_serverless", {"vcpu_hour": 2.5, "memory_gb_hour": 10.0, "storage_gb_hour": 0.0})
PRICES = Prices("EUR", {"vcpu_hour": 0.04, "memory_gb_hour": 0.005, "storage_gb_hour": 0.0001, "other": 9.0})
KNOWN = {
    "compute": "emr_serverless",
    "quantities": {"vcpu_hour": 2.5, "memory_gb_hour": 10.0, "storage_gb_hour": 0.0},
    "prices": {"vcpu_hour": 0.04, "memory_gb_hour": 0.005, "storage_gb_hour": 0.0001},
    "currency": "EUR",
    "cost": pytest.approx(0.15),
}
UNKNOWN = dict.fromkeys(KNOWN)


def _record(store: sa.engine.Engine, *numbers: int) -> None:
    with store.begin() as connection:
        for number in numbers:
            record(connection, results(number))


def _use(store: sa.engine.Engine, run_id: str, usage: Usage | None, prices: Prices | None = None) -> None:
    with store.begin() as connection:
        record_usage(connection, run_id, usage, prices)


def _known(store: sa.engine.Engine) -> dict[str, Any]:
    with store.connect() as connection:
        return {run["run_id"]: run["usage"] for run in history(connection, 10)}


def _awaited(store: sa.engine.Engine, limit: int = 10) -> list[str]:
    with store.connect() as connection:
        return [run.run_id for run in awaited(connection, limit)]


def test_a_run_has_no_usage_until_somebody_says_it(store: sa.engine.Engine) -> None:
    _record(store, 1, 2, 3)
    assert _known(store) == dict.fromkeys([THIRD, SECOND, FIRST])
    assert _awaited(store) == [THIRD, SECOND, FIRST]
    assert _awaited(store, 1) == [THIRD]
    _use(store, SECOND, USAGE, PRICES)
    _use(store, FIRST, None)
    assert _known(store) == {THIRD: None, SECOND: KNOWN, FIRST: UNKNOWN}
    assert _awaited(store) == [THIRD]


def test_usage_is_recorded_once_whoever_says_it_again(store: sa.engine.Engine) -> None:
    _record(store, 1)
    _use(store, FIRST, USAGE, PRICES)
    _use(store, FIRST, Usage("emr", {"spot_instance_hour": 1.0}))
    _use(store, FIRST, None)
    assert _known(store) == {FIRST: KNOWN}


def test_a_run_that_is_recorded_again_keeps_its_usage(store: sa.engine.Engine) -> None:
    _record(store, 1)
    _use(store, FIRST, USAGE, PRICES)
    _record(store, 1)
    assert _known(store) == {FIRST: KNOWN}
    assert _awaited(store) == []


def test_unknown_is_null_and_not_json_null(store: sa.engine.Engine) -> None:
    _record(store, 1)
    _use(store, FIRST, None)
    query = sa.text("SELECT count(*) FROM run_usage WHERE quantities IS NULL AND prices IS NULL")
    with store.connect() as connection:
        assert connection.execute(query).scalar_one() == 1


def test_a_computer_that_nobody_knows_is_refused_by_the_database(store: sa.engine.Engine) -> None:
    _record(store, 1)
    with pytest.raises(sa.exc.DBAPIError, match="ck_run_usage_compute"):
        _use(store, FIRST, Usage("abacus", {}))


@pytest.mark.parametrize(
    ("quantities", "prices", "expected"),
    [
        ({"vcpu_hour": 2.0}, {"vcpu_hour": 0.5, "memory_gb_hour": 9.0}, 1.0),
        ({"vcpu_hour": 2.0, "memory_gb_hour": 1.0}, {"vcpu_hour": 0.5}, None),
        ({"vcpu_hour": 2.0, "storage_gb_hour": 0.0}, {"vcpu_hour": 0.5}, 1.0),
        ({"vcpu_hour": 2.0}, None, None),
    ],
)
def test_a_cost_is_of_all_or_of_nothing(
    quantities: Mapping[str, float], prices: Mapping[str, float] | None, expected: float | None
) -> None:
    assert cost(quantities, None if prices is None else Prices("EUR", prices)) == expected


def test_on_a_laptop_a_run_is_recorded_with_the_time_of_its_processors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "results.json"
    file.write_text(json.dumps(results()), encoding="utf-8")
    store = ["--url", f"sqlite:///{tmp_path}/store.sqlite"]
    assert main([*store, "record", str(file), "--json", "--processor-seconds", "12.5"]) == 0
    (run,) = json.loads(capsys.readouterr().out)
    assert run["usage"] == {**UNKNOWN, "compute": "local", "quantities": {"processor_second": 12.5}}
