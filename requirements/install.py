"""
Makes `.venv` and installs lock files and the project into it: `install.py test database`.

Uses uv if it is there (seconds), else venv and pip. Needs nothing but Python 3.11 or newer.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def main(locks: list[str]) -> int:
    """Install ``requirements/<lock>.txt`` for each lock, and the project."""
    if sys.version_info < (3, 11):
        version = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            f"Python {version} is too old: install Python 3.11 or newer, and run make with PYTHON=python3.11."
        )
    uv = shutil.which("uv")
    requirements = [f"-r{ROOT / 'requirements' / lock}.txt" for lock in locks]
    try:
        if not PYTHON.exists():
            make = (
                [uv, "venv", "-q", str(VENV)] if uv else [sys.executable, "-m", "venv", str(VENV)]
            )
            run(make)
        if uv:
            install = [uv, "pip", "install", "-q", "--compile-bytecode", "-p", str(PYTHON)]
        else:
            install = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
            install += ["--no-compile"]  # pip compiles one file after the other
        run([*install, "--require-hashes", *requirements])
        run([*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
        if not uv:  # on all cores; what a package brings and no Python can read stays as it is
            compiled = [str(PYTHON), "-m", "compileall", "-qq", "-j0", str(VENV)]
            subprocess.run(compiled, check=False)  # noqa: S603 - the command above
    except FileNotFoundError:
        sys.exit(
            "Python's venv is missing: install it (on Debian and Ubuntu, the package python3-venv)."
        )
    except subprocess.CalledProcessError as error:
        if not PYTHON.exists():
            sys.exit(
                "Python's venv does not work: install it (on Debian and Ubuntu, the package python3-venv)."
            )
        return error.returncode
    for lock in locks:
        (VENV / lock).touch()
    return 0


def run(command: list[str]) -> None:
    """Run a command; its own output says what is wrong."""
    subprocess.run(command, check=True)  # noqa: S603 - the commands above


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["core"]))
