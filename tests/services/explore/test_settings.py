"""Settings are read at once, and every problem is named with what is allowed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from explore.access.place import AthenaPlace
from explore.settings import SettingsError, read_settings
from lakes import ROOT

GOOD = {"EXPLORE_LAKE": "build/lake", "EXPLORE_CONTRACTS": "build/contracts"}


def test_what_is_not_set_is_not_used() -> None:
    found = read_settings({**GOOD, "PATH": "/bin"})
    assert (found.lake, found.contracts) == ("build/lake", Path("build/contracts"))
    assert (found.athena, found.search_url, found.search_signed, found.user_header) == (
        None,
        None,
        False,
        None,
    )


def test_an_environment_is_asked_in_its_workgroup() -> None:
    on_aws = {
        **GOOD,
        "EXPLORE_LAKE": "s3://data",
        "EXPLORE_WORKGROUP": "shop-dev",
        "EXPLORE_DATABASE_PREFIX": "shop_dev_",
        "EXPLORE_REGION": "eu-north-1",
        "EXPLORE_SEARCH_URL": "https://search.example.com/",
        "EXPLORE_SEARCH_SIGNED": "true",
    }
    found = read_settings(on_aws)
    assert found.athena == AthenaPlace("shop-dev", "shop_dev_", "eu-north-1")
    assert (found.search_url, found.search_signed) == ("https://search.example.com", True)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"EXPLORE_LAKE": ""}, "EXPLORE_LAKE: is not set"),
        ({"EXPLORE_CONTRACTS": ""}, "EXPLORE_CONTRACTS: is not set"),
        ({"EXPLORE_WORKGROUP": "w"}, "EXPLORE_REGION: is not set, and EXPLORE_WORKGROUP is"),
        ({"EXPLORE_LAKE": "s3://data"}, "EXPLORE_WORKGROUP: is not set, and EXPLORE_LAKE is on S3"),
        ({"EXPLORE_SEARCH_URL": "localhost:9200"}, "'localhost:9200' is not allowed; use an http"),
        ({"EXPLORE_SEARCH_SIGNED": "yes"}, "'yes' is not allowed; use true or false"),
        ({"EXPLORE_SEARCH_SIGNED": "true"}, "EXPLORE_REGION: is not set, and EXPLORE_SEARCH_SIGNED is true"),
        ({"EXPLORE_SERACH_URL": "x"}, "EXPLORE_SERACH_URL: is not a setting of the application; they are"),
    ],
)
def test_a_problem_is_named_with_what_is_allowed(changes: dict[str, str], problem: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        read_settings({**GOOD, **changes})
    assert problem in wrong.value.message


def test_the_application_does_not_start_with_wrong_settings() -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EXPLORE_")}
    environment = {**kept, "PYTHONPATH": str(ROOT / "services/explore"), "EXPLORE_SEARCH_SIGNED": "yes"}
    command = [sys.executable, "-m", "explore"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 3, done.stderr
