"""Verdicts on counts: which promise is broken by how much, and what is allowed."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from columns import column, rule, things
from etl.batch.accounting import Account, Curated, Ingested
from etl.batch.audit import check_dataset, check_files, violations
from etl.model import Freshness, Volume
from etl.storage.folders import Folders, Part
from etl.storage.snapshot import Version
from etl.storage.staging import Staged

RUN_DATE = date(2024, 12, 31)
SIZE = column("size", "int", rule("size", "type", threshold=0.1))
PROMISED = things(
    SIZE,
    freshness=Freshness("at.freshness", "at", 86400, "error", "timeliness"),
    volume=Volume("volume", 10, 1000, "error", "coverage"),
)


def broken(read: int, reasons: dict[str, int], newest: str | None = "2024-12-31T12:00:00Z") -> list[str]:
    """What the audit says of a batch."""
    return violations(check_dataset(PROMISED, read, reasons, newest, RUN_DATE))


def test_every_promise_is_checked() -> None:
    checks = check_dataset(PROMISED, 100, {"size.type": 3}, "2024-12-31T12:00:00Z", RUN_DATE)
    assert [check.id for check in checks] == [
        "row.malformed", "id.type", "id.required", "id.unique", "size.type", "at.type", "at.required",
        "at.freshness", "volume",
    ]  # fmt: skip
    assert all(check.passed for check in checks)
    size = next(check for check in checks if check.id == "size.type")
    assert size.as_result() == {
        "id": "size.type",
        "dimension": "conformity",
        "column": "size",
        "rule": "type",
        "severity": "error",
        "failed_rows": 3,
        "threshold": 0.1,
        "passed": True,
    }


def test_a_threshold_is_the_last_share_that_passes() -> None:
    assert broken(100, {"size.type": 10}) == []
    assert broken(100, {"size.type": 11}) == [
        "things: size.type failed in 11 of 100 rows (11.00%); at most 10.00% may fail"
    ]


def test_freshness_is_judged_by_the_run_date() -> None:
    assert broken(10, {}, "2024-12-31T00:00:00Z") == []
    assert broken(10, {}, "2024-12-30T23:59:59Z") == [
        "things: at.freshness: the newest row is of 2024-12-30T23:59:59Z, 1 day, 0:00:01 before the end of "
        "2024-12-31; at most 1 day, 0:00:00 is allowed"
    ]
    assert broken(10, {}, None) == ["things: at.freshness: no valid row says how fresh the batch is"]


def test_whether_a_batch_may_be_empty_is_said_by_its_volume() -> None:
    assert broken(0, {}, None) == ["things: volume: 0 rows were read; at least 10 are expected"]
    rare = dataclasses.replace(PROMISED, volume=Volume("volume", 0, 1000, "error", "coverage"))
    assert violations(check_dataset(rare, 0, {}, None, RUN_DATE)) == []
    unsaid = dataclasses.replace(PROMISED, volume=None)
    assert violations(check_dataset(unsaid, 0, {}, None, RUN_DATE)) == [
        "things: at.freshness: no valid row says how fresh the batch is"
    ]


@pytest.mark.parametrize(
    ("read", "message"), [(9, "9 rows were read; at least 10"), (1001, "1,001 rows were read; at most 1,000")]
)
def test_volume(read: int, message: str) -> None:
    assert broken(read, {}) == [f"things: volume: {message} are expected"]


def test_a_warning_is_reported_and_fails_nothing() -> None:
    careful = things(volume=Volume("volume", 10, None, "warning", "coverage"))
    checks = check_dataset(careful, 1, {}, None, RUN_DATE)
    assert [check.id for check in checks if not check.passed] == ["volume"]
    assert violations(checks) == []


def folders(**rows: int) -> Folders:
    """Folders with these rows by label."""
    return Folders("things", {label: Part(label, count, 1, 1) for label, count in rows.items()})


TABLE = Version("things", "curated", "1", 0, 0, 0)


def account(inserted: int) -> Account:
    """Ten rows read: two bad, one superseded in each job, one contradicting; the rest inserted."""
    staged = Staged(folders(valid=8, invalid=2), folders(keys=1), folders(accepted=1, superseded=1))
    ingested = Ingested("things", "1.0.0", 1, (), staged, 2, {"size.type": 1, "id.unique": 1}, None)
    return Account(ingested, Curated("things", inserted, 0, 1, 1, TABLE), "id.unique")


def test_every_row_is_in_one_disposition() -> None:
    assert account(5).ingested.staged.accepted == 7
    assert account(5).dispositions == {
        "read": 10,
        "inserted": 5,
        "updated": 0,
        "superseded": 2,
        "quarantined": 3,
    }
    assert account(5).reasons == {"id.unique": 2, "size.type": 1}


def test_rows_that_do_not_add_up_are_an_error() -> None:
    with pytest.raises(ArithmeticError, match="things: rows were lost or counted twice"):
        _ = account(6).dispositions


def test_records_survive_as_documents() -> None:
    ingested, curated = account(5).ingested.as_document(), account(5).curated.as_document()
    assert Ingested.parse(ingested).as_document() == ingested
    assert Curated.parse(curated).as_document() == curated


@pytest.mark.parametrize(("refused", "passed"), [(0, True), (1, True), (2, False), (10, False)])
def test_refused_files_are_judged_by_the_strictest_threshold(refused: int, passed: bool) -> None:
    strict = things(column("size", "int", rule("size", "type", threshold=0.1)))
    check = check_files(strict, 10 - refused, refused)
    assert (check.id, check.passed) == ("files.refused", passed)
    if refused == 2:
        assert check.message == "things: 2 of 10 files were refused (20.00%); at most 10.00% may be"
