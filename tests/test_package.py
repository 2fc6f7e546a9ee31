"""What importing and auditing load, and what they do not."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("pandas", "pyarrow", "numpy", "great_expectations", "IPython")


def loaded(code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after running the code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return set(done.stdout.split())


def test_help_loads_nothing_heavy():
    """`--help` is there at once: no engine, no models."""
    modules = loaded("import audit.cli")
    assert not modules & {*HEAVY, "duckdb", "ibis", "pydantic", "phonenumbers", "jinja2"}


def test_the_version_is_that_of_the_package(command):
    """What an error asks to be reported with is there to be asked for."""
    from importlib.metadata import version

    done = command("--version")
    assert (done.returncode, done.stdout.split()) == (
        0,
        ["register-audit", version("register-audit")],
    )


def test_run_loads_neither_pandas_nor_pyarrow(exports, tmp_path):
    """A whole audit, reports and all, gets by without them."""
    modules = loaded(
        "import sys\nfrom audit.cli import app\n"
        f"sys.argv = ['x', 'run', {str(exports)!r}, '--out', {str(tmp_path / 'o')!r}, '-q']\n"
        "try:\n    app()\nexcept SystemExit:\n    pass"
    )
    assert "duckdb" in modules
    assert not modules & set(HEAVY)


def test_run_opens_no_socket(exports, tmp_path):
    """No network, at import, run or report time."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import sys\n"
                "def hook(event, args):\n"
                "    if event.startswith('socket.'):\n"
                "        print('SOCKET', event, file=sys.stderr)\n"
                "sys.addaudithook(hook)\n"
                "from audit.cli import app\n"
                f"sys.argv = ['x', 'run', {str(exports)!r}, '--out', {str(tmp_path / 'o')!r}, '-q']\n"
                "app()"
            ),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1, done.stderr
    assert "SOCKET" not in done.stderr


def test_the_python_interface(exports):
    """The names that scripts rely on, and that evidence is a DataFrame without values."""
    import audit

    notice = audit.read_notice(exports / "notice.yaml")
    assert notice.register_name == "Asiakasrekisteri"
    register = audit.load(exports)
    assert set(audit.columns(register)["category"].dropna()) == {"technical", "name", "email"}
    result = audit.audit(audit.draft_plan(register, notice), as_of="2026-11-22")
    assert {f.check for f in result.findings} >= {"STO01", "MIN04"}
    assert len(result.evidence()) == sum(f.count for f in result.findings)
    assert {state.clause for state in result.clauses} == {"K1", "K2"}
    assert "STO01" in result.show("findings")._repr_html_()


def test_unknown_names_are_not_offered():
    """A typo in a script is an AttributeError, as anywhere."""
    import audit

    with pytest.raises(AttributeError, match="no attribute 'audits'"):
        _ = audit.audits
