"""Settings of the endpoint: environment variables, all read and checked at the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

PREFIX = "INGEST_"


class SettingsError(ValueError):
    """Settings that the endpoint cannot start with: every problem, one a line."""


@dataclass(frozen=True)
class Setting:
    """Reader, default and description of a setting; docs/ingest.md has the table."""

    read: Callable[[str], Any]
    default: Any
    allowed: str
    description: str

    @property
    def is_required(self) -> bool:
        """Whether it has no default."""
        return self.default is ...


@dataclass(frozen=True)
class Settings:
    """Every setting with its value."""

    contracts: Path
    bootstrap: str
    host: str
    port: int
    max_body_bytes: int
    max_event_bytes: int
    max_events: int
    max_in_flight_bytes: int
    max_connections: int
    read_timeout: float
    acknowledge_timeout: float
    drain_seconds: float
    jwks_url: str | None
    token_issuer: str | None
    token_audience: str | None
    client_rate: float
    client_burst: float
    log_level: str


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not low <= value <= high:
            raise ValueError
        return value

    return read


def _number(low: float, high: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        value = float(text)
        if not low <= value <= high:
            raise ValueError
        return value

    return read


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise ValueError
    return path


def _url(text: str) -> str:
    if not text.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise ValueError
    return text


def _one_of(*names: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in names:
            raise ValueError
        return text

    return read


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError
    return text


_SIZE = _whole(1, 1 << 30), "1 to 2^30"
_COUNT = _whole(1, 100_000), "1 to 100000"
_TIME = _number(0.1, 3600), "0.1 to 3600 seconds"
_RATE = _number(0, 1e9), "0 to 10^9"
_LEVELS = ("debug", "info", "warning", "error")


def _setting(kind: tuple[Callable[[str], Any], str], description: str, default: Any = ...) -> Setting:
    read, allowed = kind
    return Setting(read, default, allowed, description)


SETTINGS: Mapping[str, Setting] = {
    "contracts": _setting(
        (_folder, "a folder"), "What `./platform contract compile --out FOLDER` has written"
    ),
    "bootstrap": _setting((_text, "host:port, …"), "Brokers to find the others by"),
    "host": _setting((_text, "an address"), "Address to listen on", "127.0.0.1"),
    "port": _setting((_whole(1, 65535), "1 to 65535"), "Port to listen on", 8000),
    "max_body_bytes": _setting(_SIZE, "Largest body of a request", 2_000_000),
    "max_event_bytes": _setting(
        (_whole(1, 990_000), "1 to 990000"), "Largest event; topics take records of 1 MiB", 900_000
    ),
    "max_events": _setting(_COUNT, "Most events of a request", 5_000),
    "max_in_flight_bytes": _setting(
        _SIZE, "Most bytes of all requests together that are read or not yet acknowledged", 32_000_000
    ),
    "max_connections": _setting(
        _COUNT, "Most connections; requests of more get 503, and of twice as many none", 500
    ),
    "read_timeout": _setting(_TIME, "Longest time that a request takes to arrive", 10.0),
    "acknowledge_timeout": _setting(
        _TIME, "Longest time that the brokers take to acknowledge an event", 10.0
    ),
    "drain_seconds": _setting(
        (_number(0, 3600), "0 to 3600 seconds"),
        "Time after SIGTERM in which new requests are still answered, with 503",
        0.0,
    ),
    "jwks_url": _setting(
        (_url, "an https URL, or http on this machine"),
        "Keys of bearer tokens; without it requests need no token",
        None,
    ),
    "token_issuer": _setting((_text, "a text"), "`iss` of tokens; required with INGEST_JWKS_URL", None),
    "token_audience": _setting((_text, "a text"), "`aud` of tokens; required with INGEST_JWKS_URL", None),
    "client_rate": _setting(_RATE, "Events a second of one client; 0 for no limit", 0.0),
    "client_burst": _setting(_RATE, "Events of one client at once; 0 for those of ten seconds", 0.0),
    "log_level": _setting((_one_of(*_LEVELS), ", ".join(_LEVELS)), "Least level that is logged", "info"),
}


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings. Raises SettingsError with every problem at once."""
    problems = [
        f"{name}: is not a setting of the endpoint; they are {', '.join(_variable(n) for n in SETTINGS)}"
        for name in sorted(environment)
        if name.startswith(PREFIX) and name.removeprefix(PREFIX).lower() not in SETTINGS
    ]
    found: dict[str, Any] = {}
    for name, setting in SETTINGS.items():
        text = environment.get(_variable(name))
        if text is None or text == "":
            found[name] = None if setting.is_required else setting.default
            if setting.is_required:
                problems.append(f"{_variable(name)}: is not set; set it to {setting.allowed}")
            continue
        try:
            found[name] = setting.read(text)
        except ValueError:
            problems.append(f"{_variable(name)}: {text!r} is not allowed; use {setting.allowed}")
    problems += [*_size_problems(found), *_token_problems(found)]
    if problems:
        raise SettingsError("\n".join(problems))
    return Settings(**found)


def _size_problems(found: Mapping[str, Any]) -> list[str]:
    body, in_flight = found.get("max_body_bytes"), found.get("max_in_flight_bytes")
    if body is None or in_flight is None or body <= in_flight:
        return []
    most = f"{_variable('max_in_flight_bytes')}, {in_flight}"
    return [
        f"{_variable('max_body_bytes')}: {body} is more than {most}; "
        "lower it: such a body would never be taken"
    ]


def _token_problems(found: Mapping[str, Any]) -> list[str]:
    if not found.get("jwks_url"):
        return []
    wanted = ("token_issuer", "token_audience")
    return [
        f"{_variable(name)}: is not set, and {_variable('jwks_url')} is; name what tokens are for"
        for name in wanted
        if not found.get(name)
    ]


def _variable(name: str) -> str:
    return PREFIX + name.upper()


assert list(SETTINGS) == [field.name for field in fields(Settings)]
