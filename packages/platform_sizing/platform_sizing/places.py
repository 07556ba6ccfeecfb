"""The places where jobs run: what a process may be there, and how many executors there may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from platform_sizing.instances import instance
from platform_sizing.processes import Process, within
from platform_sizing.volume import Volume


class Place(Protocol):
    """What `size` has to know about a place."""

    def executor(self, volume: Volume) -> Process:
        """Shape one executor."""

    def executors(self, wanted: int) -> tuple[int, int]:
        """Say with how many executors of those wanted a job starts, and how many it may have at most."""

    def driver(self, tasks: int) -> Process:
        """Shape the driver of a job whose largest stage has so many tasks."""


#: A heap for each core of a laptop: two cores stay below 4 GiB.
_LOCAL_CORE_MIB = 1792
_LOCAL_LEAST_MIB, _LOCAL_SMALL_MIB = 1024, 3584
#: The heap may take this share of a machine that has other things to do; Python comes on top.
_LOCAL_SHARE = 0.4


@dataclass(frozen=True)
class Machine:
    """One machine, where driver and executor are the same JVM."""

    cores: int
    memory_mib: int

    def executor(self, volume: Volume) -> Process:
        """No more than its share, what its cores can use, and what the volume can fill."""
        most = min(int(self.memory_mib * _LOCAL_SHARE), self.cores * _LOCAL_CORE_MIB)
        filled = max(_LOCAL_SMALL_MIB, volume.unpacked // 2**20)
        return Process(self.cores, max(_LOCAL_LEAST_MIB, min(most, filled)))

    def executors(self, wanted: int) -> tuple[int, int]:
        """One, whatever is wanted."""
        return 1, 1

    def driver(self, tasks: int) -> Process:
        """None of its own."""
        return Process(self.cores, 0)


#: Task slots of an executor (AWS, "EMR Best Practices Guides", Spark 5.1.6: 4 or 5). Every size from xlarge
#: on has a multiple of 4 vCPUs.
_CLUSTER_CORES = 4
#: What an executor on EMR takes beside its heap (ibid.: 18.75 % of it).
_CLUSTER_OVERHEAD = 0.1875
#: In client mode YARN holds an application master of `spark.yarn.am.memory`, 512 MiB, and 384 MiB beside it
#: (Spark documentation, "Running Spark on YARN"), on whichever node: room for it is left on all.
_MASTER_MIB = 1024
#: YARN on EMR hands out memory in such pieces (Amazon EMR Release Guide, "Task configuration":
#: `yarn.scheduler.minimum-allocation-mb`).
_PIECE_MIB = 32


def yarn_mib(memory_mib: int) -> int:
    """Memory of a node that EMR gives to YARN: a quarter stays with the system, from 2 to 8 GiB.

    The table of `yarn.nodemanager.resource.memory-mb` in the Amazon EMR Release Guide, "Task configuration",
    follows that rule.
    """
    return memory_mib - max(2048, min(8192, memory_mib // 4))


#: A driver holds what is collected, 1 GiB at most (`spark.driver.maxResultSize`), the tables that four marts
#: broadcast at once, and what it knows of each task; EMR's own default is 2 GiB, which leaves the tables out.
_DRIVER_MIB = 4096
#: From here on the guide (5.1.3) counts tasks as many: a GiB for each ten thousand.
_DRIVER_TASKS = 10_000
_DRIVER_CORES = 4
_DRIVER_OVERHEAD = 0.1


@dataclass(frozen=True)
class Cluster:
    """An EMR cluster. Its nodes may be of any of the types, so what is derived fits the smallest."""

    primary_types: tuple[str, ...]
    core_types: tuple[str, ...]
    #: Core nodes it starts with, and has at most.
    starting_nodes: int
    maximum_nodes: int

    @property
    def _cores(self) -> int:
        return min(_CLUSTER_CORES, *(instance(name).vcpus for name in self.core_types))

    def executor(self, volume: Volume) -> Process:
        """An equal part of what a node's YARN has beside the application master."""
        cores = self._cores
        containers = [
            (yarn_mib(node.memory_mib) - _MASTER_MIB) // (node.vcpus // cores)
            for node in map(instance, self.core_types)
        ]
        return within(min(containers) // _PIECE_MIB * _PIECE_MIB, cores, _CLUSTER_OVERHEAD)

    def executors(self, wanted: int) -> tuple[int, int]:
        """Start on the nodes that are there, which are paid for; grow to the limit of the configuration."""
        a_node = min(instance(name).vcpus // self._cores for name in self.core_types)
        there, most = self.starting_nodes * a_node, self.maximum_nodes * a_node
        return max(1, min(there, most)), max(1, min(max(wanted, there), most))

    def driver(self, tasks: int) -> Process:
        """In client mode it has the primary node, half of which its daemons keep."""
        half = min(instance(name).memory_mib for name in self.primary_types) // 2
        wanted = _DRIVER_MIB + 1024 * (tasks // _DRIVER_TASKS)
        vcpus = min(instance(name).vcpus for name in self.primary_types)
        return Process(min(_DRIVER_CORES, vcpus), min(wanted, int(half / (1 + _DRIVER_OVERHEAD))))


#: What a worker's memory has to hold beside the heap: a tenth of the heap, and 384 MiB at least
#: (EMR Serverless user guide, "Using Spark configurations when you run EMR Serverless jobs").
SERVERLESS_OVERHEAD, _SERVERLESS_LEAST_MIB = 0.1, 384
#: Executors a job starts with; Spark asks for more by itself.
_SERVERLESS_FIRST = 3


@dataclass(frozen=True)
class Worker:
    """The size of one worker of EMR Serverless, as its configuration says."""

    vcpu: int
    memory_gb: int
    disk_gb: int

    @property
    def process(self) -> Process:
        """Heap and overhead fill the worker: a remainder would be paid for and not used."""
        return within(self.memory_gb * 1024, self.vcpu, SERVERLESS_OVERHEAD, _SERVERLESS_LEAST_MIB)


@dataclass(frozen=True)
class Workers:
    """An EMR Serverless application: the sizes of its workers, and how many its limits hold."""

    driver_worker: Worker
    executor_worker: Worker
    maximum_executors: int

    def executor(self, volume: Volume) -> Process:
        """The worker of the configuration, whatever the volume: pre-initialised ones are of that size."""
        return self.executor_worker.process

    def executors(self, wanted: int) -> tuple[int, int]:
        """Start small, grow to what is wanted and to the limit of the configuration."""
        most = max(1, min(wanted, self.maximum_executors))
        return min(_SERVERLESS_FIRST, most), most

    def driver(self, tasks: int) -> Process:
        """The worker of the configuration."""
        return self.driver_worker.process
