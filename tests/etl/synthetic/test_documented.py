"""The commands of docs/data.md, run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from pyspark.sql import SparkSession

from etl.cli import parse_arguments
from etl.synthetic import generate
from etl.synthetic.order_faults import EACH_OF_10000, order_faults
from etl.synthetic.plan import history_plan

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "data.md").read_text()


def test_the_documented_commands_make_both_batches(spark: SparkSession, tmp_path: Path) -> None:
    commands = re.findall(r"^main\.py (generate .*)$", GUIDE, re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        given = parse_arguments(shlex.split(command))
        generate.run(spark, str(tmp_path), given.rows, given.seed, given.run_date, given.follows)
    days = sorted(path.parent.name for path in (tmp_path / "_planted").rglob("planted.json"))
    assert days == ["run_date=2024-12-31", "run_date=2025-01-01"]


def test_the_guide_counts_the_faults() -> None:
    day = parse_arguments(shlex.split("generate --output x --rows 1000 --run-date 2024-12-31")).run_date
    faults = order_faults(history_plan(1_000, 1, day).run_date)
    share = len(faults) * EACH_OF_10000 / 100
    assert f"{share:.2f} % have one of {len(faults)} faults, {EACH_OF_10000} in 10,000 each" in GUIDE
