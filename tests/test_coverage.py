"""The state of each clause: on what it rests, what is said of it, and what repeats it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import audit
from audit.coverage import clause_states
from audit.finding import ColumnView, Denominator, Finding, Grade, Result, TableView
from audit.notice.model import Notice
from audit.plan import Plan
from audit.plan.drafting import draft_plan
from audit.plan.statements import Attestation, Completeness
from audit.run import run

SAMPLE = Path(__file__).parents[1] / "data_samples" / "asiakasrekisteri"
AS_OF = date(2026, 11, 22)
ON = date(2026, 11, 1)
WORST_FIRST = ("does_not_conform", "waived", "not_assessed", "attested", "conforms_on_supplied", "conforms")  # fmt: skip


def notice(**clauses: dict[str, object]) -> Notice:
    """A notice of the clauses given."""
    blank = {"heading": "Otsikko", "promise": "It promises.", "kinds": ["testable"]}
    return Notice.model_validate(
        {
            "schema": "register-audit/notice/1",
            "register_name": "R",
            "language": "fi",
            "controller": {"name": "Koe Oy", "clauses": [next(iter(clauses))]},
            "clauses": [blank | {"id": name} | said for name, said in clauses.items()],
        }
    )


def finding(check: str, result: str, table: str = "t", **more: object) -> Finding:
    """One finding about a table of ten records."""
    said = {"check": check, "result": Result(result), "table": table, "examined": 10}
    return Finding(**(said | more))  # type: ignore[arg-type]


def attests(*clauses: str, **said: object) -> Attestation:
    blank = {"clauses": clauses, "strength": "self", "by": "Aino", "on": ON}
    return Attestation.model_validate(blank | said)


def states(of: Notice, findings: list[Finding], *said: Attestation, whole: str = "") -> dict[str, object]:  # fmt: skip
    found = clause_states(of, findings, Plan(attestations=said), AS_OF, frozenset(whole.split()))
    return {state.clause: state for state in found}


# --- what is tested ------------------------------------------------------------------------------


def test_a_clause_counts_each_record_once():
    """Several checks look at the same records; a table counts by the one that saw the least."""
    of = notice(A={"checks": ["STO01", "STO02", "MIN01"]})
    found = states(
        of,
        [
            finding("STO01", "conformity"),
            finding("STO02", "conformity", examined=8),
            finding("STO01", "conformity", "u", examined=5),
            finding("MIN01", "conformity", unit="columns", examined=4),
        ],
    )
    assert found["A"].examined == (
        Denominator(unit="columns", conforming=4, examined=4),
        Denominator(unit="records", conforming=13, examined=13),
    )


def test_what_was_observed_does_not_count_as_conforming():
    of = notice(A={"checks": ["STO01"]})
    found = states(of, [finding("STO01", "conformity"), finding("STO01", "observation", count=3)])
    assert found["A"].examined == (Denominator(unit="records", conforming=7, examined=10),)


@pytest.mark.parametrize("result", ["conformity", "observation"])
def test_a_clause_that_rests_on_the_notice_alone_has_its_denominator(result):
    """It is the clause that was examined: one of one."""
    of = notice(A={"checks": ["NOT01"], "kinds": ["notice"]})
    found = states(of, [finding("NOT01", result, "", unit="notice", count=1)])
    full = result == "conformity"
    assert found["A"].state == ("conforms" if full else "conforms_on_supplied")
    assert found["A"].examined == (Denominator(unit="notice", conforming=full, examined=1),)


def test_a_clause_conforms_only_on_files_that_are_stated_to_be_whole():
    """And only where none of its checks was left open on another table."""
    of = notice(A={"checks": ["STO01"]})
    good, blank = finding("STO01", "conformity"), finding("STO01", "not_assessed", "u")
    assert states(of, [good])["A"].state == "conforms_on_supplied"
    assert states(of, [good], whole="t")["A"].state == "conforms"
    empty = finding("STO01", "not_assessed", "u", reason="no_records")
    assert states(of, [good, empty], whole="t")["A"].state == "conforms_on_supplied"
    assert states(of, [good, empty], whole="t u")["A"].state == "conforms"
    open_ended = [good, blank]
    assert states(of, open_ended, whole="t u")["A"].state == "conforms_on_supplied"


def test_what_is_not_declared_deviates_from_every_clause_that_forbids_it(exports):
    """Also from one that declares nothing itself: an attestation cannot cover it."""
    path = exports / "notice.yaml"
    text = path.read_text("utf-8").replace(
        "  - {id: K2,",
        "  - {id: K3, heading: Kielto, promise: no identity codes, kinds: [attested, testable],\n"
        "     checks: [MIN04]}\n  - {id: K2,",
    )
    path.write_text(text, "utf-8")
    plan = audit.load(exports).plan
    found = audited(plan, attestations=(attests("K3"),)).clauses
    assert {c.clause: c.state for c in found}["K3"] == "does_not_conform"


def declaring(*, closed: bool, **said: object) -> Notice:
    """A notice that declares e-mail addresses in A and phone numbers in B; C says there is no more."""
    checks = {"kinds": ["testable"], "checks": ["MIN01", "ACC01"]}
    of = notice(A=checks, B=checks, C={"kinds": ["testable"], "checks": ["MIN01"]})
    more = ["C"] if closed else []
    declared = [
        {"key": key, "text": key, "clauses": [clause, *more]}
        for key, clause in (("email", "A"), ("phone", "B"))
    ]
    data = of.model_dump(by_alias=True, mode="json") | {"data_categories": declared} | said
    return Notice.model_validate(data)


def table(name: str, *categories: str | None) -> TableView:
    columns = (
        ColumnView(header=str(n), category=c, role=None, declared=None, ground="", filled=9, cells_found=0)
        for n, c in enumerate(categories)
    )  # fmt: skip
    return TableView(name=name, source=f"{name}.csv", rows=10, columns=tuple(columns))


def test_what_is_declared_is_held_against_its_own_columns():
    """A birth date breaks the words that close the list; a register without phones says nothing."""
    of = declaring(closed=True)
    born = {"column": "3", "category": "date_of_birth", "clauses": ("C",), "unit": "columns"}
    wrong = {"column": "0", "category": "email", "clauses": ("A", "B"), "unit": "cells"}
    found = [
        finding("MIN01", "nonconformity", examined=4, count=1, grade=Grade.MAJOR, **born),
        finding("MIN01", "conformity", "u", examined=1, unit="columns", clauses=("C",)),
        finding("ACC01", "conformity", examined=40, unit="cells", clauses=("A", "B")),
        finding("ACC01", "conformity", "u", examined=10, unit="cells", clauses=("A", "B")),
    ]
    tables = (table("t", "email", "email", None, "date_of_birth"), table("u", "technical"))
    states = {s.clause: s for s in clause_states(of, found, Plan(), AS_OF, frozenset("tu"), tables)}
    assert (states["A"].state, states["A"].tables) == ("conforms", ("t",))
    assert states["A"].examined == (
        Denominator(unit="cells", conforming=20, examined=20),
        Denominator(unit="columns", conforming=2, examined=2),
    )
    assert (states["B"].state, states["B"].reasons) == ("not_assessed", ("no_such_column",))
    assert states["C"].state == "does_not_conform"
    found[2] = finding("ACC01", "nonconformity", examined=40, count=1, grade=Grade.MINOR, **wrong)
    tables += (table("v", "phone"),)
    found += [finding("ACC01", "conformity", "v", examined=10, unit="cells", clauses=("A", "B"))]
    found += [finding("MIN01", "conformity", "v", examined=1, unit="columns", clauses=("C",))]
    states = {
        s.clause: s.state for s in clause_states(of, found, Plan(), AS_OF, frozenset(), tables)
    }
    assert states == {"A": "does_not_conform", "B": "conforms_on_supplied", "C": "does_not_conform"}


@pytest.mark.parametrize("closed", [True, False])
def test_where_no_words_close_the_list_its_items_do_only_if_it_is_closed(closed):
    of = declaring(closed=False, exhaustive={"data_categories": "yes" if closed else "no"})
    result = "nonconformity" if closed else "observation"
    born = {"column": "2", "category": "date_of_birth", "clauses": ("A", "B"), "unit": "columns"}
    grade = Grade.MAJOR if closed else None
    found = [
        finding("MIN01", result, count=1, examined=3, grade=grade, **born),
        finding("ACC01", "conformity", examined=30, unit="cells", clauses=("A", "B")),
    ]
    tables = (table("t", "email", "phone", "date_of_birth"),)
    states = {
        s.clause: s.state for s in clause_states(of, found, Plan(), AS_OF, frozenset("t"), tables)
    }
    expected = "does_not_conform" if closed else "conforms"
    assert (states["A"], states["B"]) == (expected, expected)


# --- what is said --------------------------------------------------------------------------------


@pytest.mark.parametrize("observed", [True, False])
def test_a_promise_half_of_which_is_only_said_is_attested(observed):
    """What data shows of the other half stands beside it, and no more is claimed."""
    of = notice(A={"checks": ["STO01"], "kinds": ["attested", "testable"]})
    said = {"strength": "observed", "place": "x"} if observed else {}
    found = states(of, [finding("STO01", "conformity")], attests("A", **said), whole="t")["A"]
    assert (found.state, found.checks) == ("attested", ("STO01",))
    assert found.examined == (Denominator(unit="records", conforming=10, examined=10),)
    assert states(of, [finding("STO01", "conformity")])["A"].state == "not_assessed"


def test_an_attestation_never_hides_a_deviation():
    of = notice(A={"checks": ["STO01"]}, B={"checks": ["STO02"]}, C={"kinds": ["attested"]})
    bad = finding("STO01", "nonconformity", grade=Grade.MAJOR, count=1)
    found = states(of, [bad], attests("A", "B", "C", strength="observed", place="x"))
    assert {name: one.state for name, one in found.items()} == {
        "A": "does_not_conform",
        "B": "attested",
        "C": "attested",
    }
    assert found["A"].attested_by == "Aino"  # what was said stands beside what was found


def test_what_was_tested_stays_tested_and_what_was_said_stands_beside_it():
    of = notice(A={"checks": ["STO01"]})
    found = states(of, [finding("STO01", "conformity")], attests("A"))["A"]
    assert (found.state, found.attested_by) == ("conforms_on_supplied", "Aino")


def test_an_attested_clause_says_why_no_data_tested_it():
    of = notice(A={"checks": ["STO01", "RIG03"]})
    missing = finding("RIG03", "not_assessed", "", reason="table_missing:requests")
    found = states(of, [finding("STO01", "conformity"), missing], attests("A"))["A"]
    assert (found.state, found.checks) == ("attested", ("STO01",))
    assert found.reasons == ("table_missing:requests",)
    assert found.examined == (Denominator(unit="records", conforming=10, examined=10),)


def test_an_expired_attestation_is_said_to_have_expired():
    of = notice(A={"kinds": ["attested"]}, B={"kinds": ["attested"]})
    found = states(of, [], attests("A", on=date(2024, 1, 1)))
    assert (found["A"].state, found["A"].reasons) == ("not_assessed", ("attestation_expired",))
    assert found["B"].reasons == ("not_attested",)


@pytest.mark.parametrize(
    ("later", "state"),
    [
        ({"on": date(2026, 11, 10), "strength": "observed", "place": "x"}, "attested"),
        ({"on": date(2026, 11, 10)}, "does_not_conform"),  # said against what was seen
        ({"on": date(2026, 10, 1), "strength": "observed", "place": "x"}, "does_not_conform"),
    ],
)
def test_a_denial_stands_until_it_was_seen_to_be_mended(later, state):
    of = notice(A={"kinds": ["attested"]})
    denial = attests("A", holds=False, strength="observed", place="x")
    assert states(of, [], denial, attests("A", **later))["A"].state == state


# --- what repeats --------------------------------------------------------------------------------


@pytest.mark.parametrize("worst", WORST_FIRST[:2] + WORST_FIRST[4:])
def test_a_repeat_has_the_worst_state_of_what_it_repeats(worst):
    """The repeat's own check may conform; its words are those of its originals."""
    of = notice(
        A={"checks": ["STO01"]},
        B={"checks": ["STO02"]},
        R={"checks": ["NOT33"], "kinds": ["notice"], "same_as": ["A", "B"]},
        Q={"kinds": ["notice"], "same_as": ["R"]},
    )
    result = {"does_not_conform": "nonconformity", "waived": "waived"}.get(worst, "conformity")
    whole = "t u" if worst == "conforms" else "t"
    findings = [
        finding("STO01", "conformity"),
        finding("STO02", result, "u"),
        finding("NOT33", "conformity", "", unit="notice"),
    ]
    found = states(of, findings, whole=whole)
    assert {found[name].state for name in ("B", "R", "Q")} == {worst}


