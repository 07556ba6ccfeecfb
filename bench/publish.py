"""Publish 500 files to an S3 server on loopback: `./platform publish` against `aws s3 sync`.

    make .venv/bench/.run && python3 bench/publish.py

All files new, and again with nothing changed. Both talk to the same server, in turn.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "bench" / "publish"
RELEASE = PLACE / "release"
PORT = 5555
URL = f"http://127.0.0.1:{PORT}"
ACCOUNT = "111111111111"
BUCKET = f"big-data-dev-artifacts-{ACCOUNT}"
FILES, SIZE, RUNS = 500, 20_000, 5
ENVIRONMENT = {
    **os.environ,
    "AWS_ENDPOINT_URL": URL,
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_DEFAULT_REGION": "eu-north-1",
    "MOTO_ACCOUNT_ID": ACCOUNT,
}
AWS = ROOT / ".venv/bench/bin/aws"
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


def timed(command: list[str | Path]) -> float:
    """Seconds of a command. Raises CalledProcessError when it fails: a failed run has no time."""
    start = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def empty_bucket() -> None:
    """Forget everything on the server and make the bucket anew."""
    reset = urllib.request.Request(f"{URL}/moto-api/reset", method="POST")
    urllib.request.urlopen(reset).read()
    timed([AWS, "s3", "mb", f"s3://{BUCKET}"])


def measure() -> None:
    """Run both in turn and print medians and ratios."""
    seconds: dict[tuple[str, str], list[float]] = {}
    for turn in range(RUNS + 1):
        for name, command in COMMANDS.items():
            empty_bucket()
            for kind in ("all new", "unchanged"):
                took = timed(command)
                if turn:
                    seconds.setdefault((kind, name), []).append(took)
    print(f"{FILES} files of {SIZE:,} bytes, {RUNS} runs in turn")
    for kind in ("all new", "unchanged"):
        ours = statistics.median(seconds[kind, "./platform publish"])
        for name in COMMANDS:
            runs = seconds[kind, name]
            median = statistics.median(runs)
            print(
                f"{kind:10} {name:20} {median:6.2f} s  {min(runs):.2f}..{max(runs):.2f} {median / ours:5.1f}x"
            )


def main() -> None:
    """Start the server, measure, stop it."""
    subprocess.run([ROOT / "platform", "bundle"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    write_release()
    server = [ROOT / ".venv/tools/bin/moto_server", "-H", "127.0.0.1", "-p", str(PORT)]
    with subprocess.Popen(server, env=ENVIRONMENT, stderr=subprocess.DEVNULL) as process:
        try:
            _await_server()
            measure()
        finally:
            process.terminate()


def _await_server() -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{URL}/moto-api/").read()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"the S3 server on {URL} does not answer")


def _canonical(value: object) -> str:
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


main()
