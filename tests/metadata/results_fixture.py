"""Results of runs, as contracts/run-results.schema.json describes them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

CHECK = {
    "id": "quantity.range",
    "dimension": "conformity",
    "column": "quantity",
    "rule": "range",
    "severity": "error",
    "failed_rows": 30,
    "threshold": 0.05,
    "passed": True,
}


def results(number: int = 1, *, outcome: str = "published") -> dict[str, Any]:
    """Return the results of the `number`th run, one a day; of two datasets, one of which has tables."""
    day = date(2026, 1, 31) + timedelta(days=number)
    run_id = f"{day}-{number:04}"
    orders = {
        "read": 1000 + number,
        "inserted": 900,
        "updated": 50 + number,
        "superseded": 20,
        "quarantined": 30,
    }
    nothing = dict.fromkeys(orders, 0)
    return {
        "schema_version": "1.0.0",
        "run_id": run_id,
        "run_date": day.isoformat(),
        "release": "3f9a1c0de4b27788",
        "started_at": f"{day}T03:00:04.250Z",
        "finished_at": f"{day}T03:01:11Z",
        "outcome": outcome,
        "stages": [{"name": "ingest", "seconds": 34.2, "rows_in": 1000 + number, "rows_out": 970}],
        "datasets": [
            {
                "name": "orders",
                "contract_version": "1.2.0",
                "files": {"read": 4, "refused": [{"path": "raw/orders/5.csv.gz", "reason": "not gzip"}]},
                "dispositions": orders,
                "reasons": [{"code": "quantity.range", "rows": 30}, {"code": "country.set", "rows": 2}],
                "checks": [CHECK],
            },
            {
                "name": "customers",
                "contract_version": "1.0.0",
                "files": {"read": 0, "refused": []},
                "dispositions": nothing,
                "reasons": [],
                "checks": [],
            },
        ],
        "audit": {
            "passed": outcome == "published",
            "violations": [] if outcome == "published" else ["orders: volume"],
        },
        "distributions": [],
        "marts": [{"name": "revenue_by_day", "rows": 12, "columns": ["day"], "sample": [["2026-01-31"]]}],
        "tables": [
            {
                "name": name,
                "rows": rows,
                "files": 2,
                "bytes": 5_000_000_000,
                "location": f"s3://lake/{name}/run={run_id}",
            }
            for name, rows in (("orders", 950 + number), ("revenue_by_day", 12))
        ],
        "planted": None,
    }
