"""What is counted of a column's texts, what else is known of the column, and what is proposed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from etl.inference import shapes

#: The share of texts that may not be of the type that all others are of: they go to quarantine, by reason.
TOLERATED = 0.02

#: Below this many texts, all of them must be of the type.
FEW = 50


@dataclass(frozen=True)
class Forms:
    """The texts of one column by form: how many, and how many digits they have at most.

    `are_pairs` says that no text but those that may mean nothing has other than two characters, `has_minus`
    that a number has a minus sign, `are_exact` that doubles give all numbers back. `padded_scale` is the
    scale of the longest fraction that ends in 0, and `are_several` says that equal numbers have different
    texts.

    `comma_digits` and `comma_scale` are the digits before and after a comma, and `grouped_digits` those
    before a point, of numbers of any form. `may_be_groups` says that every point in a decimal may group
    digits, `are_days` that all integers are days of eight digits, and `parts` what the days have
    (`time_shapes.PARTS`).
    """

    counts: Mapping[str, int]
    whole_digits: int = 0
    scale: int = 0
    are_pairs: bool = False
    has_minus: bool = False
    are_exact: bool = True
    least_scale: int = 0
    padded_scale: int = 0
    are_several: bool = False
    integer_digits: int = 0
    comma_digits: int = 0
    comma_scale: int = 0
    grouped_digits: int = 0
    may_be_groups: bool = False
    are_days: bool = False
    parts: frozenset[str] = frozenset()

    @property
    def total(self) -> int:
        """Texts that are a value."""
        return sum(self.present.values())

    @property
    def missing(self) -> int:
        """Texts that are empty."""
        return self.counts.get(shapes.MISSING, 0)

    @property
    def marks(self) -> dict[str, int]:
        """Texts that may mean that there is no value."""
        length = len(shapes.MARK)
        return {form[length:]: n for form, n in self.counts.items() if form.startswith(shapes.MARK)}

    @property
    def may_be_several(self) -> bool:
        """Whether equal numbers may have different texts, as versions do: 1.1 and 1.10."""
        says_decimal = self.has_minus or self.counts.get(shapes.FLOAT) or self.counts.get(shapes.BARE)
        return self.padded_scale > self.least_scale and not says_decimal

    @property
    def present(self) -> dict[str, int]:
        """All other texts, by form."""
        return {
            form: n
            for form, n in self.counts.items()
            if form != shapes.MISSING and not form.startswith(shapes.MARK)
        }


@dataclass(frozen=True)
class Proposal:
    """The type of a column, how it is written, and what is to be said about it."""

    type: str
    format: str | None = None
    pattern: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """What is known of a column beside its texts.

    `can_format` says that contracts can say how its numbers are written, which those of CSV can, and
    `has_delimiter_comma` that commas are between the columns. `decimal_mark` is what begins fractions in
    the other columns, where they agree.
    """

    name: str = ""
    can_format: bool = False
    has_delimiter_comma: bool = True
    decimal_mark: str | None = None


def fits(present: Mapping[str, int], total: int, *forms: str) -> bool:
    """Whether all texts are of these forms, or nearly all where there are many."""
    misfits = total - sum(present.get(form, 0) for form in forms)
    return misfits == 0 or (total >= FEW and misfits <= total * TOLERATED)