def test_a_repeat_is_not_assessed_where_an_original_is_not():
    of = notice(
        A={"checks": ["STO01"]}, B={"checks": ["STO02"]}, R={"kinds": ["notice"], "same_as": ["A", "B"]}
    )  # fmt: skip
    reason = "table_missing:requests"
    found = states(of, [finding("STO01", "conformity"), finding("STO02", "not_assessed", reason=reason)])  # fmt: skip
    assert (found["R"].state, found["R"].reasons) == ("not_assessed", (reason,))


def test_what_is_said_of_a_repeat_is_said_of_its_originals():
    of = notice(A={"kinds": ["attested"]}, R={"kinds": ["notice"], "same_as": ["A"]})
    found = states(of, [], attests("R"))
    assert {one.state for one in found.values()} == {"attested"}
    assert {one.attested_by for one in found.values()} == {"Aino"}
    denied = states(of, [], attests("R", holds=False))
    assert {one.state for one in denied.values()} == {"does_not_conform"}


def test_a_notice_whose_clauses_only_repeat_each_other_is_refused():
    with pytest.raises(ValueError, match="repeat"):
        notice(A={"same_as": ["B"]}, B={"same_as": ["A"]})


# --- in an audit ---------------------------------------------------------------------------------


def conforming(exports: Path, more: str = "") -> Plan:
    """A plan for a register of one customer, which conforms."""
    header = "Asiakasnro;Nimi;Sähköposti;Asiakassuhde alkoi;Asiakassuhde päättyi;Tila"
    row = "7;A;a@b.example;1.1.2020;;Aktiivinen"
    (exports / "asiakkaat.csv").write_text(f"{header}\n{row}\n{more}", "utf-8")
    return draft_plan(exports)


