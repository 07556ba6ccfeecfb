"""The application as it is served, in a real Chromium: wide and narrow, light and dark, with axe."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest
from lakes import ROOT
from processes import application, settings_of

PAGES = {
    "freshness": "Freshness and quality",
    "sales": "Revenue and funnel",
    "dictionary": "Data dictionary",
    "products": "Product search",
    "insights": "Search insights",
}

DESKTOP = {"width": 1280, "height": 900, "scheme": "light"}
PHONE = {"width": 390, "height": 844, "scheme": "dark"}


def browse(url: str, pages: list[str], shots: str | None) -> list[dict[str, Any]]:
    """Opens pages in both windows."""
    asked = {"url": url, "pages": pages, "windows": [DESKTOP, PHONE], **({"shots": shots} if shots else {})}
    command = ["node", str(ROOT / "tests/services/explore/app/browse.cjs"), json.dumps(asked)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def assert_good(found: list[dict[str, Any]]) -> None:
    """No violation, nothing cut off, nothing fetched from elsewhere, both themes."""
    for view in found:
        assert view["title"] == PAGES[view["page"]]
        if view["width"] == DESKTOP["width"]:  # A phone folds the navigation away.
            assert all(title in " ".join(view["navigation"]) for title in PAGES.values()), view["navigation"]
        assert view["violations"] == [], view
        assert "color-contrast" in view["passes"]
        assert view["scrollWidth"] <= view["width"], view
        assert view["complaints"] == []
        assert view["elsewhere"] == []
        assert view["focused"]
    assert {view["background"] for view in found} == {"rgb(255, 255, 255)", "rgb(18, 22, 28)"}


def test_pages_are_accessible_on_desktop_and_phone(
    lake: Path, compiled: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with application(tmp_path, settings_of(lake, compiled)) as url:
        found = browse(
            url, ["freshness", "sales", "dictionary", "products"], request.config.getoption("--shots")
        )
    assert len(found) == 8
    assert_good(found)


def test_pages_about_search_are_accessible(
    lake: Path,
    searchable: Path,
    opensearch: str,
    words: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    environment = settings_of(lake, searchable, SEARCH_URL=opensearch, WORDS=str(words))
    with application(tmp_path, environment) as url:
        found = browse(url, ["products?q=raeding+lmap", "insights"], request.config.getoption("--shots"))
    assert len(found) == 4
    assert_good(found)


def test_pages_without_a_lake_are_accessible(compiled: Path, tmp_path: Path) -> None:
    with application(tmp_path, settings_of(tmp_path / "nowhere", compiled)) as url:
        assert_good(browse(url, ["freshness", "sales", "insights"], None))
        assert httpx.get(f"{url}/_stcore/health").text == "ok"
