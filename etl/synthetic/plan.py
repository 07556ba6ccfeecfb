"""What a batch is made from: a size, a seed, a day, and for a later batch the history that it continues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

#: Raised when the same options give other rows than before.
GENERATOR_VERSION = "1.2.0"

HISTORY_DAYS = 731
MINIMUM_ROWS = 1_000
#: Customers sign up to 1,500 days before the history's first day, which the contract wants in 2015 or later.
EARLIEST_RUN_DATE = date(2021, 3, 1)
ORDERS_PER_CUSTOMER = 25
ORDERS_PER_PRODUCT = 250
MINIMUM_CUSTOMERS = 1_000
MINIMUM_PRODUCTS = 400

#: A later batch changes and resends orders of the history, each at most once: so it is at most a 20th of it.
LARGEST_LATER_SHARE = 20
#: Days of later batches until they would touch the same orders again.
LATER_DAYS = 30
#: Ids of a later day's new rows start at its number times this, far from the history's.
LATER_IDS = 10_000_000_000

ROWS_PER_FILE = 312_500


@dataclass(frozen=True)
class History:
    """The first batch: two years of orders up to its run date, with all customers and products."""

    rows: int
    seed: int
    run_date: date

    @property
    def first_day(self) -> date:
        """The day of the first orders."""
        return self.run_date - timedelta(days=HISTORY_DAYS - 1)

    @property
    def customers(self) -> int:
        """Customers that the register holds."""
        return max(MINIMUM_CUSTOMERS, self.rows // ORDERS_PER_CUSTOMER)

    @property
    def products(self) -> int:
        """Products that the catalogue holds."""
        return max(MINIMUM_PRODUCTS, self.rows // ORDERS_PER_PRODUCT)


@dataclass(frozen=True)
class Plan:
    """A batch: the history itself on `day` 0, or a later one so many days after it, with its own rows."""

    history: History
    day: int
    rows: int

    @property
    def run_date(self) -> date:
        """Day of the batch."""
        return self.history.run_date + timedelta(days=self.day)

    @property
    def days(self) -> int:
        """Days from the first of the history to the run date, both counted."""
        return HISTORY_DAYS + self.day

    def described(self) -> dict[str, Any]:
        """What the marker of a batch says of how it was made."""
        return {
            "generator_version": GENERATOR_VERSION,
            "run_date": self.run_date.isoformat(),
            "rows": self.rows,
            "seed": self.history.seed,
            "follows": self.history.run_date.isoformat() if self.day else None,
        }


def history_plan(rows: int, seed: int, run_date: date) -> Plan:
    """The first batch. Raises ValueError when it is too small or too early to hold every kind of row."""
    if rows < MINIMUM_ROWS:
        raise ValueError(f"--rows {rows}: a history has at least {MINIMUM_ROWS} orders; pass as many or more")
    if run_date < EARLIEST_RUN_DATE:
        raise ValueError(
            f"--run-date {run_date}: two years before it customers would sign up before the contract's first "
            f"day; pass {EARLIEST_RUN_DATE} or a later day"
        )
    return Plan(History(rows, seed, run_date), 0, rows)


def later_plan(history: History, rows: int, run_date: date) -> Plan:
    """A batch of a day after the history. Raises ValueError when the day or the size does not fit to it."""
    day = (run_date - history.run_date).days
    if not 1 <= day <= LATER_DAYS:
        first, last = history.run_date + timedelta(days=1), history.run_date + timedelta(days=LATER_DAYS)
        raise ValueError(
            f"--run-date {run_date}: a batch that follows {history.run_date} is of one of the "
            f"{LATER_DAYS} days after it; pass a day from {first} to {last}"
        )
    largest = history.rows // LARGEST_LATER_SHARE
    if not 1 <= rows <= largest:
        raise ValueError(
            f"--rows {rows}: a batch that follows a history of {history.rows} orders has 1 to {largest}; "
            f"pass --rows {largest} or less"
        )
    return Plan(history, day, rows)