def audited(plan: Plan, **said: object):
    return run(plan.model_copy(update=said), AS_OF, plan.folder.parent / "evidence.parquet")


@pytest.mark.parametrize(
    ("on", "extracted_on", "as_of_state"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), "applied"),
        (date(2026, 11, 19), date(2026, 11, 20), "outdated"),  # said of an earlier export
        (date(2025, 11, 22), date(2025, 11, 22), "applied"),
        (date(2025, 11, 21), date(2025, 11, 21), "outdated"),
        (AS_OF, None, "applied"),
        (date(2026, 11, 21), None, "outdated"),  # the export is taken to be of the audit's day
    ],
)
def test_completeness_is_stated_of_an_export_and_for_a_year(exports, on, extracted_on, as_of_state):
    plan = conforming(exports)
    source = plan.sources[0].model_copy(update={"extracted_on": extracted_on})
    whole = Completeness(table="asiakkaat", stated_by="Aino", on=on)
    result = audited(plan, completeness=(whole,), sources=(source,))
    assert [said.state for said in result.completeness] == [as_of_state]
    assert ("conforms" in {c.state for c in result.clauses}) is (as_of_state == "applied")


def test_a_table_that_lost_a_line_is_not_whole(exports):
    """Nor is anything, where a source could not be read at all."""
    plan = conforming(exports, "8;A;a@b.example;1.1.2020;;Aktiivinen;x;y;z\n")
    whole = Completeness(table="asiakkaat", stated_by="Aino", on=AS_OF)
    result = audited(plan, completeness=(whole,))
    assert [said.state for said in result.completeness] == ["lines_lost"]
    assert "conforms" not in {c.state for c in result.clauses}
    plan = conforming(exports)
    missing = plan.sources[0].model_copy(update={"file": "puuttuu.csv", "table": "puuttuu"})
    result = audited(plan, completeness=(whole,), sources=(*plan.sources, missing))
    assert not result.complete
    assert "conforms" not in {c.state for c in result.clauses}


