"""When orders come."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from etl.synthetic.season import day_quantiles, day_weight, hour_quantiles

START = date(2023, 1, 1)


def test_every_day_has_its_share_of_the_quantiles() -> None:
    drawn = Counter(day_quantiles(START, 731, 16_384))
    assert sorted(drawn) == list(range(731))
    total = sum(day_weight(START + timedelta(days=day), START) for day in range(731))
    for day in range(731):
        expected = day_weight(START + timedelta(days=day), START) / total * 16_384
        assert abs(drawn[day] - expected) <= 1


def test_weekends_events_and_growth_are_seen() -> None:
    def weight(day: date) -> float:
        return day_weight(day, START)

    saturday, monday = date(2023, 5, 13), date(2023, 5, 15)
    assert weight(saturday) > 1.25 * weight(monday)
    assert weight(date(2023, 11, 24)) > 1.5 * weight(date(2023, 11, 17))
    assert weight(date(2023, 12, 25)) < 0.6 * weight(date(2023, 12, 18))
    assert weight(date(2024, 5, 11)) > 1.1 * weight(saturday)


def test_evenings_are_busiest() -> None:
    hours = Counter(hour_quantiles(256))
    assert sum(hours.values()) == 256
    assert hours.most_common(1)[0][0] in (19, 20)
    assert hours[20] > 10 * hours[3]
