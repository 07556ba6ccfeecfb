"""The processes of a Spark job, and what of their memory its tasks have."""

from __future__ import annotations

from dataclasses import dataclass

#: What every JVM of Spark keeps for itself, and the share of the rest that tasks sort, join and aggregate in
#: (Spark documentation, "Tuning Spark", Memory Management Overview: `spark.memory.fraction`).
_RESERVED_MIB, _FRACTION = 300, 0.6


@dataclass(frozen=True)
class Process:
    """A driver, or an executor: its task slots and its memory."""

    cores: int
    heap_mib: int
    #: What it takes beside its heap: Python, buffers, the JVM itself.
    overhead_mib: int = 0

    @property
    def task_mib(self) -> int:
        """Memory of one task while all slots are taken."""
        return max(1, int((self.heap_mib - _RESERVED_MIB) * _FRACTION) // self.cores)


def within(memory_mib: int, cores: int, overhead: float, least_overhead_mib: int = 0) -> Process:
    """Part memory in a heap and what comes on top, which is a share of the heap."""
    heap = min(int(memory_mib / (1 + overhead)), memory_mib - least_overhead_mib)
    return Process(cores, heap, memory_mib - heap)
