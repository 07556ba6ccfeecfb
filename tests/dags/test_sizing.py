"""The rule of sizing: every place, every limit, and the page that shows it."""

from __future__ import annotations

import json
from pathlib import Path

import database_offerings
import instance_offerings
import pytest
from described_instances import described

from platform_sizing.__main__ import main
from platform_sizing.instances import UnknownInstanceError, instance
from platform_sizing.places import Cluster, Machine, Worker, Workers, yarn_mib
from platform_sizing.settings import local_settings
from platform_sizing.sizing import size
from platform_sizing.table import PLACES, renewed
from platform_sizing.volume import Volume, volume_below, volume_of

ROOT = Path(__file__).parent.parent.parent
GB = 10**9
VOLUMES = [0, 1, GB, 10 * GB, 100 * GB, 1000 * GB, 10_000 * GB]


def _parquet(stored: int) -> Volume:
    return Volume(stored, stored)


def test_every_instance_type_that_ec2_describes_is_known_as_it_is() -> None:
    types = described()
    assert len(types) > 600
    wrong = {name: facts for name, facts in types.items() if tuple(vars(instance(name)).values()) != facts}
    assert wrong == {}


def test_the_table_of_what_regions_offer_is_what_ec2_says() -> None:
    assert instance_offerings.TABLE.read_text(encoding="utf-8") == instance_offerings.text()


def test_the_table_of_database_classes_is_what_rds_says() -> None:
    assert database_offerings.TABLE.read_text(encoding="utf-8") == database_offerings.text()


def test_the_table_of_instance_types_names_nothing_else() -> None:
    table = json.loads((ROOT / "packages/platform_sizing/platform_sizing/instance_families.json").read_text())
    families = {name.split(".")[0] for name in described()}
    assert set(table["mib_per_vcpu"]) | {name.split(".")[0] for name in table["types"]} == families


@pytest.mark.parametrize("name", ["m19z.xlarge", "m5.large", "m5", "", "t3.xlarge"])
def test_other_instance_types_are_refused_with_the_remedy(name: str) -> None:
    with pytest.raises(
        UnknownInstanceError, match=r"are not in instance_families\.json of packages/platform_sizing"
    ):
        instance(name)


@pytest.mark.parametrize(
    ("name", "documented"),
    [
        ("c4.xlarge", 5632),
        ("c4.2xlarge", 11520),
        ("c4.8xlarge", 53248),
        ("d2.xlarge", 23424),
        ("d2.2xlarge", 54272),
        ("m5.4xlarge", 57344),
        ("c5.12xlarge", 90112),
        ("r5.12xlarge", 385024),
    ],
)
def test_yarn_has_the_memory_that_emr_documents(name: str, documented: int) -> None:
    assert yarn_mib(instance(name).memory_mib) == documented


def test_a_volume_tells_what_is_compressed_and_what_one_task_has_to_read() -> None:
    volume = volume_of([("a.csv", 10), ("b.CSV.gz", 20), ("c.parquet", 40), ("d.json.bz2", 80), ("e", 160)])
    assert volume == Volume(stored=310, compressed=140, streamed=20, streams=1)
    assert volume.unpacked == 310 + 2 * 140
    assert volume.scan_tasks(100) == 1 + 3
    assert volume_of([]) == Volume()


