"""Documents made of rows, written into real servers and read back."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import RequestError
from pyspark.sql import SparkSession
from pyspark.sql import types as T

from etl.sinks.documents import BODY, ID, VERSION, SearchTarget, documents
from search_server import SearchServer
from search_targets import GOLDEN, target_of

ROW: Mapping[str, Any] = {
    "shop": "Gent/Zuid 100%",
    "number": 9_007_199_254_740_993,
    "small": -32_768,
    "pieces": 2_147_483_647,
    "ratio": 0.1,
    "price": Decimal("-1234567890.05"),
    "weight": Decimal("12345678901234567890.123456789012345678"),
    "active": True,
    "sold_on": date(1815, 6, 18),
    "seen_at": datetime(1969, 7, 20, 20, 17, 40),
    "measured_at": datetime(2024, 2, 29, 23, 59, 59, 999_999),
    "updated_at": datetime(2024, 12, 30, 9, 0, 0, 1),
    "code": "Straße 7",
    "title_de": "Wasserdichte Regenjacken für Kühlschränke",
    "title_en": "The children's raincoats",
    "title_fr": "L'eau des cafetières à l'ancienne",
    "title_nl": "Waterdichte jassen voor de fietser",
    "note": "Émile und der Kühlschrank",
    "email": "anna@example.com",
}


EVERY_TYPE = target_of("every_type")


def ready(spark: SparkSession, *rows: Mapping[str, Any]) -> list[Any]:
    """Documents of rows with every type; columns that are not given have no value."""
    kinds = {field.name: field.type for field in EVERY_TYPE.fields} | {"email": "string"}
    schema = T._parse_datatype_string(", ".join(f"{name} {kind}" for name, kind in kinds.items()))
    values = [tuple(row.get(name) for name in kinds) for row in rows]
    return documents(spark.createDataFrame(values, schema), EVERY_TYPE).collect()


@pytest.fixture(scope="module", params=["2.19", "3.6"])
def server(request: pytest.FixtureRequest) -> SearchServer:
    fixture = "search_server" if request.param == "2.19" else "newest_search_server"
    found: SearchServer = request.getfixturevalue(fixture)
    return found


@pytest.fixture(scope="module")
def client(server: SearchServer, spark: SparkSession) -> Iterator[OpenSearch]:
    """A client of a server with one document of every type."""
    with server.client as client:
        client.indices.put_index_template(EVERY_TYPE.prefix, EVERY_TYPE.template)
        client.indices.create("every-type_v3-1")
        (row,) = ready(spark, ROW)
        client.index("every-type_v3-1", row[BODY], id=row[ID], params={"refresh": "true"})
        yield client


def found(client: OpenSearch, query: Mapping[str, Any], name: str = "every-type_v3-1") -> int:
    return int(client.count(index=name, body={"query": query})["count"])


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.search.json")), ids=lambda path: path.name)
def test_server_takes_the_template_of_every_contract(server: SearchServer, path: Path) -> None:
    document = json.loads(path.read_text())
    name = f"{document['prefix']}-golden"
    with server.client as client:
        client.indices.put_index_template(
            f"golden-{document['alias']}", {**document["template"], "priority": 300}
        )
        client.indices.create(name)
        mapping = client.indices.get_mapping(index=name)[name]["mappings"]
        assert mapping["_meta"] == {"contract": document["name"], "hash": document["hash"]}
        assert mapping["properties"] == document["template"]["template"]["mappings"]["properties"]
        client.indices.delete(name)
        client.indices.delete_index_template(f"golden-{document['alias']}")


def test_every_type_is_read_as_it_was_written(client: OpenSearch) -> None:
    source = client.get("every-type_v3-1", "Gent%2FZuid 100%25/9007199254740993")["_source"]
    digest = source.pop("_row_hash")
    assert len(digest) == 64
    assert source == {
        **{name: value for name, value in ROW.items() if name != "email"},
        "price": "-1234567890.05",
        "weight": "12345678901234567890.123456789012345678",
        "sold_on": "1815-06-18",
        "seen_at": "1969-07-20T20:17:40.000000Z",
        "measured_at": "2024-02-29T23:59:59.999999Z",
        "updated_at": "2024-12-30T09:00:00.000001Z",
    }


@pytest.mark.parametrize(
    ("name", "value", "other"),
    [
        ("shop", "Gent/Zuid 100%", "Gent"),
        ("number", 9_007_199_254_740_993, 9_007_199_254_740_992),
        ("small", -32_768, -32_767),
        ("pieces", 2_147_483_647, 2_147_483_646),
        ("ratio", 0.1, 0.10000000000000002),
        ("price", "-1234567890.05", "-1234567890.06"),
        ("weight", "12345678901234567890.123456789012345678", "12345678901234567890.123456789012345679"),
        ("active", True, False),
        ("sold_on", "1815-06-18", "1815-06-19"),
        ("seen_at", "1969-07-20T20:17:40Z", "1969-07-20T20:17:41Z"),
        ("measured_at", "2024-02-29T23:59:59.999999Z", "2024-02-29T23:59:59.999998Z"),
        ("code", "Straße 7", "Strasse 7"),
    ],
)
def test_value_of_every_type_is_found_and_no_other(
    client: OpenSearch, name: str, value: Any, other: Any
) -> None:
    assert (found(client, {"term": {name: value}}), found(client, {"term": {name: other}})) == (1, 0)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("title_de", "regenjacke"),
        ("title_de", "REGENJACKEN kuehlschrank"),
        ("title_de", "kuhlschranke"),
        ("title_en", "child raincoat"),
        ("title_en", "rain jacket"),
        ("title_fr", "cafetiere"),
        ("title_fr", "Cafetière d'eau"),
        ("title_fr", "l\N{RIGHT SINGLE QUOTATION MARK}eau"),
        ("title_fr", "machine à café"),
        ("title_nl", "jas waterdicht"),
        ("note", "emile"),
        ("note", "kuhlschrank"),
        ("title_fr.prefix", "cafe"),
        ("title_de.prefix", "kühl"),
    ],
)
def test_texts_are_found_as_people_type_them(client: OpenSearch, column: str, text: str) -> None:
    assert found(client, {"match": {column: {"query": text, "operator": "and"}}}) == 1


@pytest.mark.parametrize(
    ("column", "text"),
    [("title_en", "the"), ("title_fr", "à"), ("title_de", "für"), ("title_nl", "voor"), ("title_fr", "thé")],
)
def test_stop_words_and_other_words_find_nothing(client: OpenSearch, column: str, text: str) -> None:
    assert found(client, {"match": {column: text}}) == 0


def test_words_are_suggested_as_they_are_written(client: OpenSearch) -> None:
    suggest = {"text": "cafetieres", "term": {"field": "title_fr.words", "min_word_length": 3}}
    (entry,) = client.search(index="every-type_v3-1", body={"suggest": {"words": suggest}})["suggest"][
        "words"
    ]
    assert [option["text"] for option in entry["options"]] == ["cafetières"]


def test_column_that_the_contract_does_not_have_is_refused(client: OpenSearch) -> None:
    with pytest.raises(RequestError, match="strict_dynamic_mapping_exception"):
        client.index("every-type_v3-1", {"email": "anna@example.com"})


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("ratio", math.nan, "[double] supports only finite values, but got [NaN]"),
        ("ratio", -math.inf, "[double] supports only finite values, but got [-Infinity]"),
        ("measured_at", datetime(1969, 12, 31), "date[1969-12-31T00:00:00Z] is before the epoch"),
        ("measured_at", datetime(2262, 4, 12), "date[2262-04-12T00:00:00Z] is after"),
    ],
)
def test_what_a_type_cannot_hold_is_refused_with_its_reason(
    client: OpenSearch, spark: SparkSession, column: str, value: Any, reason: str
) -> None:
    (row,) = ready(spark, {"shop": "a", "number": 1, column: value})
    with pytest.raises(RequestError) as refusal:
        client.index("every-type_v3-1", row[BODY], id=row[ID])
    assert refusal.value.error == "mapper_parsing_exception"
    assert reason in str(refusal.value.info)


def test_text_longer_than_a_keyword_is_kept_and_not_found(client: OpenSearch, spark: SparkSession) -> None:
    rows = ready(spark, *({"shop": "long", "number": n, "code": "\U0001d11e" * n} for n in (4095, 4096)))
    for row in rows:
        client.index("every-type_v3-1", row[BODY], id=row[ID], params={"refresh": "true"})
    assert [found(client, {"term": {"code": "\U0001d11e" * n}}) for n in (4095, 4096)] == [1, 0]
    assert client.get("every-type_v3-1", "long/4096")["_source"]["code"] == "\U0001d11e" * 4096


def test_versions_are_microseconds_and_equal_rows_have_equal_digests(spark: SparkSession) -> None:
    first, second, other = ready(spark, ROW, {**ROW, "email": "x@example.com"}, {**ROW, "ratio": 0.2})
    assert first[VERSION] == 1_735_549_200_000_001
    assert first == second
    assert first[BODY] != other[BODY]
    assert "email" not in first[BODY]


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "0." + "0" * 18), ("0.0000001", "0.000000100000000000"), ("-0.25", "-0.250000000000000000")],
)
def test_decimals_have_no_exponent(spark: SparkSession, value: str, text: str) -> None:
    (row,) = ready(spark, {"shop": "a", "number": 1, "weight": Decimal(value)})
    assert json.loads(row[BODY])["weight"] == text


def test_target_of_another_version_is_refused() -> None:
    document = json.loads((GOLDEN / "products.search.json").read_text())
    with pytest.raises(ValueError, match="compiled as version 2"):
        SearchTarget.parse({**document, "schema_version": 2})
