"""What the standard's own tool and PyYAML make of contracts; runs in `.venv/contracts` and prints JSON.

.venv/contracts/bin/python tests/etl/odcs_tools.py contract.odcs.yaml …
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import sqlglot
import yaml
from datacontract.data_contract import DataContract
from datacontract.export.exporter import ExportFormat


def read(path: str) -> dict[str, Any]:
    """Return the document by YAML 1.1, the verdict of the linter, and the columns of the exported table."""
    contract = DataContract(data_contract_file=path, inline_references=False)
    run = contract.lint()
    return {
        "result": str(run.result.value),
        "checks": [[check.name, check.reason] for check in run.checks],
        "columns": columns(str(contract.export(ExportFormat.sql, sql_server_type="databricks"))),
        "document": yaml.safe_load(Path(path).read_text()),
    }


def columns(sql: str) -> list[list[str]] | None:
    """Names and Spark types of a table that is created; None where a name of the raw files is no name in SQL.

    The tool writes the names of the raw files, and does not quote them.
    """
    try:
        (statement,) = [each for each in sqlglot.parse(sql, dialect="databricks") if each]
    except sqlglot.errors.SqlglotError:
        return None
    found = statement.find_all(sqlglot.exp.ColumnDef)
    return [[each.name, each.kind.sql(dialect="spark").lower().replace(" ", "")] for each in found]


if __name__ == "__main__":
    print(json.dumps({path: read(path) for path in sys.argv[1:]}, default=repr))
