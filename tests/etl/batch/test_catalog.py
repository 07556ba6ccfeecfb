"""What other engines see: contract and stored table agree, and the named queries run on them."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from batches import DAY, NEXT_DAY, SHOP, customer, order, product, run_of, run_pipeline, write_batch
from duckdb_reference import MARTS
from engines import connect
from etl.batch import building, curate, ingest, marts
from etl.batch.building import Curation, marts_of
from etl.model import load_contract, load_contracts, load_mart
from etl.storage.lake import Lake

QUERIES = Path(__file__).resolve().parents[3] / "contracts" / "queries"
LATER = "2024-12-31 10:00:00"


@pytest.fixture(scope="module")
def published(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake in which a batch is published, with a row in quarantine, and one of the next day waits."""
    root = tmp_path_factory.mktemp("catalog")
    sound = [order(n, order_ts=f"2024-{1 + n % 12:02}-28 08:00:00", product_id="2") for n in range(60)]
    write_batch(root / "raw", DAY, [order(100, customer_id="2"), *sound[1:], order(200, quantity="many")])
    run_pipeline(spark, root, DAY, "first")
    later = {"customers": [customer(3, updated_at=LATER)], "products": [product(3, updated_at=LATER)]}
    write_batch(root / "raw", NEXT_DAY, [order(2, status="shipped", updated_at=LATER)], **later)
    return root


@pytest.fixture
def lake(published: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(published, tmp_path / "lake"))


def ddl_of(name: str) -> str:
    """The schema that a table's contract promises."""
    return load_mart(name).ddl if name in MARTS else load_contract(name).ddl


@pytest.mark.parametrize("name", [*SHOP, *MARTS])
def test_other_engines_read_exactly_the_published_rows(
    spark: SparkSession, published: Path, name: str
) -> None:
    lake = Lake(spark, str(published))
    table = lake.published().tables[name]
    expected = sorted(tuple(row) for row in lake.read_table(table, ddl_of(name)).collect())
    assert sorted(connect(published).sql(f"from {name}").fetchall()) == expected
    assert len(expected) == table.rows > 0


@pytest.mark.parametrize("name", [*SHOP, *MARTS])
def test_stored_columns_are_the_contracts(spark: SparkSession, published: Path, name: str) -> None:
    lake = Lake(spark, str(published))
    stored = lake.tables.read(lake.published().tables[name])
    assert stored.dtypes == spark.createDataFrame([], ddl_of(name)).dtypes
    comments = {field.name: field.metadata.get("comment", "") for field in stored.schema.fields}
    contract = load_mart(name) if name in MARTS else load_contract(name)
    assert comments == {column.name: column.description for column in contract.columns}
    assert all(comments.values())


def test_quarantined_columns_are_texts_and_reasons(spark: SparkSession, published: Path) -> None:
    for name in SHOP:
        found = spark.read.parquet(str(published / "quarantine" / name / "run=first" / "step=ingest"))
        texts = [(column.physical_name, "string") for column in load_contract(name).columns]
        assert found.dtypes == [
            *texts, ("_line", "string"), ("_source_file", "string"), ("_reasons", "array<string>")
        ]  # fmt: skip


def test_marts_are_what_their_contracts_promise(spark: SparkSession) -> None:
    class Empty(Curation):
        def rows(self, name: str):  # type: ignore[no-untyped-def]
            return spark.createDataFrame([], self.contracts[name].ddl)

    definitions = marts_of(Empty(Lake(spark, "unused"), load_contracts(), {}, {}), DAY)
    compiled = files("etl").joinpath("contracts").joinpath("marts").iterdir()
    promised = [load_mart(contract.name.partition(".")[0]) for contract in compiled]
    assert sorted(definitions) == sorted(mart.name for mart in promised if mart.refresh == "batch")
    for name, rows in definitions.items():
        assert rows().dtypes == [(column.name, column.type) for column in load_mart(name).columns]


def test_a_mart_that_left_its_contract_is_not_written(
    spark: SparkSession, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = building.revenue_by_day
    monkeypatch.setattr(building, "revenue_by_day", lambda orders: real(orders).drop("units"))
    with pytest.raises(
        TypeError, match="mart revenue_by_day has the columns day date, country string, orders"
    ):
        run_pipeline(spark, lake, NEXT_DAY, "drifted")
    assert Lake(spark, str(lake)).published().run_id == "first"


def test_ingest_lets_main_follow_the_pointer_of_a_run_that_was_killed(
    spark: SparkSession, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    killed_run = run_of(lake, NEXT_DAY, "killed")
    ingest.run(spark, killed_run)
    curate.run(spark, killed_run)
    with monkeypatch.context() as patched:
        patched.setattr(Lake, "_follow", killed)
        with pytest.raises(KeyboardInterrupt):
            marts.run(spark, killed_run)
    assert Lake(spark, str(lake)).published().run_id == "killed"
    changed = "select count(*) from orders where status = 'shipped'"
    assert connect(lake).sql(changed).fetchall() == [(0,)]
    ingest.run(spark, run_of(lake, NEXT_DAY, "next"))
    assert connect(lake).sql(changed).fetchall() == [(1,)]


@pytest.mark.parametrize("query", sorted(path.stem for path in QUERIES.glob("*.sql")))
def test_named_queries_run(published: Path, query: str) -> None:
    text = (QUERIES / f"{query}.sql").read_text()
    assert text.startswith("-- ")
    found = connect(published).sql(text)
    assert found.fetchall()


def test_named_queries_add_up(published: Path) -> None:
    connection = connect(published)
    results = {
        path.stem: connection.sql(f"select sum(net) from ({path.read_text()})").fetchall()
        for path in QUERIES.glob("*.sql")
    }
    ((net,),) = connection.sql("select sum(net) from revenue_by_day").fetchall()
    assert results == {name: [(net,)] for name in ("customer_segments", "revenue_by_month", "top_products")}
