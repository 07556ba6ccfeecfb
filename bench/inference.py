"""Types inferred on the labelled corpus (tests/etl/corpus): ours and DuckDB's sniffer, by the same labels.

    make .venv/etl/.test .venv/corpus/.test
    .venv/etl/bin/python bench/inference.py [--columns]

Prints for each reader how many columns are right, modest and silently wrong, in all and by kind; with
`--columns` every column that is not right, too.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from lake_session import ROOT, start_session

sys.path[:0] = [str(ROOT / "tests" / "etl"), str(ROOT)]
from corpus.readers import Columns, inferred, sniffed  # noqa: E402
from corpus.scoring import MODEST, RIGHT, WRONG, Score, score  # noqa: E402
from corpus.tables import Table, apart, tables  # noqa: E402

VERDICTS = (RIGHT, MODEST, WRONG)


def main(arguments: Sequence[str]) -> None:
    """Score the readers one after the other."""
    spark = start_session("inference")
    found = tables()
    with tempfile.TemporaryDirectory() as folder:
        readers: dict[str, Callable[[Table], Columns | None]] = {
            "inferred": lambda table: inferred(spark, table, Path(folder)),
            "DuckDB, default sample": partial(sniffed, folder=Path(folder)),
            "DuckDB, all rows": partial(sniffed, folder=Path(folder), sample_size=-1),
        }
        for name, reader in readers.items():
            start = time.perf_counter()
            pieces = found if name == "inferred" else [piece for table in found for piece in apart(table)]
            scores = [each for table in pieces for each in score(table, reader(table))]
            _print(name, scores, time.perf_counter() - start, "--columns" in arguments)


def _print(name: str, scores: Sequence[Score], seconds: float, with_columns: bool) -> None:
    print(f"\n{name}: {len(scores)} columns, {seconds:.0f} s")
    for kind in ["", *sorted({each.label.kind for each in scores})]:
        of_kind = [each.verdict for each in scores if kind in ("", each.label.kind)]
        counts = [of_kind.count(verdict) for verdict in VERDICTS]
        share = 100 * counts[0] / len(of_kind)
        written = ", ".join(f"{count:>3} {verdict}" for count, verdict in zip(counts, VERDICTS))
        print(f"  {kind or 'all':<8} {written}  {share:5.1f} % right")
    for each in scores if with_columns else []:
        if each.verdict != RIGHT:
            label = each.label
            wanted = "|".join(label.right)
            print(
                f"  {each.verdict:<14} {label.dataset}.{label.column}: {each.kind}, not {wanted}: {label.why}"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
