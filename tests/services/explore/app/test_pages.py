"""Each page as Streamlit runs it, on real tables, and with any part away."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import boto3
import pytest
import streamlit as st
from explore.access.contracts import Contract
from explore.access.laptop import Laptop
from explore.language.words import words_file
from lakes import ROOT
from streamlit.testing.v1 import AppTest

VIEWS = ROOT / "services/explore/explore/app/views"

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch, lake: Path, compiled: Path) -> Iterator[Open]:
    """Runs a page with settings of its own; nothing is kept from an earlier one."""

    def run(page: str, **settings: object) -> AppTest:
        st.cache_data.clear()
        st.cache_resource.clear()
        for name, value in {"LAKE": lake, "CONTRACTS": compiled, **settings}.items():
            monkeypatch.setenv(f"EXPLORE_{name}", str(value))
        shown = AppTest.from_file(str(VIEWS / f"{page}.py"), default_timeout=300).run()
        assert not shown.exception, shown.exception
        return shown

    yield run
    st.cache_resource.clear()


def rows_of(page: AppTest, caption: str) -> list[list[str]]:
    """The cells of the table with a caption."""
    tables = [html.proto.body for html in page.get("html")]
    (table,) = [table for table in tables if re.search(rf"<caption>{caption}", table)]
    lines = re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2])
    return [[unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", line)] for line in lines]


def titles(page: AppTest) -> list[str]:
    """The names of the products of a page, with what was found in them."""
    found = (re.search(r"<h2>(.*)</h2>", html.proto.body) for html in page.get("html"))
    return [title[1] for title in found if title]


def headers(page: AppTest) -> list[str]:
    """The headers of a page."""
    return [header.value for header in page.header]


def notes(page: AppTest) -> str:
    """What a page says is away."""
    assert not page.error, page.error
    return "\n".join(note.value for note in page.info)


def test_freshness_shows_every_promise_table_and_reason(open_page: Open, laptop: Laptop, lake: Path) -> None:
    page = open_page("freshness")
    assert notes(page) == ""
    promises = rows_of(page, "Newest value")
    assert [row[0] for row in promises] == ["customers", "orders", "products"]
    newest = laptop.query("select max(updated_at) as newest from curated.orders").table["newest"][0].as_py()
    assert promises[1][1] == f"{newest:%Y-%m-%d %H:%M} UTC"
    assert {row[-1] for row in promises} == {"✓ kept"}
    pointer = json.loads((lake / "published" / "current.json").read_text())["tables"]
    assert {row[0]: row[1] for row in rows_of(page, "Published tables")} == {
        f"{table['zone']}.{name}": f"{table['rows']:,}" for name, table in pointer.items()
    }
    live = {row[0]: row[1] for row in rows_of(page, "Rows of days")}
    count = laptop.query("select count(*) as n from live.web_events").table["n"][0].as_py()
    assert live["web_events"] == f"{count:,}"
    assert {row[-1].split()[0] for row in rows_of(page, "Rows of the published batch")} == {"✓"}


def test_another_dataset_s_reasons_are_chosen(open_page: Open, lake: Path) -> None:
    page = open_page("freshness")
    page.selectbox[0].select("orders").run()
    run = json.loads((lake / "published" / "current.json").read_text())["run_id"]
    results = json.loads((lake / "runs" / f"run={run}" / "results.json").read_text())
    (orders,) = [dataset for dataset in results["datasets"] if dataset["name"] == "orders"]
    assert {row[0]: row[1] for row in rows_of(page, "Why rows of orders")} == {
        reason["code"]: f"{reason['rows']:,}" for reason in orders["reasons"]
    }


def test_revenue_and_funnel_are_those_of_the_marts(open_page: Open, laptop: Laptop) -> None:
    page = open_page("sales")
    assert notes(page) == ""
    page.selectbox[0].select("everything").run()
    total = laptop.query("select sum(net) as net, sum(orders) as orders from marts.revenue_by_day").table
    shown = {metric.label: metric.value for metric in page.metric}
    assert shown["Orders"] == f"{total['orders'][0].as_py():,}"
    net = float(total["net"][0].as_py())
    assert shown["Net revenue"] in (f"€{net:,.0f}", f"€{net / 1e6:,.2f} M")
    page.multiselect[0].select("BE").run()
    belgian = laptop.query("select sum(orders) as n from marts.revenue_by_day where country = 'BE'").table
    assert {metric.label: metric.value for metric in page.metric}["Orders"] == f"{belgian['n'][0].as_py():,}"
    best = laptop.query(
        "select product from marts.product_performance order by net desc, product limit 1"
    ).table
    assert rows_of(page, "The 10 products")[0][0] == best["product"][0].as_py()


def test_the_funnel_counts_every_visit_at_each_step_that_it_came_to(open_page: Open, laptop: Laptop) -> None:
    page = open_page("sales")
    funnel = [int(row[1]) for row in rows_of(page, "Visits")]
    visits, paid = (
        laptop.query(f"select count(*) as n from live.session_funnel {where}").table["n"][0].as_py()
        for where in ("", "where furthest_step = 'checkout'")
    )
    assert (funnel[0], funnel[-1]) == (visits, paid)
    assert funnel == sorted(funnel, reverse=True)


def test_the_dictionary_has_every_table_and_finds_columns(
    open_page: Open, contracts: dict[str, Contract]
) -> None:
    page = open_page("dictionary")
    assert headers(page) == [f"{contract.schema}.{name}" for name, contract in contracts.items()]
    customers = {row[0]: row[3] for row in rows_of(page, "Columns of customers")}
    assert customers == {
        column.name: "yes" if column.personal else "no" for column in contracts["customers"].columns
    }
    assert "yes" in customers.values()
    page.text_input[0].input("furthest").run()
    assert headers(page) == ["live.session_funnel"]
    assert [row[0] for row in rows_of(page, "Columns of session_funnel")] == ["furthest_step"]
    page.text_input[0].input("no such thing").run()
    assert headers(page) == []


@pytest.mark.parametrize("page", ["freshness", "sales"])
def test_before_the_first_run_a_page_says_what_to_run(open_page: Open, page: str, tmp_path: Path) -> None:
    said = notes(open_page(page, LAKE=tmp_path))
    assert "published" in said
    assert "make demo" in said


def test_without_streams_the_batch_is_shown(open_page: Open, lake: Path, tmp_path: Path) -> None:
    for folder in ("published", "runs", "curated", "marts"):
        shutil.copytree(lake / folder, tmp_path / folder)
    page = open_page("sales", LAKE=tmp_path)
    assert "There is no table live.session_funnel yet" in notes(page)
    assert "make stream" in notes(page)
    assert page.metric
    assert "What streams have brought since" not in headers(open_page("freshness", LAKE=tmp_path))


def test_a_broken_pointer_is_an_error_with_its_place(open_page: Open, tmp_path: Path) -> None:
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "current.json").write_text("{")
    page = open_page("freshness", LAKE=tmp_path)
    assert "published/current.json: cannot be read" in page.error[0].value


@pytest.mark.parametrize("page", ["products", "insights"])
def test_search_that_is_away_is_said(
    open_page: Open, page: str, compiled: Path, searchable: Path, tmp_path: Path
) -> None:
    unsearched = tmp_path / "contracts"
    shutil.copytree(compiled, unsearched, ignore=shutil.ignore_patterns("*.search.json"))
    assert "Search is away: the contract of" in notes(open_page(page, CONTRACTS=unsearched))
    assert "Search is away: no OpenSearch is set." in notes(open_page(page, CONTRACTS=searchable))
    nobody = open_page(page, CONTRACTS=searchable, SEARCH_URL="http://127.0.0.1:9")
    assert "search does not answer" in notes(nobody)


def test_what_follows_a_search_is_shown_while_search_is_away(open_page: Open, laptop: Laptop) -> None:
    page = open_page("insights")
    assert "Search is away" in notes(page)
    most = laptop.query(
        "select term, sum(searches) as searches, sum(searches_with_view) as viewed from live.search_terms "
        "group by term order by searches desc, term limit 1"
    ).table.to_pylist()[0]
    shown = rows_of(page, "What visitors do")[0]
    assert shown[:3] == [
        most["term"],
        str(most["searches"]),
        f"{most['viewed'] / most['searches']:.1%}",
    ]


def test_without_search_terms_the_page_says_what_brings_them(
    open_page: Open, lake: Path, tmp_path: Path
) -> None:
    shutil.copytree(lake / "published", tmp_path / "published")
    said = notes(open_page("insights", LAKE=tmp_path))
    assert "There is no table live.search_terms yet" in said
    assert "make stream" in said


def test_an_environment_s_records_are_shown_before_its_tables_answer(
    open_page: Open, aws: boto3.Session, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    client = aws.client("s3")
    client.create_bucket(Bucket="data", CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
    run = json.loads((lake / "published" / "current.json").read_text())["run_id"]
    for name in ("published/current.json", f"runs/run={run}/results.json"):
        client.upload_file(str(lake / name), "data", name)
    place = {"WORKGROUP": "shop-dev", "DATABASE_PREFIX": "shop_dev_", "REGION": "eu-north-1"}
    page = open_page("freshness", LAKE="s3://data", **place)
    assert "shop-dev in eu-north-1: the databases shop_dev_* have no tables yet" in notes(page)
    assert "run the pipeline there" in notes(page)
    assert rows_of(page, "Published tables")
    assert rows_of(page, "Rows of the published batch")


def test_the_words_are_in_the_address(open_page: Open, searchable: Path, opensearch: str) -> None:
    page = open_page("products", CONTRACTS=searchable, SEARCH_URL=opensearch)
    assert dict(page.query_params) == {}
    page.text_input(key="words").input("racket").run()
    assert page.query_params["q"] in ("racket", ["racket"])


def test_products_are_found_spelt_and_narrowed(open_page: Open, searchable: Path, opensearch: str) -> None:
    page = open_page("products", CONTRACTS=searchable, SEARCH_URL=opensearch)
    page.text_input(key="words").input("raeding lmap").run()
    lamps = [f"{size} <mark>reading</mark> <mark>lamp</mark>" for size in ("Compact", "Large")]
    assert sorted(titles(page)[:2]) == lamps
    assert page.button[0].label == "Did you mean “reading lamp”?"
    page.button[0].click().run()
    assert page.text_input(key="words").value == "reading lamp"
    assert not page.button
    assert page.multiselect[1].options == ["false (1)", "true (1)"]
    page.multiselect(key="facet active").select("true").run()
    assert titles(page) == lamps[:1]
    page.selectbox[0].select("fr").run()
    page.text_input(key="words").input("randonnee").run()
    assert titles(page) == ["Chaussures de <mark>randonnée</mark>"]


def test_insights_name_what_is_not_found(open_page: Open, searchable: Path, opensearch: str) -> None:
    page = open_page("insights", CONTRACTS=searchable, SEARCH_URL=opensearch)
    assert rows_of(page, "Texts as they were typed")[0] == ["speaker", "30", "1"]
    assert rows_of(page, "Texts for which") == [["unicorn", "15", "0"]]
    page.text_input[0].input("speaker").run()
    assert sorted(rows_of(page, "What visitors who searched")) == [["luidspreker", "15"], ["unicorn", "15"]]


def test_words_and_related_products_are_shown_where_they_were_made(
    open_page: Open, searchable: Path, opensearch: str, words: Path, tmp_path: Path
) -> None:
    given = {"CONTRACTS": searchable, "SEARCH_URL": opensearch}
    page = open_page("products", **given, WORDS=words)
    page.text_input(key="words").input("rain jacket").run()
    shown = [html.proto.body for html in page.get("html")]
    assert shown[0].startswith("<p>Mentioned in descriptions: <a ")
    assert '<a href="?q=Antwerp">Antwerp</a>' in shown[0]
    (details,) = [html for html in shown if html.startswith("<details>")]
    assert "<p>Words: rain, jacket, waterproof, hood, sew, antwerp, long, walk</p>" in details
    assert '<p>Mentions: <a href="?q=Antwerp">Antwerp</a></p>' in details
    assert '<p>Related: <a href="?q=Hiking%20shoes">Hiking shoes</a></p>' in details
    (tmp_path / "broken").mkdir()
    words_file(tmp_path / "broken", "products").write_text("no Parquet")
    broken = open_page("products", **given, WORDS=tmp_path / "broken")
    assert "cannot be read" in broken.error[0].value
    assert titles(broken)
    for folder in ({}, {"WORDS": tmp_path}):
        without = open_page("products", **given, **folder)
        assert not [html for html in without.get("html") if "<details>" in html.proto.body]
        assert titles(without)
