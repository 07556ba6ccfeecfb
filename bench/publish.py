"""Publish 500 files to an S3 server on loopback: `./platform publish` against `aws s3 sync`.

    make install-bench && python3 bench/publish.py

All files new, and again with nothing changed. Both talk in turn to the same server: versitygw, which keeps
connections open and checks signatures and checksums as S3 does, in a tenth of the time that a client needs.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "bench" / "publish"
RELEASE = PLACE / "release"
STORE = PLACE / "store"
ADDRESS = "127.0.0.1:5555"
URL = f"http://{ADDRESS}"
REGION = "eu-north-1"
# The server takes the name of the key for the account that owns its buckets.
ACCOUNT = "111111111111"
BUCKET = f"big-data-dev-artifacts-{ACCOUNT}"
FILES, SIZE, RUNS = 500, 20_000, 5
ENVIRONMENT = {
    **os.environ,
    "AWS_ENDPOINT_URL": URL,
    "AWS_ACCESS_KEY_ID": ACCOUNT,
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
}
AWS = ROOT / ".venv/bench/bin/aws"
SERVER = ROOT / "build/tools/bin/versitygw"
COMMANDS: dict[str, list[str | Path]] = {
    "./platform publish": [ROOT / "platform", "publish", "--env", "dev", "--bundle", RELEASE],
    "aws s3 sync": [AWS, "s3", "sync", RELEASE, f"s3://{BUCKET}/sync", "--only-show-errors"],
}


def write_release() -> None:
    """Write a release of 500 files that differ, with the manifest that its name demands."""
    shutil.rmtree(PLACE, ignore_errors=True)
    files: dict[str, Any] = {}
    for number in range(FILES):
        path = f"data/{number:03}.bin"
        content = hashlib.sha256(path.encode()).digest() * (SIZE // 32)
        (RELEASE / path).parent.mkdir(parents=True, exist_ok=True)
        (RELEASE / path).write_bytes(content)
        files[path] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    manifest = json.loads((ROOT / "build" / "bundle" / "manifest.json").read_text())
    manifest = {**manifest, "files": files}
    del manifest["release"]
    name = hashlib.sha256(_canonical(manifest).encode()).hexdigest()[:16]
    (RELEASE / "manifest.json").write_text(_canonical({**manifest, "release": name}))


def timed(command: list[str | Path]) -> tuple[float, float]:
    """Seconds of a command, by the clock and of its processor time.

    Raises CalledProcessError when it fails: a failed run has no time.
    """
    start, before = time.perf_counter(), _processor_seconds()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(command, check=True, cwd=ROOT, env=ENVIRONMENT, **quiet)
    return time.perf_counter() - start, _processor_seconds() - before


def _processor_seconds() -> float:
    """Of all commands that ended; the server goes on."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def empty_bucket() -> None:
    """Forget every object: the server keeps them as files."""
    for folder in (STORE / BUCKET).iterdir():
        shutil.rmtree(folder)


def measure() -> None:
    """Run both in turn and print medians and ratios."""
    seconds: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for turn in range(RUNS + 1):
        for name, command in COMMANDS.items():
            empty_bucket()
            for kind in ("all new", "unchanged"):
                took = timed(command)
                if turn:
                    seconds.setdefault((kind, name), []).append(took)
    print(f"{FILES} files of {SIZE:,} bytes, {RUNS} runs in turn")
    for kind in ("all new", "unchanged"):
        ours = statistics.median(took for took, _ in seconds[kind, "./platform publish"])
        for name in COMMANDS:
            runs = [took for took, _ in seconds[kind, name]]
            processor = statistics.median(own for _, own in seconds[kind, name])
            median = statistics.median(runs)
            print(
                f"{kind:10} {name:20} {median:6.2f} s  {min(runs):.2f}..{max(runs):.2f} {median / ours:5.1f}x"
                f"   {processor:.2f} s of processor time"
            )


def main() -> None:
    """Start the server, measure, stop it."""
    subprocess.run([ROOT / "platform", "bundle"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    write_release()
    STORE.mkdir()
    keys = ["--access", ACCOUNT, "--secret", ENVIRONMENT["AWS_SECRET_ACCESS_KEY"]]
    where = ["--region", REGION, "--port", ADDRESS, "--keep-alive", "--quiet"]
    with subprocess.Popen([SERVER, *keys, *where, "posix", STORE], stdout=subprocess.DEVNULL) as process:
        try:
            _await_server()
            timed([AWS, "s3", "mb", f"s3://{BUCKET}"])
            measure()
        finally:
            process.terminate()


def _await_server() -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(URL).read()
            return
        except urllib.error.HTTPError:
            return  # It refuses those without a signature.
        except OSError:
            time.sleep(0.1)
    sys.exit(f"the S3 server on {URL} does not answer")


def _canonical(value: object) -> str:
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


main()
