"""Whose fault a failed read is: the file's, which is refused, or the place's, and then the job fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from py4j.protocol import Py4JJavaError

#: What unpacks and parses: an exception that begins in one of these packages is about the bytes of a file.
_READERS = (
    "com.github.luben.zstd.",
    "com.univocity.parsers.",
    "org.apache.hadoop.io.compress.",
    "org.apache.hadoop.util.LineReader",
    "org.apache.parquet.",
    "org.apache.spark.sql.execution.datasources.parquet.",
    "org.xerial.snappy.",
    "shaded.parquet.",
)

#: Wherever they begin: a file that ends too early, and a type that Spark does not read.
_OF_FILES = frozenset(("java.io.EOFException", "org.apache.spark.sql.AnalysisException"))

#: What Hadoop's native code calls damaged bytes; every other error of Java is about the machine.
_DAMAGED = "java.lang.InternalError"

#: What Parquet's own reader breaks at, a null pointer, when a type is newer than it is.
_UNKNOWN_TYPE = "a column is of a type that this reader does not know, as FLOAT16: write it as another"

#: Packages of Java itself, which readers call.
_PLATFORM = ("java.", "javax.", "jdk.", "sun.")


def file_fault(error: Py4JJavaError) -> str | None:
    """What is wrong with the file that was read, in one line; None when the fault is not the file's.

    Memory that ran out, an executor that was lost, a disk that is full, access that is denied, a store that
    does not answer: none of that says anything about the file, and a file refused for it would be lost.
    """
    chain = list(_causes(error))
    names = [set(_class_names(cause)) for cause in chain]
    if any("java.lang.Error" in of_cause and _DAMAGED not in of_cause for of_cause in names):
        return None
    innermost = chain[-1]
    if names[-1] & _OF_FILES or _begins_in(innermost).startswith(_READERS):
        reason = root_cause(error)
        return _UNKNOWN_TYPE if "parquet.format.LogicalType" in reason else reason
    return None


def fault_of(error: Py4JJavaError) -> str:
    """Return what is wrong with the file that was read, in one line; raise any error that is not about it."""
    reason = file_fault(error)
    if reason is None:
        raise error
    return reason


def root_cause(error: Py4JJavaError) -> str:
    """The innermost Java exception of a failed call, in one line; of the CSV parser its own words."""
    chain = list(_causes(error))
    parsing = (cause for cause in chain if cause.getClass().getSimpleName() == "TextParsingException")
    cause = next(parsing, chain[-1])
    message = str(cause.getMessage() or "").splitlines()
    name = str(cause.getClass().getSimpleName())
    return f"{name}: {message[0]}" if message else name


def _causes(error: Py4JJavaError) -> Iterator[Any]:
    cause = error.java_exception
    while cause is not None:
        yield cause
        cause = cause.getCause()


def _class_names(cause: Any) -> Iterator[str]:
    of = cause.getClass()
    while of is not None:
        yield str(of.getName())
        of = of.getSuperclass()


def _begins_in(cause: Any) -> str:
    """The first class on the stack that is not Java's own; empty when there is none."""
    frames = (str(frame.getClassName()) for frame in cause.getStackTrace())
    return next((name for name in frames if not name.startswith(_PLATFORM)), "")
