"""Attestations, completeness and waivers: what they excuse, until when, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import audit
from audit.errors import AuditError, PlanInvalid
from audit.finding import Audit, Result
from audit.plan import Plan, draft_plan, read_plan, write_plan
from audit.run import run
from audit.statements import Attestation, Completeness, Waiver

SAMPLE = Path(__file__).parents[1] / "data_samples" / "asiakasrekisteri"

AS_OF = date(2026, 11, 22)
ON, LATER = date(2026, 11, 1), date(2027, 3, 1)


@pytest.fixture
def plan(exports: Path) -> Plan:
    return draft_plan(exports)


def audited(plan: Plan, **statements: object) -> Audit:
    out = plan.folder.parent / "evidence.parquet"
    return run(plan.model_copy(update=statements), AS_OF, out)


def waiver(**said: object) -> Waiver:
    blank = {"reason": "Siirto kesken", "approver": "Aino Esimerkki", "on": ON, "expires": LATER}
    return Waiver.model_validate(blank | said)


def majors(audit: Audit) -> list[str]:
    return [f.check for f in audit.findings if f.result is Result.NONCONFORMITY]


def test_a_waiver_excuses_its_finding_and_no_other(plan: Plan) -> None:
    before = audited(plan)
    first = next(f for f in before.findings if f.result is Result.NONCONFORMITY)
    after = audited(plan, waivers=(waiver(finding=first.fingerprint),))
    waived = [f for f in after.findings if f.result is Result.WAIVED]
    assert [f.fingerprint for f in waived] == [first.fingerprint]
    assert len(majors(after)) == len(majors(before)) - 1
    assert [w.state for w in after.waivers] == ["applied"]


def test_evidence_of_a_waived_finding_says_so(plan: Plan) -> None:
    import duckdb

    audit = audited(plan, waivers=(waiver(check="STO01"),))
    rows = (
        duckdb.connect()
        .execute(f"SELECT DISTINCT result FROM '{audit.evidence}' WHERE \"check\" = 'STO01'")
        .fetchall()
    )
    assert rows == [("waived",)]


@pytest.mark.parametrize("day", [AS_OF, date(2026, 11, 21)])
def test_a_waiver_counts_through_its_last_day(plan: Plan, day: date) -> None:
    audit = audited(plan, waivers=(waiver(check="STO01", expires=day),))
    assert ("STO01" in majors(audit)) is (day < AS_OF)
    assert audit.waivers[0].state == ("expired" if day < AS_OF else "applied")


def test_a_waiver_that_matches_nothing_is_reported(plan: Plan) -> None:
    assert audited(plan, waivers=(waiver(finding="0" * 16),)).waivers[0].state == "unmatched"


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        ({"waivers": (waiver(check="STO01"), waiver(check="STO01"))}, "waived by waivers[0]"),
        ({"waivers": (waiver(check="STO01", on=date(2026, 12, 1)),)}, "after the audit"),
        ({"waivers": (waiver(check="MAR01"),)}, "nobody alone can waive MAR01"),
        ({"completeness": (Completeness(table="x", stated_by="A", on=ON),)}, "no table x"),
        (
            {"attestations": (Attestation(clauses=("C99",), strength="self", by="A", on=ON),)},
            "no clause C99",
        ),
        (
            {"attestations": (Attestation(clauses=("K1",), strength="self", by="A", on=LATER),)},
            "after the audit",
        ),
    ],
)
def test_wrong_statements_end_the_audit_with_a_sentence(
    plan: Plan, statements: dict[str, object], said: str
) -> None:
    with pytest.raises(PlanInvalid, match=said.replace("[", r"\[").replace("]", r"\]")):
        audited(plan, **statements)


@pytest.mark.parametrize(
    "wrong",
    [
        {"check": "STO01", "expires": date(2028, 1, 1)},
        {"check": "STO01", "expires": date(2026, 1, 1)},
        {"check": "STO01", "finding": "0" * 16},
        {},
        {"check": "STO01", "approver": "A", "second_approver": "A"},
    ],
)
def test_a_waiver_says_what_who_and_until_when(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"waiver|expires|approver"):
        waiver(**wrong)


def conforming(exports: Path) -> Plan:
    """A plan for a register of one customer, which conforms."""
    header = "Asiakasnro;Nimi;Sähköposti;Asiakassuhde alkoi;Asiakassuhde päättyi;Tila"
    row = "7;A;a@b.example;1.1.2020;;Aktiivinen"
    (exports / "asiakkaat.csv").write_text(f"{header}\n{row}\n", "utf-8")
    return draft_plan(exports)


def test_an_attestation_states_clauses_and_an_old_one_does_not(exports: Path) -> None:
    plan = conforming(exports)
    states = {c.clause: c.state for c in audited(plan).clauses}
    clause = next(c for c, state in states.items() if state != "does_not_conform")

    def state(on: date, **said: object) -> str:
        said = {"clauses": (clause,), "strength": "self", "by": "A", "on": on} | said
        audit = audited(plan, attestations=(Attestation.model_validate(said),))
        return next(c.state for c in audit.clauses if c.clause == clause)

    assert state(ON, holds=False) == "does_not_conform"
    assert state(date(2024, 1, 1), holds=False) != "does_not_conform"
    with pytest.raises(ValueError, match="place"):
        state(ON, strength="observed")


def test_a_clause_conforms_only_on_files_that_are_stated_to_be_whole(exports: Path) -> None:
    """Without a statement of completeness it conforms on what was supplied."""
    header = "Asiakasnro;Nimi;Sähköposti;Asiakassuhde alkoi;Asiakassuhde päättyi;Tila\n"
    (exports / "asiakkaat.csv").write_text(
        f"{header}7;A;a@b.example;1.1.2020;;Aktiivinen\n", "utf-8"
    )
    plan = draft_plan(exports)
    supplied = {c.state for c in audited(plan).clauses}
    whole = Completeness(table="asiakkaat", stated_by="A", on=ON)
    stated = {c.state for c in audited(plan, completeness=(whole,)).clauses}
    assert "conforms_on_supplied" in supplied - stated
    assert "conforms" in stated - supplied


def test_statements_survive_the_plan_file(plan: Plan, tmp_path: Path) -> None:
    said = plan.model_copy(
        update={
            "waivers": (waiver(check="STO01"),),
            "attestations": (Attestation(clauses=("C1",), strength="self", by="A", on=ON),),
        }
    )
    path = tmp_path / "audit.yaml"
    path.write_text(write_plan(said), "utf-8")
    read = read_plan(path)
    assert (read.waivers, read.attestations) == (said.waivers, said.attestations)


# --- afterwards ----------------------------------------------------------------------------------


def test_compare_shows_exactly_what_changed(cli, exports, tmp_path) -> None:
    header, *rows = (exports / "asiakkaat.csv").read_text("utf-8-sig").splitlines()
    cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "a")
    (exports / "asiakkaat.csv").write_text("\n".join([header, *reversed(rows)]) + "\n", "utf-8")
    cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "b")
    same = json.loads(cli("compare", tmp_path / "a", tmp_path / "b", "--json").stdout)
    assert {c["state"] for c in same["changes"] if not c["by_row"]} == {"unchanged"}
    (exports / "asiakkaat.csv").write_text(f"{header}\n", "utf-8")
    cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "c")
    gone = json.loads(cli("compare", tmp_path / "b", tmp_path / "c", "--json").stdout)
    assert "resolved" not in {c["state"] for c in gone["changes"] if c["result"] == "nonconformity"}
    told = cli("compare", tmp_path / "c", tmp_path / "b").stdout
    assert "new" in told


def test_sign_off_is_verified_and_evidence_forgotten_in_its_time(cli, exports, tmp_path) -> None:
    out = tmp_path / "out"
    cli("run", exports, "--as-of", "2020-01-01", "--out", out)
    assert cli("sign", out, "--name", "Aino Esimerkki").returncode == 0
    assert cli("verify", out).returncode == 0
    assert cli("forget", out).returncode == 0
    assert not (out / "evidence.parquet").exists()
    assert cli("verify", out).returncode == 0
    assert cli("report", out, "--lang", "sv").returncode == 0
    signed = json.loads((out / "signoff.json").read_text("utf-8"))
    signed["findings_sha256"] = "0" * 64
    (out / "signoff.json").write_text(json.dumps(signed), "utf-8")
    done = cli("verify", out)
    assert done.returncode == 1
    assert "signoff.json" in done.stderr


def test_young_evidence_is_kept(cli, exports, tmp_path) -> None:
    out = tmp_path / "out"
    cli("run", exports, "--as-of", date.today().isoformat(), "--out", out)
    assert "kept until" in cli("forget", out).stdout
    assert (out / "evidence.parquet").is_file()


def test_an_audit_error_is_what_a_missing_folder_gives(cli, tmp_path) -> None:
    done = cli("compare", tmp_path / "x", tmp_path / "y")
    assert done.returncode == 2
    assert issubclass(PlanInvalid, AuditError)
    assert "Traceback" not in done.stderr


def test_every_clause_of_the_sample_has_its_state():
    """No promise is left without an answer: by the data, by the notice's own text, or attested."""
    result = audit.audit(SAMPLE / "audit.yaml")
    states = {state.clause: state for state in result.clauses}
    assert len(states) == 89
    assert {state.state for state in states.values()} >= {
        "does_not_conform", "conforms", "conforms_on_supplied", "attested", "informative",
    }  # fmt: skip
    assert not [clause for clause, state in states.items() if state.state == "not_assessed"]
    assert {c for c, s in states.items() if s.state == "informative"} == {"C09", "C57", "C64"}
    held = [states[clause] for clause in ("C23", "C28")]  # declared, and nothing else said of them
    assert {state.state for state in held} <= {"conforms", "conforms_on_supplied"}
    assert all(state.examined > 0 for state in held)
    assert [w.state for w in result.conclusion.waivers] == ["applied"]
