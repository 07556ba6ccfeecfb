"""Names that tables, folders and columns can have, from any text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

#: Latin letters that Unicode does not take apart, as people write them (Unicode CLDR, transform Latin-ASCII).
_LETTERS = str.maketrans(
    {
        **{"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l"},
        **{"Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ħ": "h", "Ħ": "H"},
        **{"\u0131": "i", "ĸ": "q", "ŋ": "n", "Ŋ": "N", "ŧ": "t", "Ŧ": "T", "ə": "e", "Ə": "E", "ƒ": "f"},
    }
)


def plain_name(text: str, fallback: str) -> str:
    """Lower-case letters, digits and underscores, beginning with a letter: `DepTime (min)` is `dep_time_min`.

    `fallback` stands before what begins with a digit, and for what has nothing of it.
    """
    apart = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    # Accents leave their letter alone; letters of other scripts leave a gap.
    latin = "".join(each for each in apart if not unicodedata.combining(each))
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", latin)
    name = re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")
    return name if re.match(r"[a-z]", name) else f"{fallback}_{name}".rstrip("_")


def column_names(texts: Sequence[str]) -> list[str]:
    """A name for each column, every one different: the second `amount` is `amount_2`."""
    taken: set[str] = set()
    names = []
    for position, text in enumerate(texts, start=1):
        plain = plain_name(text, "column")
        first = f"column_{position}" if plain == "column" else plain
        name, number = first, 1
        while name in taken:
            number += 1
            name = f"{first}_{number}"
        taken.add(name)
        names.append(name)
    return names
