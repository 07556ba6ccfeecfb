"""Figures as people read them."""

from __future__ import annotations

from datetime import timedelta

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400

_UNITS = ("B", "kB", "MB", "GB", "TB")
_THOUSAND = 1000


def number(value: float) -> str:
    """Return a number with thousands separated, without digits after the point."""
    return f"{value:,.0f}"


def euros(value: float) -> str:
    """Return an amount, shortened from a million on."""
    million = 1_000_000
    return f"€{value / million:,.2f} M" if abs(value) >= million else f"€{value:,.0f}"


def share(value: float) -> str:
    """Return a share of 0 to 1 in percent."""
    return f"{value:.1%}"


def age(value: timedelta) -> str:
    """Return a duration in the largest unit of which there are two: `3 days`, `47 hours`, `12 minutes`."""
    seconds = int(value.total_seconds())
    for unit, size in (("days", _DAY), ("hours", _HOUR), ("minutes", _MINUTE)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} seconds"


def size(count: int) -> str:
    """Return bytes with a unit, three digits at most: `12.3 MB`."""
    value, unit = float(count), 0
    while value >= _THOUSAND and unit < len(_UNITS) - 1:
        value, unit = value / _THOUSAND, unit + 1
    return f"{value:.0f} {_UNITS[unit]}" if unit == 0 else f"{value:.3g} {_UNITS[unit]}"