@pytest.fixture(scope="module")
def sample():
    return audit.audit(SAMPLE / "audit.yaml")


def test_every_clause_of_the_sample_has_its_state(sample):
    """No promise is left without an answer: by the data, by the notice's own text, or attested."""
    found = {state.clause: state for state in sample.clauses}
    assert list(found) == [f"C{number:02}" for number in range(1, 90)]
    assert {state.state for state in found.values()} >= {
        "does_not_conform", "conforms_on_supplied", "attested", "informative",
    }  # fmt: skip
    assert not [clause for clause, state in found.items() if state.state == "not_assessed"]
    assert {c for c, s in found.items() if s.state == "informative"} == {"C09", "C57", "C64"}
    held = [found[clause] for clause in ("C23", "C28")]  # declared, and nothing else said of them
    assert {state.state for state in held} <= {"conforms", "conforms_on_supplied"}
    assert [w.state for w in sample.conclusion.waivers] == ["applied"]


def test_every_clause_of_the_sample_that_conforms_says_of_how_many(sample):
    conforming = [s for s in sample.clauses if s.state.startswith("conforms")]
    assert len(conforming) > 5
    assert all(one.examined > 0 for state in conforming for one in state.examined)
    assert all(state.examined for state in conforming)
    counted = [s for s in sample.clauses if s.examined]
    assert {s.state for s in counted} <= {"conforms", "conforms_on_supplied", "attested"}
    assert sample.show("clauses", "fi").count("mukaisia: ") == len(counted)


def test_the_repeat_in_the_sample_shares_the_state_of_its_originals(sample):
    """C46 repeats C35–C37 and C40–C43 word for word."""
    found = {state.clause: state for state in sample.clauses}
    originals = [found[name].state for name in ("C35", "C36", "C37", "C40", "C41", "C42", "C43")]
    assert found["C46"].state == min(originals, key=WORST_FIRST.index) == "does_not_conform"
    assert "REC01" in found["C46"].checks
