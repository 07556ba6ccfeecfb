"""The digits that Java 17 writes a double with, which are not always the fewest (JDK-4511638).

They decide whether a text of more than 15 digits is exactly a double's: Spark compares the two. The algorithm
is `FloatingDecimal.BinaryToASCIIBuffer.dtoa` of JDK 17 (Steele and White, 1990).
"""

from __future__ import annotations

import math
import struct

_FRACTION_BITS, _BIAS = 52, 1023
_LARGEST_SMALL_EXPONENT, _SMALLEST_SMALL_EXPONENT = 62, -21
_LONG_BITS = 64

#: Powers of five that fit in a long.
_LONG_POWERS = 27


def java_digits(value: float) -> str:
    """Returns the digits of a positive, finite double in `Double.toString`, without zeros at the end."""
    fraction, exponent, significant = _parts(value)
    zeros = (fraction & -fraction).bit_length() - 1
    bits = _FRACTION_BITS + 1 - zeros
    tiny = max(0, bits - exponent - 1)
    if _SMALLEST_SMALL_EXPONENT <= exponent <= _LARGEST_SMALL_EXPONENT and tiny == 0 and bits < _LONG_BITS:
        return _whole_digits(fraction, exponent, significant)
    power = _estimate(fraction, exponent)
    b5, s5 = max(0, -power), max(0, power)
    b2, s2 = b5 + tiny + exponent, s5 + tiny
    m2 = b2 - significant
    b2 -= bits - 1
    common = min(b2, s2)
    b2, s2, m2 = b2 - common, s2 - common, m2 - common - (bits == 1)
    if m2 < 0:
        b2, s2, m2 = b2 - m2, s2 - m2, 0
    is_long = bits + b2 + _bits_of_5(b5) < _LONG_BITS and s2 + 1 + _bits_of_5(s5 + 1) < _LONG_BITS
    b, s, m = (fraction >> zeros) * 5**b5 << b2, 5**s5 << s2, 5**b5 << m2
    return _divided(b, s, m, power, is_long)


def _parts(value: float) -> tuple[int, int, int]:
    """Fraction with its first bit at `_FRACTION_BITS`, binary exponent, number of significant bits."""
    raw = struct.unpack(">q", struct.pack(">d", value))[0]
    fraction, exponent = raw & ((1 << _FRACTION_BITS) - 1), raw >> _FRACTION_BITS
    if exponent:
        return fraction | 1 << _FRACTION_BITS, exponent - _BIAS, _FRACTION_BITS + 1
    shift = _FRACTION_BITS + 1 - fraction.bit_length()
    return fraction << shift, 1 - shift - _BIAS, fraction.bit_length()


def _whole_digits(fraction: int, exponent: int, significant: int) -> str:
    """Digits of a number without a fraction."""
    extra = exponent - significant - 1 if exponent > significant else 0
    dropped = len(str(1 << extra)) - 1 if extra > 1 else 0
    shift = exponent - _FRACTION_BITS
    whole = fraction << shift if shift >= 0 else fraction >> -shift
    if dropped:
        whole, residue = divmod(whole, 10**dropped)
        whole += residue >= 10**dropped // 2
    return str(whole).rstrip("0")


def _estimate(fraction: int, exponent: int) -> int:
    """The decimal exponent, or one more."""
    unit = fraction / (1 << _FRACTION_BITS)
    return math.floor((unit - 1.5) * 0.289529654 + 0.176091259 + exponent * 0.301029995663981)


def _bits_of_5(power: int) -> int:
    return (5**power).bit_length() if power < _LONG_POWERS else power * 3


def _divided(b: int, s: int, m: int, power: int, is_long: bool) -> str:
    """Digits of b / s until what is left is smaller than m, half the distance to the next double."""
    tens = s * 10

    def is_high() -> bool:
        return b + m > tens if is_long else b + m >= tens

    q, b = divmod(b, s)
    b, m = b * 10, m * 10
    low, high = b < m, is_high()
    digits = []
    if q == 0 and not high:
        power -= 1
    else:
        digits.append(q)
    # One digit follows the point at least where Java writes an exponent.
    if not -3 <= power < 8:  # noqa: PLR2004
        low = high = False
    while not low and not high:
        q, b = divmod(b, s)
        b, m = b * 10, m * 10
        low, high = b < m, is_high()
        digits.append(q)
    if high and (not low or 2 * b > tens or (2 * b == tens and digits[-1] % 2)):
        return str(int("".join(map(str, digits))) + 1).rstrip("0")
    return "".join(map(str, digits)).strip("0")