def test_a_folder_s_volume_is_that_of_all_files_below_it(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.csv.gz").write_bytes(b"12345")
    (tmp_path / "b.csv").write_bytes(b"123")
    expected = Volume(stored=8, compressed=5, streamed=5, streams=1)
    assert volume_below(tmp_path) == expected
    assert volume_below(tmp_path / "below", tmp_path / "b.csv", tmp_path / "nowhere") == expected


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_more_volume_never_gets_less(place: Machine | Cluster | Workers) -> None:
    sizes = [size(_parquet(stored), place) for stored in VOLUMES]
    assert len(sizes) == len(VOLUMES)
    for figure in ("maximum_executors", "shuffle_partitions", "advisory_mib", "split_mib", "file_mib"):
        figures = [getattr(each, figure) for each in sizes]
        assert figures == sorted(figures), figure
    assert all(each.initial_executors <= each.maximum_executors for each in sizes)
    slots = [each.maximum_executors * each.executor.cores for each in sizes]
    assert all(each.shuffle_partitions % count == 0 for each, count in zip(sizes, slots, strict=True))


@pytest.mark.parametrize("name", ["c5.xlarge", "m5.xlarge", "m5.4xlarge", "r5.24xlarge", "m2.xlarge"])
@pytest.mark.parametrize("stored", VOLUMES)
def test_the_executors_of_a_node_fit_beside_the_application_master(name: str, stored: int) -> None:
    node = instance(name)
    sizing = size(_parquet(stored), Cluster((name,), (name,), 1, 20))
    a_node = max(1, node.vcpus // sizing.executor.cores)
    container = sizing.executor.heap_mib + sizing.executor.overhead_mib
    assert a_node * container + 1024 <= yarn_mib(node.memory_mib)
    assert a_node * sizing.executor.cores <= node.vcpus
    assert sizing.maximum_executors <= 20 * a_node
    assert sizing.driver.heap_mib * 1.1 <= node.memory_mib / 2


def test_an_executor_fits_the_smallest_type_of_a_fleet() -> None:
    small, large = (
        size(_parquet(GB), Cluster(("m5.xlarge",), types, 2, 6))
        for types in (("m5.xlarge", "r5.xlarge"), ("r5.xlarge",))
    )
    assert small.executor.heap_mib == 9485
    assert large.executor.heap_mib == 19833


def test_a_cluster_uses_the_nodes_it_starts_with_and_grows_with_the_volume_to_its_limit() -> None:
    place = Cluster(("m5.xlarge",), ("m5.xlarge",), 2, 6)
    found = [size(_parquet(stored), place) for stored in (0, 2 * GB, 1000 * GB)]
    assert [(each.initial_executors, each.maximum_executors) for each in found] == [(2, 2), (2, 4), (2, 6)]


def test_a_cluster_that_starts_above_its_limit_has_no_more_executors_than_that() -> None:
    sizing = size(_parquet(GB), Cluster(("m5.xlarge",), ("m5.xlarge",), 8, 6))
    assert (sizing.initial_executors, sizing.maximum_executors) == (6, 6)


def test_serverless_workers_are_of_the_configured_size_and_no_more_than_the_limits_hold() -> None:
    place = Workers(Worker(2, 8, 20), Worker(4, 16, 40), 3)
    for stored in VOLUMES:
        sizing = size(_parquet(stored), place)
        assert sizing.executor.heap_mib + sizing.executor.overhead_mib == 16 * 1024
        assert sizing.driver.heap_mib + sizing.driver.overhead_mib == 8 * 1024
        assert 1 <= sizing.initial_executors <= sizing.maximum_executors <= 3


@pytest.mark.parametrize(
    ("cores", "memory_mib", "stored", "heap"),
    [
        (2, 24 * 1024, GB, 3584),
        (2, 24 * 1024, 100 * GB, 3584),
        (8, 24 * 1024, GB, 3584),
        (8, 24 * 1024, 100 * GB, 9830),
        (16, 128 * 1024, 100 * GB, 28672),
        (2, 4 * 1024, GB, 1638),
        (2, 1024, GB, 1024),
    ],
)
def test_a_machine_gives_its_share_as_far_as_cores_and_volume_can_use_it(
    cores: int, memory_mib: int, stored: int, heap: int
) -> None:
    assert size(_parquet(stored), Machine(cores, memory_mib)).executor.heap_mib == heap


def test_a_packed_text_is_one_task_and_wants_executors_by_its_unpacked_size() -> None:
    place = Workers(Worker(2, 8, 20), Worker(4, 16, 40), 100)
    packed = Volume(stored=10 * GB, compressed=10 * GB, streamed=10 * GB, streams=1)
    assert size(packed, place) == size(_parquet(10 * GB), place)
    many = Volume(stored=GB, compressed=GB, streamed=GB, streams=100_000)
    assert size(many, place).maximum_executors == 100


def test_the_page_shows_what_is_chosen() -> None:
    """`.venv/etl/bin/python -m platform_sizing table docs/sizing.md` writes it."""
    page = (ROOT / "docs" / "sizing.md").read_text(encoding="utf-8")
    assert page == renewed(page)
    assert page.count("| 10 TB |") == len(PLACES)


def test_a_machine_s_settings_are_told_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_bytes(b"123")
    assert main(["local", "--cores", "2", "--memory-mib", "24000", "--", str(tmp_path)]) == 0
    settings = json.loads(capsys.readouterr().out)
    assert settings["spark.driver.memory"] == "3584m"
    assert settings["spark.sql.shuffle.partitions"] == "64"


@pytest.mark.parametrize(("stored", "is_quick"), [(128 * 2**20, True), (128 * 2**20 + 1, False)])
def test_a_short_run_on_a_machine_is_compiled_quickly(stored: int, is_quick: bool) -> None:
    volume = Volume(stored)
    options = local_settings(size(volume, Machine(2, 24000)), volume)["spark.driver.defaultJavaOptions"]
    assert options.split()[0] == "-XX:+UseParallelGC"
    assert ("-XX:TieredStopAtLevel=1" in options.split()) is is_quick


def test_a_job_that_goes_on_is_compiled_by_both_compilers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = ["local", "--cores", "2", "--memory-mib", "24000"]
    for words, is_quick in (([], True), (["--lasting"], False)):
        assert main([*machine, *words, "--", str(tmp_path)]) == 0
        options = json.loads(capsys.readouterr().out)["spark.driver.defaultJavaOptions"]
        assert ("-XX:TieredStopAtLevel=1" in options.split()) is is_quick


def test_a_collector_that_the_environment_chose_is_not_chosen_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-Xss4m -XX:+UseZGC")
    assert main(["local", "--cores", "2", "--memory-mib", "24000", "--", str(tmp_path)]) == 0
    options = json.loads(capsys.readouterr().out)["spark.driver.defaultJavaOptions"]
    assert options == "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m"


def test_the_table_s_command_writes_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- begin: chosen sizes -->\nstale\n<!-- end: chosen sizes -->\nafter\n")
    assert main(["table", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "stale" not in text
    assert text.count("| 1 TB |") == len(PLACES)
