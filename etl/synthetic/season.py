"""When people buy: growth over the years, the week, the year, sales, the hours of a day."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

WEEKDAYS = (1.0, 0.95, 0.95, 1.0, 1.15, 1.3, 1.1)
HOURS = (
    1,
    0.5,
    0.3,
    0.3,
    0.3,
    0.6,
    1.2,
    2.2,
    3.2,
    4,
    4.6,
    5,
    5.4,
    4.8,
    4.4,
    4.4,
    4.8,
    5.6,
    6.6,
    7.4,
    7.6,
    6.4,
    4,
    2,
)

YEARLY_GROWTH = 0.18
YEARLY_SWING = 0.18
YEAR_DAYS = 365
#: Day of the year on which most is bought, but for the events below.
YEAR_PEAK = 345

#: (first month and day, last, factor on orders, % of orders with a discount); the first that fits counts.
EVENTS = (
    ((11, 22), (11, 30), 1.9, 65),
    ((12, 25), (12, 26), 0.45, 20),
    ((12, 1), (12, 20), 1.35, 30),
    ((1, 1), (1, 1), 0.4, 20),
    ((1, 3), (1, 31), 1.2, 55),
    ((7, 1), (7, 31), 1.15, 50),
)
ORDINARY = (1.0, 22)


def event(day: date) -> tuple[float, int]:
    """Factor on orders and percent of orders with a discount on a day."""
    for first, last, factor, discounted in EVENTS:
        if first <= (day.month, day.day) <= last:
            return factor, discounted
    return ORDINARY


def day_weight(day: date, start: date) -> float:
    """How many orders a day has, compared with other days."""
    years = (day - start).days / YEAR_DAYS
    swing = math.cos(2 * math.pi * (day.timetuple().tm_yday - YEAR_PEAK) / YEAR_DAYS)
    return (1 + YEARLY_GROWTH * years) * WEEKDAYS[day.weekday()] * (1 + YEARLY_SWING * swing) * event(day)[0]


def day_quantiles(start: date, days: int, size: int) -> list[int]:
    """Days (0 is the first) in order, each as often among `size` as its share of all orders."""
    return _quantiles([day_weight(start + timedelta(days=day), start) for day in range(days)], size)


def hour_quantiles(size: int) -> list[int]:
    """Hours of a day in order, each as often among `size` as its share of a day's orders."""
    return _quantiles(HOURS, size)


def _quantiles(weights: Sequence[float], size: int) -> list[int]:
    total = sum(weights)
    drawn, reached, index = [], weights[0], 0
    for position in range(size):
        while reached < (position + 0.5) / size * total:
            index += 1
            reached += weights[index]
        drawn.append(index)
    return drawn
