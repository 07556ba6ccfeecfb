"""Spark's words for a sizing: the settings that belong to the place and the volume, not to the job."""

from __future__ import annotations

import re

from platform_sizing.places import SERVERLESS_OVERHEAD, Workers
from platform_sizing.sizing import Sizing
from platform_sizing.volume import Volume

#: Up to here a run on two cores ends before the JVM's second compiler has earned what it costs
#: (docs/benchmarks.md, "Cold").
_SHORT_MIB = 128
_COLLECTOR = re.compile(r"-XX:\+Use\w+GC\b")


def work_settings(sizing: Sizing) -> dict[str, str]:
    """How work is cut, in the same words everywhere."""
    return {
        "spark.sql.shuffle.partitions": str(sizing.shuffle_partitions),
        "spark.sql.adaptive.coalescePartitions.initialPartitionNum": str(sizing.shuffle_partitions),
        "spark.sql.adaptive.advisoryPartitionSizeInBytes": f"{sizing.advisory_mib}m",
        "spark.sql.files.maxPartitionBytes": f"{sizing.split_mib}m",
        # The shuffle before an Iceberg write aims at files of that size; plain Parquet has no such setting.
        "spark.sql.iceberg.advisory-partition-size": str(sizing.file_mib * 2**20),
    }


def _executor_settings(sizing: Sizing) -> dict[str, str]:
    return {
        "spark.executor.cores": str(sizing.executor.cores),
        "spark.executor.memory": f"{sizing.executor.heap_mib}m",
        "spark.driver.memory": f"{sizing.driver.heap_mib}m",
        "spark.dynamicAllocation.initialExecutors": str(sizing.initial_executors),
        "spark.dynamicAllocation.maxExecutors": str(sizing.maximum_executors),
    }


def cluster_settings(sizing: Sizing) -> dict[str, str]:
    """The settings of a job on an EMR cluster, whose driver runs on the primary node."""
    return {
        **work_settings(sizing),
        **_executor_settings(sizing),
        "spark.executor.memoryOverhead": f"{sizing.executor.overhead_mib}m",
    }


def serverless_settings(sizing: Sizing, workers: Workers) -> dict[str, str]:
    """The settings of a job on EMR Serverless, whose workers have disks."""
    return {
        **work_settings(sizing),
        **_executor_settings(sizing),
        "spark.driver.cores": str(sizing.driver.cores),
        "spark.emr-serverless.driver.disk": f"{workers.driver_worker.disk_gb}G",
        "spark.emr-serverless.executor.disk": f"{workers.executor_worker.disk_gb}G",
        "spark.emr-serverless.memoryOverheadFactor": str(SERVERLESS_OVERHEAD),
        "spark.executor.instances": str(sizing.initial_executors),
    }


def local_settings(
    sizing: Sizing, volume: Volume, everywhere: str = "", lasting: bool = False
) -> dict[str, str]:
    """The settings of a job whose one JVM is driver and executor.

    :param everywhere: the options that the environment gives to every JVM.
    :param lasting: whether the job goes on after it has read what is there, as a stream does.
    """
    return {
        **work_settings(sizing),
        "spark.driver.memory": f"{sizing.executor.heap_mib}m",
        "spark.driver.defaultJavaOptions": " ".join(_java_options(volume, everywhere, lasting)),
    }


def _java_options(volume: Volume, everywhere: str, lasting: bool) -> list[str]:
    """The collector for throughput; and for a short run the compiler that is done soonest, alone.

    A JVM refuses to start with two collectors, so one that the environment chose stays. Alone the compiler
    gets 48 MB for its code, which Spark fills: it is given what both have together.
    """
    collector = [] if _COLLECTOR.search(everywhere) else ["-XX:+UseParallelGC"]
    short = volume.unpacked <= _SHORT_MIB * 2**20 and not lasting
    quick = ["-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m"]
    return [*collector, *(quick if short else [])]
