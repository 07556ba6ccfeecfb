"""Recording runs: what is stored, twice as once, and what is refused."""

from __future__ import annotations

import copy
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import sqlalchemy as sa
from results_fixture import CHECK, results

from platform_metadata.history import history
from platform_metadata.recording import record, record_unreadable, recorded
from platform_metadata.results import ResultsError
from platform_metadata.tables import claims, metadata


def _content(store: sa.engine.Engine) -> dict[str, list[dict[str, Any]]]:
    with store.connect() as connection:
        return {
            table.name: [
                dict(row)
                for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in metadata.sorted_tables
            if table is not claims
        }


def _record(store: sa.engine.Engine, *documents: dict[str, Any]) -> None:
    for document in documents:
        with store.begin() as connection:
            record(connection, document)


def test_a_run_is_stored_whole(store: sa.engine.Engine) -> None:
    _record(store, results())
    content = _content(store)
    assert content["pipeline_runs"] == [
        {
            "run_id": "2026-02-01-0001",
            "run_date": date(2026, 2, 1),
            "release": "3f9a1c0de4b27788",
            "status": "published",
            "started_at": datetime(2026, 2, 1, 3, 0, 4, 250_000, tzinfo=timezone.utc),
            "finished_at": datetime(2026, 2, 1, 3, 1, 11, tzinfo=timezone.utc),
            "seconds": 66.75,
            "violations": [],
        }
    ]
    assert [tuple(row.values())[1:] for row in content["dataset_versions"]] == [
        ("orders", 951, 2, 5_000_000_000, "s3://lake/orders/run=2026-02-01-0001", "1.2.0"),
        ("revenue_by_day", 12, 2, 5_000_000_000, "s3://lake/revenue_by_day/run=2026-02-01-0001", None),
    ]
    assert [row["dataset"] for row in content["quality_results"]] == ["customers", "orders"]
    assert content["quality_results"][1] == {
        "run_id": "2026-02-01-0001",
        "dataset": "orders",
        "contract_version": "1.2.0",
        "files_read": 4,
        "rows_read": 1001,
        "inserted": 900,
        "updated": 51,
        "superseded": 20,
        "quarantined": 30,
        "refused_files": [{"path": "raw/orders/5.csv.gz", "reason": "not gzip"}],
        "reasons": {"quantity.range": 30, "country.set": 2},
        "checks": [CHECK],
    }


def test_twice_is_once(store: sa.engine.Engine) -> None:
    _record(store, results(1), results(2))
    once = _content(store)
    assert [len(rows) for rows in once.values()] == [2, 0, 4, 4, 0]
    _record(store, results(2), results(1))
    assert _content(store) == once


def test_a_run_that_is_recorded_again_is_what_it_says_now(store: sa.engine.Engine) -> None:
    _record(store, results(), results(2))
    changed = results(outcome="rejected")
    changed["tables"], changed["datasets"] = [], changed["datasets"][:1]
    _record(store, changed)
    content = _content(store)
    assert [(run["status"], run["violations"]) for run in content["pipeline_runs"]] == [
        ("rejected", ["orders: volume"]),
        ("published", []),
    ]
    assert {row["run_id"] for row in content["dataset_versions"]} == {"2026-02-02-0002"}
    assert len(content["quality_results"]) == 1 + 2


def test_several_that_record_the_same_run_at_once_leave_it_once(store: sa.engine.Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: _record(store, results()), range(8)))
    assert [len(rows) for rows in _content(store).values()] == [1, 0, 2, 2, 0]


def test_results_that_break_half_way_leave_nothing(store: sa.engine.Engine) -> None:
    document = results()
    document["tables"][1]["rows"] = None
    with pytest.raises(sa.exc.DBAPIError, match=r"(?i)null"):
        _record(store, document)
    assert [len(rows) for rows in _content(store).values()] == [0, 0, 0, 0, 0]


def test_an_outcome_that_nobody_knows_is_refused_by_the_database(store: sa.engine.Engine) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="ck_pipeline_runs_status"):
        _record(store, results(outcome="perhaps"))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            {"schema_version": "2.0.0"},
            "schema_version is '2.0.0', the store reads '1.0.0': "
            "publish jobs and DAGs of the same source together",
        ),
        ({"run_date": "yesterday"}, "Invalid isoformat string: 'yesterday'"),
        ({"audit": {}}, "'violations' is missing"),
        ({"datasets": None}, "'NoneType' object is not iterable"),
    ],
)
def test_what_is_not_a_run_s_results_is_refused(change: dict[str, Any], problem: str) -> None:
    engine = sa.create_engine("sqlite://", future=True)
    with engine.connect() as connection, pytest.raises(ResultsError) as error:
        record(connection, {**results(), **change})
    assert str(error.value) == problem
    engine.dispose()


def test_the_store_knows_what_it_has_seen_until_the_file_is_another(store: sa.engine.Engine) -> None:
    with store.begin() as connection:
        record(connection, results(1))
        record_unreadable(connection, "2026-02-02-0002", "v1", "not JSON")
        record_unreadable(connection, "2026-02-02-0002", "v2", "not JSON either")
        seen = recorded(connection)
        assert seen.runs == {"2026-02-01-0001"}
        assert seen.unreadable == {"2026-02-02-0002": "v2"}
        record(connection, results(2))
        assert recorded(connection).unreadable == {}


def test_history_is_the_last_runs_newest_first(store: sa.engine.Engine) -> None:
    _record(store, *(results(number) for number in range(1, 6)))
    judged_nothing: dict[str, Any] = copy.deepcopy(results(6, outcome="rejected"))
    judged_nothing["datasets"] = []
    _record(store, judged_nothing)
    with store.connect() as connection:
        runs = history(connection, 3)
    assert runs == json.loads(json.dumps(runs))
    assert [(run["run_id"], run["status"], run["rows_read"], run["rows_quarantined"]) for run in runs] == [
        ("2026-02-06-0006", "rejected", 0, 0),
        ("2026-02-05-0005", "published", 1005, 30),
        ("2026-02-04-0004", "published", 1004, 30),
    ]
    assert (runs[1]["run_date"], runs[1]["started_at"]) == ("2026-02-05", "2026-02-05T03:00:04.250000Z")
    assert runs[1]["seconds"] == 66.75
    assert [run["datasets"] for run in runs] == [
        {},
        *(
            {
                "customers": {"rows_read": 0, "checks": {}},
                "orders": {
                    "rows_read": read,
                    "checks": {"quantity.range": {"failed_rows": 30, "passed": True}},
                },
            }
            for read in (1005, 1004)
        ),
    ]


def test_the_fixture_is_what_runs_write() -> None:
    schema = json.loads(
        (Path(__file__).resolve().parents[2] / "contracts" / "run-results.schema.json").read_text(
            encoding="utf-8"
        )
    )
    jsonschema.Draft202012Validator(schema).validate(results())
