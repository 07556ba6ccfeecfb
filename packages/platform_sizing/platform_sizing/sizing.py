"""The rule: from a volume and a place to the sizes of processes, partitions and files."""

from __future__ import annotations

from dataclasses import dataclass

from platform_sizing.places import Place
from platform_sizing.processes import Process
from platform_sizing.volume import Volume

MIB = 2**20

#: What a task reads, or finds in a shuffle partition, and the least that a file of a table should have
#: (AWS, "EMR Best Practices Guides", Spark 5.1.5 and 5.1.6; Spark's `spark.sql.files.maxPartitionBytes`).
_PART_MIB = 128
#: With more tasks than these the driver is busy with counting them (ibid., 5.1.3): parts grow before.
_MOST_TASKS = 30_000
#: Parts of input do not outgrow this, nor files: Iceberg's `write.target-file-size-bytes` (Apache Iceberg
#: documentation, "Configuration"), above which a reader of one file gains nothing.
_MOST_FILE_MIB = 512
#: Files that a run should leave at most, before they grow: each is a request for every later reader.
_FILES = 1000
#: Tasks for each core, so that a slow one does not hold up the rest (Spark documentation, "Tuning Spark",
#: Level of Parallelism: two or three).
_WAVES = 3
#: A shuffle is cut finer than a batch needs, because curate and marts read what was published before, too;
#: AQE puts small partitions together.
_LEAST_PARTITIONS = 64
_LEAST_PART_MIB = 16


@dataclass(frozen=True)
class Sizing:
    """What a job gets."""

    executor: Process
    #: With how many executors it starts, and how many it may ask for.
    initial_executors: int
    maximum_executors: int
    driver: Process
    #: Partitions that a shuffle begins with, and the bytes that AQE puts together.
    shuffle_partitions: int
    advisory_mib: int
    #: Bytes of input for one task.
    split_mib: int
    #: Bytes of a file that is written.
    file_mib: int


def size(volume: Volume, place: Place) -> Sizing:
    """Derive everything, in this order.

    1. An executor is an equal part of what the place has for one.
    2. A shuffle partition is 128 MiB of unpacked data. It doubles while there would be more than 30,000 of
       them, and never outgrows the memory of one task. AQE aims at half: what is shuffled is compressed.
    3. A task reads 128 MiB of stored data, under the same rule, 512 MiB at most. A packed text is one task.
    4. Executors are wanted until every core has three tasks of the larger of the two; the limits decide.
    5. There are as many shuffle partitions as the data asks for, rounded up so that no core idles.
    6. Files are 128 MiB while a run leaves no more than a thousand, 512 MiB at most.
    7. The driver grows with the number of tasks, where its size is ours to say.
    """
    executor = place.executor(volume)
    part = _grown(volume.unpacked, _fitting(executor.task_mib), executor.task_mib)
    split = _grown(volume.stored, _PART_MIB, _MOST_FILE_MIB)
    partitions = max(_LEAST_PARTITIONS, _ceil(volume.unpacked, part * MIB))
    scan = volume.scan_tasks(split * MIB)
    tasks = max(_ceil(volume.unpacked, part * MIB), scan)
    initial, maximum = place.executors(_ceil(tasks, _WAVES * executor.cores))
    slots = maximum * executor.cores
    file = _PART_MIB
    while volume.stored > _FILES * file * MIB and file < _MOST_FILE_MIB:
        file *= 2
    return Sizing(
        executor=executor,
        initial_executors=initial,
        maximum_executors=maximum,
        driver=place.driver(max(partitions, scan)),
        shuffle_partitions=_ceil(partitions, slots) * slots,
        advisory_mib=part // 2,
        split_mib=split,
        file_mib=file,
    )


def _ceil(amount: int, part: int) -> int:
    return -(-amount // part)


def _fitting(most_mib: int) -> int:
    """A part that a task has memory for."""
    part = _PART_MIB
    while part > most_mib and part > _LEAST_PART_MIB:
        part //= 2
    return part


def _grown(amount: int, part_mib: int, most_mib: int) -> int:
    """Double a part until the driver can count the tasks, or until it is as large as it may be."""
    while amount > _MOST_TASKS * part_mib * MIB and 2 * part_mib <= most_mib:
        part_mib *= 2
    return part_mib
