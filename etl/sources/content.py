"""What the first bytes of a file say that it is: its encoding, or that it is no text at all. Pure."""

from __future__ import annotations

import codecs
import re

#: Bytes that tell what is no text.
BEGINNING = 512

#: What a file begins with that is no text, whatever its name says.
_KINDS = {
    rb"PK\x03\x04": "a ZIP archive or a workbook of Excel (.xlsx)",
    # A column may be called PAR1.
    rb"PAR1[^\t\r\n -~]": "Parquet",
    rb"\xd0\xcf\x11\xe0": "an old document of Office (.xls)",
    rb"\x1f\x8b": "packed by gzip",
    rb"BZh[1-9]1AY&SY": "packed by bzip2",
    rb"\x28\xb5\x2f\xfd": "packed by zstandard",
    rb"Obj\x01": "Avro",
    rb"SQLite format 3\x00": "a database of SQLite",
    rb"%PDF-": "PDF",
    rb"(?i)(\xef\xbb\xbf)?\s*<(!doctype\s+html|html[\s>])": "a page of HTML",
    rb"(\xef\xbb\xbf)?\s*<\?xml\s": "XML",
}

_MARKS = {
    codecs.BOM_UTF8: "UTF-8",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}

_REPLACED = "\ufffd"

#: The share of a wide file's places where NUL bytes are, and the most of them where they are not.
_MANY, _FEW = 0.7, 0.05


def content_problem(beginning: bytes) -> str | None:
    """What a file is that should be text, by its first bytes as they are unpacked; None for text."""
    kind = next((kind for form, kind in _KINDS.items() if re.match(form, beginning)), None)
    return None if kind is None else f"the content is no text of such a name, but {kind}"


def encoding_of(sample: bytes, is_whole: bool) -> str:
    """The encoding of a text, told from its beginning, or from all of it.

    UTF-8 with a few bytes that are none of it stays UTF-8: the rules find those, and another encoding would
    change every other letter. Raises ValueError for what cannot be declared.
    """
    if sample.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise ValueError("the file is UTF-32, which is not read: save it as UTF-8")
    marked = next((encoding for mark, encoding in _MARKS.items() if sample.startswith(mark)), None)
    return marked or _wide(sample) or _narrow(sample, is_whole)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark, told from the NUL bytes at every other place; None when there are few."""
    even, odd = (sample[start::2].count(0) / max(1, len(sample) // 2) for start in (0, 1))
    if min(even, odd) <= _FEW and max(even, odd) >= _MANY:
        encoding = "UTF-16LE" if odd > even else "UTF-16BE"
        try:
            codecs.getincrementaldecoder(encoding)().decode(sample)
        except UnicodeDecodeError as error:
            raise ValueError("the file is UTF-16 with bytes that are none: save it as UTF-8") from error
        return encoding
    if even + odd >= 1:
        raise ValueError("the file is UTF-32 or no text, as most of its bytes are NUL: save it as UTF-8")
    return None


def _narrow(sample: bytes, is_whole: bool) -> str:
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(sample, final=is_whole)
    broken = text.count(_REPLACED) - sample.count(_REPLACED.encode())
    others = len(re.findall(r"[^\x00-\x7f]", text))
    # Every byte is a character of windows-1252, of which hardly any two are a letter of UTF-8 by chance.
    if broken * 2 <= others:
        return "UTF-8"
    if b"\0" in sample:
        raise ValueError(
            "the file is not UTF-8 and has NUL bytes, as UTF-16 without a mark: save it as UTF-8"
        )
    return "windows-1252"
