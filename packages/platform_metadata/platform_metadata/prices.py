"""What units of usage cost, at the prices that somebody has written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Prices:
    """What a unit costs, for the units that have a price."""

    #: ISO 4217.
    currency: str
    per_unit: Mapping[str, float]


def cost(quantities: Mapping[str, float], prices: Prices | None) -> float | None:
    """Say what quantities cost; None where one of them has no price, so that a part is not taken for all."""
    used = {unit: quantity for unit, quantity in quantities.items() if quantity}
    if prices is None or not used.keys() <= prices.per_unit.keys():
        return None
    return sum(quantity * prices.per_unit[unit] for unit, quantity in used.items())
