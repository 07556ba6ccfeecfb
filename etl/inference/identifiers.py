"""Which columns hold personal data by what their values are: numbers with check digits, accounts, telephones.

A random number passes one check in ten (Luhn) to one in a hundred, so nearly all of several different values
must. The libraries are those of the laptop: nothing on a cluster imports them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from ipaddress import ip_address
from typing import Callable

from etl.inference import shapes

Check = Callable[[str], bool]

#: Different values that are asked, and how many there must be; the share of them that must pass.
MOST_VALUES, LEAST_VALUES, LEAST_SHARE = 200, 10, 0.95

#: Regions whose telephone numbers are known without a `+`.
REGIONS = ("BE", "NL", "FR", "DE", "LU", "GB")

_EMAIL = re.compile(shapes.PATTERNS[shapes.EMAIL])

#: Source: HMRC, "National Insurance Manual", NIM39110: the prefixes and suffixes that are in use.
_NINO = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]")


def identified(values: Collection[str]) -> str | None:
    """Name what identifies people in these values, with the count of them; None where nothing does."""
    if len(values) < LEAST_VALUES:
        return None
    for name, check in _checks().items():
        passed = sum(check(value) for value in values)
        if passed >= LEAST_SHARE * len(values):
            return f"{passed:,} of {len(values):,} different values are {name}"
    return None


@cache
def _checks() -> Mapping[str, Check]:
    """The checks, the most telling first."""
    from stdnum import iban  # noqa: PLC0415 (not on clusters)
    from stdnum.be import nn  # noqa: PLC0415
    from stdnum.de import idnr  # noqa: PLC0415
    from stdnum.es import dni  # noqa: PLC0415
    from stdnum.fr import nir  # noqa: PLC0415
    from stdnum.it import codicefiscale  # noqa: PLC0415
    from stdnum.nl import bsn  # noqa: PLC0415

    return {
        "e-mail addresses": lambda text: bool(_EMAIL.fullmatch(text)),
        "IP addresses": _is_ip,
        "IBANs": lambda text: bool(iban.is_valid(text, check_country=False)),
        "Italian codici fiscali": codicefiscale.is_valid,
        "British national insurance numbers": lambda text: bool(
            _NINO.fullmatch(text.replace(" ", "").upper())
        ),
        "Luxembourg national numbers": _is_luxembourg,
        "card numbers (or other numbers by Luhn)": _is_card,
        "French numbers of social security": nir.is_valid,
        "Belgian national numbers": lambda text: _has_digits(text, 11) and nn.is_valid(text),
        "German tax numbers": lambda text: _has_digits(text, 11) and idnr.is_valid(text),
        "Spanish national numbers": dni.is_valid,
        "Dutch citizen service numbers": lambda text: _has_digits(text, 9) and bsn.is_valid(text),
        **{f"telephone numbers{of}": check for of, check in _phone_checks().items()},
    }


def _phone_checks() -> dict[str, Check]:
    import phonenumbers  # noqa: PLC0415

    def is_phone(text: str, region: str | None) -> bool:
        if not re.fullmatch(r"[+(]?[0-9][0-9 ().\-/]{5,20}", text):
            return False
        if not text.startswith(("0", "+", "(")) or (region is None) != text.startswith("+"):
            return False
        try:
            return phonenumbers.is_valid_number(phonenumbers.parse(text, region))
        except phonenumbers.NumberParseException:
            return False

    national = {f" of {region}": lambda text, region=region: is_phone(text, region) for region in REGIONS}
    return {"": lambda text: is_phone(text, None), **national}


def _digits(text: str) -> str:
    return re.sub(r"[ .\-/]", "", text)


def _has_digits(text: str, count: int) -> bool:
    return bool(re.fullmatch(rf"[0-9]{{{count}}}", _digits(text)))


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_card(text: str) -> bool:
    """Source: ISO/IEC 7812-1:2017, annex B (Luhn), and 13 to 19 digits as cards have them."""
    from stdnum import luhn  # noqa: PLC0415

    digits = _digits(text)
    return bool(re.fullmatch("[1-9][0-9]{12,18}", digits)) and bool(luhn.is_valid(digits))


def _is_luxembourg(text: str) -> bool:
    """A day of birth, a number, and the digits of Luhn and Verhoeff, each of the first eleven.

    Source: loi du 19 juin 2013 relative à l'identification des personnes physiques (Luxembourg), article 2.
    """
    from stdnum import luhn, verhoeff  # noqa: PLC0415

    digits = _digits(text)
    is_born = re.fullmatch(r"(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{5}", digits)
    if not is_born:
        return False
    body = digits[:11]
    return bool(luhn.is_valid(digits[:12])) and bool(verhoeff.is_valid(body + digits[12]))
