"""The disk of a cluster's nodes: HDFS, shuffles, and what does not fit into memory."""

from __future__ import annotations

from platform_sizing.instances import instance
from platform_sizing.places import Cluster
from platform_sizing.volume import Volume

#: GiB for each vCPU at least: what EMR gives by default, 64 to an xlarge and 256 to a 4xlarge (Amazon EMR
#: Management Guide, "Default Amazon EBS storage for instances").
_LEAST_GB_PER_VCPU = 16
#: A shuffle writes what it reads, and the one before it is still there; YARN gives up a disk that is 90 %
#: full (Hadoop documentation, `yarn-default.xml`, `max-disk-utilization-per-disk-percentage`).
_TIMES_UNPACKED = 2.5
#: Sixteen volumes of the largest size (EMR API reference, "VolumeSpecification").
MOST_GB = 16_384


def node_disk_gb(volume: Volume, place: Cluster) -> int:
    """Return the GiB of each node: all shuffles fit on the nodes that the cluster starts with.

    More nodes come later or never, so they are not counted. Rounded up to 16 GiB.

    :raises UnknownInstanceError: the size of an instance type is unknown.
    """
    least = _LEAST_GB_PER_VCPU * max(instance(name).vcpus for name in place.core_types)
    wanted = int(volume.unpacked * _TIMES_UNPACKED / max(1, place.starting_nodes) / 2**30)
    return min(MOST_GB, max(least, -(-wanted // 16) * 16))
