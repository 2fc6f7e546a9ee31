"""Time and memory of a process: its clock, its processors, the peak of its anonymous memory."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from pathlib import Path
from typing import NamedTuple

__all__ = ["Taken", "timed"]

ROOT = Path(__file__).resolve().parents[1]


class Taken(NamedTuple):
    """What one run took."""

    seconds: float
    processor: float
    """Seconds of all processors together: a busy machine disturbs them less than the clock."""
    memory: float
    """Peak of anonymous memory (``RssAnon``), MB."""


def timed(command: list[str]) -> Taken:
    """
    Run a command. If the last thing that it says are its own ``[seconds, processor]``, those count.

    Without, everything does: the start of the process, its imports and its end.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process.pid, peak))
    watcher.start()
    assert process.stdout is not None
    said = process.stdout.read().strip()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    watcher.join()
    if process.returncode:
        raise SystemExit(f"{command[0]} failed: {said}")
    last = said.splitlines()[-1] if said else ""
    if last.startswith("["):
        seconds, processor = json.loads(last)
        return Taken(seconds, processor, peak[0])
    return Taken(seconds, usage.ru_utime + usage.ru_stime, peak[0])


def _watch(process: int, peak: list[float]) -> None:
    status = Path(f"/proc/{process}/status")
    while True:
        try:
            line = next(x for x in status.read_text().splitlines() if x.startswith("RssAnon"))
        except (OSError, StopIteration):  # it has ended
            return
        peak[0] = max(peak[0], int(line.split()[1]) / 1024)
        time.sleep(0.005)
