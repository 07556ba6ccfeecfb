"""Small files and folder listings on any file system that Hadoop knows: local paths, s3://, s3a://."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession

#: What no name of a file holds.
_NO_CHARACTER = "\0"


@dataclass(frozen=True)
class StoredFile:
    """A file that was listed: its whole path, its name, its size in bytes, and when it was written."""

    path: str
    name: str
    size: int
    #: Milliseconds since 1970, by the clock of the store.
    modified: int
    #: Columns that folders above it name, each a name and a value: `day=2024-01-01`.
    partitions: tuple[tuple[str, str], ...] = ()


class Files:
    """Files below one root, named by paths relative to it. Speaks to Hadoop's FileSystem through the JVM."""

    def __init__(self, spark: SparkSession, root: str) -> None:
        """Bind to a root: `/data/lake`, `s3://bucket/prefix`. Nothing is read or created yet."""
        jvm: Any = spark._jvm
        self.root = root.rstrip("/")
        self._jvm = jvm
        self._schemas: dict[str, tuple[tuple[str, ...], str]] = {}
        self._configuration = spark._jsc.hadoopConfiguration()
        # Each part of a class's name is a question to the JVM; those of thousands of files are asked once.
        hadoop = jvm.org.apache.hadoop
        self._new_path = hadoop.fs.Path
        self._codec_of = hadoop.io.compress.CompressionCodecFactory(self._configuration).getCodec
        self._new_reader, self._new_decoder = jvm.java.io.BufferedReader, jvm.java.io.InputStreamReader
        found = self._new_path(self.root or "/").getFileSystem(self._configuration)
        # Hadoop's checksums of local files are files beside them, so that two steps would replace one object.
        self._given = found
        self._is_local = found.getScheme() == "file"
        self._system = found.getRawFileSystem() if self._is_local else found

    def path(self, relative: str) -> str:
        """The whole path of a relative one."""
        return f"{self.root}/{relative}"

    def exists(self, relative: str) -> bool:
        """Whether a file or folder is there."""
        return bool(self._system.exists(self._path(relative)))

    def listed(self, folder: str) -> list[StoredFile]:
        """Files directly in a folder, by name, without hidden ones. A folder that is not there has none."""
        if not self.exists(folder):
            return []
        return sorted(self._visible(self._path(folder), recursive=False), key=lambda file: file.name)

    def walked(self, folder: str) -> list[StoredFile]:
        """Files anywhere below a folder, by path, without hidden ones.

        A folder that is not there has none.
        """
        if not self.exists(folder):
            return []
        return sorted(self._visible(self._path(folder), recursive=True), key=lambda file: file.path)

    def first_line(self, path: str, encoding: str = "UTF-8") -> str | None:
        """The first line of a text file, unpacked by its extension; None when the file is empty.

        `path` is whole. Raises Py4JJavaError, with the IOException inside, when the file cannot be read or
        unpacked.
        """
        with self._unpacked(path) as stream:
            reader = self._new_reader(self._new_decoder(stream, encoding))
            line: str | None = reader.readLine()
            return line

    def first_bytes(self, path: str, most: int) -> bytes:
        """The beginning of a file, unpacked by its extension.

        `path` is whole. Raises Py4JJavaError as `first_line` does.
        """
        with self._unpacked(path) as stream:
            bounded = self._jvm.org.apache.commons.io.input.BoundedInputStream(stream, most)
            return bytes(self._jvm.org.apache.commons.io.IOUtils.toByteArray(bounded))

    def parquet_schema(self, path: str) -> tuple[tuple[str, ...], str]:
        """Names of a Parquet file's columns, and its whole schema as text, from its footer.

        `path` is whole. Raises Py4JJavaError when the footer cannot be read.
        """
        if path not in self._schemas:
            with self._footer(path) as footer:
                schema = footer.getFileMetaData().getSchema()
                names = tuple(field.getName() for field in schema.getFields())
                self._schemas[path] = names, str(schema.toString())
        return self._schemas[path]

    def parquet_rows(self, path: str) -> int:
        """How many rows a Parquet file has, from its footer.

        `path` is whole. Raises Py4JJavaError when the footer cannot be read.
        """
        with self._footer(path) as footer:
            return int(footer.getRecordCount())

    def is_folder(self) -> bool:
        """Whether the root is a folder, and not a file."""
        return bool(self._system.getFileStatus(self._new_path(self.root)).isDirectory())

    def itself(self) -> StoredFile:
        """The root as a listing would have it; a folder has size 0."""
        status = self._system.getFileStatus(self._new_path(self.root))
        path = status.getPath()
        return StoredFile(path.toString(), path.getName(), status.getLen(), status.getModificationTime())

    @contextmanager
    def _unpacked(self, path: str) -> Iterator[Any]:
        target = self._new_path(path)
        stream = self._given.open(target)
        try:
            codec = self._codec_of(target)
            yield codec.createInputStream(stream) if codec is not None else stream
        finally:
            stream.close()

    @contextmanager
    def _footer(self, path: str) -> Iterator[Any]:
        hadoop = self._jvm.org.apache.parquet.hadoop
        source = hadoop.util.HadoopInputFile.fromPath(self._new_path(path), self._configuration)
        footer = hadoop.ParquetFileReader.open(source)
        try:
            yield footer
        finally:
            footer.close()

    def read_json(self, relative: str) -> Any:
        """The content of a JSON file; None when the file is not there."""
        if not self.exists(relative):
            return None
        stream = self._system.open(self._path(relative))
        try:
            content = self._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8")
        finally:
            stream.close()
        return json.loads(content)

    def create_json(self, relative: str, document: Any) -> bool:
        """Write a JSON file that must not be there yet. Returns False, and writes nothing, when it is."""
        try:
            stream = self._system.create(self._path(relative), False)
        except Py4JJavaError as error:
            if "FileAlreadyExistsException" in str(error.java_exception.getClass().getName()):
                return False
            raise
        self._write(stream, as_json(document))
        return True

    def replace_json(self, relative: str, document: Any) -> None:
        """Write or replace a JSON file in one step."""
        self.replace_text(relative, as_json(document))

    def replace_text(self, relative: str, text: str) -> None:
        """Write or replace a text file in one step: readers see the old content or the new, never a part.

        An object store puts the object whole when the stream is closed; a local file is written beside, under
        a name that listings hide, and renamed.
        """
        if not self._is_local:
            self._write(self._system.create(self._path(relative), True), text)
            return
        folder, _, name = relative.rpartition("/")
        beside = self._path(f"{folder}/.{name}.part".lstrip("/"))
        self._write(self._system.create(beside, True), text)
        if not self._system.rename(beside, self._path(relative)):
            raise OSError(f"{self.path(relative)}: could not be replaced by {beside.toString()}")

    def matching(self, pattern: str) -> list[str]:
        """Files and folders, hidden ones too, whose relative path has a form such as `runs/run=*/*.json`."""
        found = self._system.globStatus(self._path(pattern)) or []
        begin = len(str(self._system.makeQualified(self._new_path(self.root)).toString())) + 1
        return sorted(str(status.getPath().toString())[begin:] for status in found)

    def delete(self, relative: str) -> None:
        """Remove a file, or a folder with all that is in it. One that is not there is fine."""
        self._system.delete(self._path(relative), True)

    def move(self, source: str, target: str) -> None:
        """Rename a file or folder to a place that is free; folders above it are made.

        Raises OSError when the place is taken or the file system refuses. An object store copies, so only
        what is small should be moved.
        """
        if self.exists(target):
            raise FileExistsError(f"{self.path(source)}: {self.path(target)} is there already")
        self._system.mkdirs(self._path(target).getParent())
        if not self.exists(source) or not self._system.rename(self._path(source), self._path(target)):
            raise OSError(f"{self.path(source)}: could not be moved to {self.path(target)}")

    def _path(self, relative: str) -> Any:
        return self._new_path(self.path(relative))

    @staticmethod
    def _write(stream: Any, text: str) -> None:
        try:
            stream.write(bytearray(text.encode()))
        finally:
            stream.close()

    def _visible(self, folder: Any, recursive: bool) -> Iterator[StoredFile]:
        """Files of a folder, without hidden ones.

        What a getter says of all files comes in one answer of the JVM: to ask for each takes a millisecond.
        """
        statuses = self._statuses(folder, recursive)
        paths = self._each(statuses, "getPath", self._class("org.apache.hadoop.fs.Path"))
        whole = self._jvm.java.lang.Long.TYPE
        sizes, times = (
            self._each(statuses, "getLen", whole),
            self._each(statuses, "getModificationTime", whole),
        )
        kinds = self._each(statuses, "isFile", self._jvm.java.lang.Boolean.TYPE)
        for path, size, time, is_file in zip(paths, sizes, times, kinds):
            name = path.rpartition("/")[2]
            if is_file == "true" and not name.startswith((".", "_")):
                yield StoredFile(path, name, int(size), int(time))
            elif is_file == "false" and recursive:
                yield from self._visible(self._new_path(path), recursive)

    def _statuses(self, folder: Any, recursive: bool) -> Any:
        """A store lists all that is below a folder at once.

        Of local files Hadoop asks a process of its own for each, whose they are (LocatedFileStatus), so their
        folders are listed one by one.
        """
        at_once = recursive and not self._is_local
        found = self._system.listFiles(folder, True) if at_once else self._system.listStatusIterator(folder)
        return self._jvm.org.apache.hadoop.util.functional.RemoteIterators.toList(found)

    def _each(self, statuses: Any, getter: str, kind: Any) -> list[str]:
        if statuses.isEmpty():
            return []
        invoke = self._jvm.java.lang.invoke
        status = self._class("org.apache.hadoop.fs.FileStatus")
        signature = invoke.MethodType.methodType(kind)
        handle = invoke.MethodHandles.publicLookup().findVirtual(status, getter, signature)
        operator = self._class("java.util.function.UnaryOperator")
        values = self._jvm.java.util.ArrayList(statuses)
        values.replaceAll(invoke.MethodHandleProxies.asInterfaceInstance(operator, handle))
        joined: str = self._jvm.org.apache.commons.lang3.StringUtils.join(values, _NO_CHARACTER)
        return joined.split(_NO_CHARACTER)

    def _class(self, name: str) -> Any:
        return self._jvm.java.lang.Class.forName(name)


def as_json(document: Any) -> str:
    """A document as text, the same text for the same document."""
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
