"""Settings are read with every problem at once, and docs/ingest.md has all of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from ingest.settings import SETTINGS, SettingsError, read_settings
from processes import ROOT, EndpointProcess


def test_names_every_problem_at_once(tmp_path: Path) -> None:
    environment = {
        "INGEST_CONTRACTS": str(tmp_path / "none"),
        "INGEST_PORT": "70000",
        "INGEST_READ_TIMEOUT": "nan",
        "INGEST_MAX_IN_FLIGHT_BYTES": "1000",
        "INGEST_JWKS_URL": "https://issuer.example/keys",
        "INGEST_PROT": "1",
        "HOME": "/",
    }
    with pytest.raises(SettingsError) as caught:
        read_settings(environment)
    assert str(caught.value).splitlines()[1:] == [
        f"INGEST_CONTRACTS: '{tmp_path}/none' is not allowed; use a folder",
        "INGEST_BOOTSTRAP: is not set; set it to host:port, …",
        "INGEST_PORT: '70000' is not allowed; use 1 to 65535",
        "INGEST_READ_TIMEOUT: 'nan' is not allowed; use 0.1 to 3600 seconds",
        "INGEST_MAX_BODY_BYTES: 2000000 is more than INGEST_MAX_IN_FLIGHT_BYTES, 1000; lower it: such a body "
        "would never be taken",
        "INGEST_TOKEN_ISSUER: is not set, and INGEST_JWKS_URL is; name what tokens are for",
        "INGEST_TOKEN_AUDIENCE: is not set, and INGEST_JWKS_URL is; name what tokens are for",
    ]
    assert str(caught.value).startswith(
        "INGEST_PROT: is not a setting of the endpoint; they are INGEST_CONTRACTS,"
    )


def test_refuses_keys_over_plain_http(tmp_path: Path) -> None:
    environment = {
        "INGEST_CONTRACTS": str(tmp_path),
        "INGEST_BOOTSTRAP": "x:1",
        "INGEST_JWKS_URL": "http://x/keys",
    }
    with pytest.raises(SettingsError, match="INGEST_JWKS_URL: 'http://x/keys' is not allowed"):
        read_settings(environment)


def test_has_defaults(tmp_path: Path) -> None:
    settings = read_settings(
        {"INGEST_CONTRACTS": str(tmp_path), "INGEST_BOOTSTRAP": "x:1", "INGEST_PORT": ""}
    )
    assert (settings.port, settings.host, settings.jwks_url) == (8000, "127.0.0.1", None)


def test_documentation_lists_every_setting() -> None:
    rows = [
        f"| `INGEST_{name.upper()}` | {_default(name)} | {setting.allowed} | {setting.description} |"
        for name, setting in SETTINGS.items()
    ]
    assert "\n".join(rows) in (ROOT / "docs/ingest.md").read_text()


def _default(name: str) -> str:
    default = SETTINGS[name].default
    if default is ...:
        return "required"
    return "none" if default is None else f"`{default:g}`" if isinstance(default, float) else f"`{default}`"


def test_starts_with_neither_bad_settings_nor_bad_contracts(tmp_path: Path) -> None:
    for folder, problem in ((tmp_path / "none", "INGEST_CONTRACTS"), (tmp_path, "has no streamed dataset")):
        process = EndpointProcess(folder, "127.0.0.1:1", tmp_path)
        for module in ("ingest", "ingest.topics"):
            ended = subprocess.run(
                [sys.executable, "-m", module],
                env=process.environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert (ended.returncode, problem in ended.stderr) == (2, True), ended.stderr
