"""
The command line in a process that has audited once already: every call is a fork of it.

A new process imports modules and compiles words for three seconds before it says anything, which
hundreds of tests would wait for. A call has its own folder, environment, output and end, as in a
process of its own; ``test_package.py`` and the tests that take ``command`` begin new ones.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

_TIME = 300  # seconds that a call may take


class Warm:
    """The process, and what was written by each call of it."""

    def __init__(self, register: Path, folder: Path) -> None:
        """``register`` is what is audited first; ``folder`` takes what calls write."""
        self.out, self.err = folder / "out", folder / "err"
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(register), str(folder / "first")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self.process:
            assert self.process.stdin is not None
            self.process.stdin.close()

    def call(
        self, arguments: Sequence[str], cwd: Path, environment: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Run the command line with these arguments, in this folder."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        asked = [arguments, str(cwd), environment, str(self.out), str(self.err)]
        print(json.dumps(asked), file=self.process.stdin, flush=True)
        status = int(self.process.stdout.readline())
        out, err = (path.read_text("utf-8") for path in (self.out, self.err))
        return subprocess.CompletedProcess(arguments, status, out, err)


def serve(register: str, first: str) -> None:
    """Audit once, then fork for every line of standard input."""
    from audit.cli import main

    answers = os.fdopen(os.dup(1), "w")
    _write_to(os.devnull, os.devnull)
    sys.argv = ["register-audit", "run", register, "--out", first]
    with suppress(SystemExit):
        main()
    import duckdb  # loaded by now

    duckdb.default_connection().close()  # its thread, which no fork has
    gc.freeze()
    for line in sys.stdin:
        if not (child := os.fork()):
            _become(*json.loads(line))
            main()  # which ends the process
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


def _become(
    arguments: list[str], cwd: str, environment: dict[str, str], out: str, err: str
) -> None:
    signal.alarm(_TIME)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    _write_to(out, err)
    sys.argv = ["register-audit", *arguments]


def _write_to(*paths: str) -> None:
    for place, path in enumerate(paths, start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), place)


if __name__ == "__main__":
    serve(*sys.argv[1:])
