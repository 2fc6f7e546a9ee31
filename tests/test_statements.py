"""Attestations, completeness and waivers: what they excuse, until when, and what is refused."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from audit.errors import PlanInvalid
from audit.finding import Audit, Result
from audit.notice.model import Clause
from audit.notice.read import read_notice
from audit.plan import EventRule, Plan, PlannedSource, read_plan, write_plan
from audit.plan.asked import beginning
from audit.plan.drafting import draft_plan
from audit.plan.financial_years import FinancialYear
from audit.plan.statements import Attestation, Completeness, Waiver, reads_so
from audit.report.texts import LANGUAGES, Texts
from audit.run import run

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


def attests(**said: object) -> Attestation:
    return Attestation.model_validate({"strength": "self", "by": "Aino", "on": ON} | said)


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
        ({"waivers": (waiver(check="RIG03"),)}, "nobody alone can waive RIG03"),
        ({"waivers": (waiver(check="SEC04"),)}, "nobody alone can waive SEC04"),
        ({"waivers": (waiver(check="MIN03"),)}, "nobody alone can waive MIN03"),
        ({"waivers": (waiver(check="STO99"),)}, "waivers[0]: there is no check STO99"),
        ({"attestations": (attests(checks=("NOT99",)),)}, "there is no check NOT99"),
        ({"attestations": (attests(checks=("STO01",)),)}, "no attestation stands for STO01"),
        ({"attestations": (attests(clauses=("K3",)),)}, "clause K3 promises nothing"),
        ({"completeness": (Completeness(table="asiakkaat", stated_by="A", on=LATER),)}, "after"),
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
    notice = plan.folder / "notice.yaml"
    informative = "\n  - {id: K3, heading: Laki, promise: none, kinds: [informative]}"
    text = notice.read_text("utf-8")
    notice.write_text(
        text.replace("\ndata_categories:", f"{informative}\ndata_categories:"), "utf-8"
    )
    with pytest.raises(PlanInvalid, match=said.replace("[", r"\[").replace("]", r"\]")):
        audited(plan, **statements)


def test_an_expired_waiver_may_have_a_successor(plan: Plan) -> None:
    """Only two in force at once for one finding are refused."""
    old = waiver(check="STO01", on=date(2025, 11, 1), expires=date(2026, 10, 31))
    audit = audited(plan, waivers=(old, waiver(check="STO01")))
    assert [w.state for w in audit.waivers] == ["replaced", "applied"]
    assert "STO01" not in majors(audit)
    assert [w.state for w in audited(plan, waivers=(old,)).waivers] == ["expired"]


def test_a_waiver_of_a_second_approver_may_excuse_harm_to_others(plan: Plan) -> None:
    two = waiver(check="MAR01", second_approver="Onni Esimerkki")
    assert [w.state for w in audited(plan, waivers=(two,)).waivers] == ["not_looked_at"]


@pytest.mark.parametrize("places", [1, 2])
def test_a_waiver_of_so_many_places_excuses_no_more(plan: Plan, places: int) -> None:
    """Those who came after it was approved were not meant."""
    path = plan.folder / "asiakkaat.csv"
    text = path.read_text("utf-8")
    path.write_text(text + "1003;Aili Esimerkki;;;;hetu 010190-998V\n", "utf-8")
    found = audited(draft_plan(plan.folder), waivers=(waiver(check="MIN04", places=places),))
    assert [w.state for w in found.waivers] == ["outgrown" if places == 1 else "applied"]
    assert ("MIN04" in majors(found)) is (places == 1)


def test_what_was_attested_is_tied_to_its_words(plan: Plan) -> None:
    """A number may mean another promise in the notice's next version."""
    good = attests(clauses=("K2",), words={"K2": "Ten  years"})
    assert audited(plan, attestations=(good,)).attestations[0].state == "applied"
    with pytest.raises(PlanInvalid, match="K2 reads otherwise than what was attested"):
        audited(plan, attestations=(attests(clauses=("K2",), words={"K2": "six years"}),))
    with pytest.raises(ValueError, match="K3, which it does not name"):
        attests(clauses=("K2",), words={"K3": "ten years"})


@pytest.mark.parametrize(
    "quote", ["Paperit<br/>ovat lukittuna", "Paperit&nbsp;ovat <b>lukittuna</b>"]
)
def test_a_clause_with_markup_has_its_own_first_words(quote: str) -> None:
    """Of what a form writes down, no audit says that the clause reads otherwise."""
    clause = Clause(id="K3", heading="Suojaus", promise="p", quote=quote, kinds=("attested",))
    assert beginning(clause) == "Paperit ovat lukittuna"
    assert reads_so(quote, beginning(clause))


def test_a_number_alone_is_said(plan: Plan) -> None:
    folder = plan.folder
    (folder / "notice.yaml").unlink()
    text = (
        "# Tietosuojaseloste\n\n## Rekisterinpitäjä\nKoe Oy\n\n## Rekisterin suojaus\n"
        "Paperit säilytetään lukituissa kaapeissa.\n"
    )
    (folder / "tietosuojaseloste.md").write_text(text, "utf-8")
    drafted = draft_plan(folder)
    notice = read_notice(folder / "tietosuojaseloste.md", "koerekisteri")
    locked = next(c for c in notice.clauses if "lukituissa" in c.quote)
    number = attests(clauses=(locked.id,))
    tied = attests(clauses=(locked.id,), words={locked.id: beginning(locked)})
    said = f"attested_by_number:{locked.id}"
    assert said in audited(drafted, attestations=(number,)).assumptions
    assert said not in audited(drafted, attestations=(tied,)).assumptions


def test_a_drafted_plan_asks_what_no_data_can_show(cli, plan: Plan, tmp_path: Path) -> None:
    """As comments: taken away and filled in, they are the plan's attestations."""
    notice = plan.folder / "notice.yaml"
    text = notice.read_text("utf-8")
    locked = "\n  - {id: K3, heading: Suojaus, promise: 'locked: rooms', kinds: [attested]}"
    notice.write_text(text.replace("\ndata_categories:", f"{locked}\ndata_categories:"), "utf-8")
    drafted = cli("plan", plan.folder).stdout
    comments, form = drafted.split("# attestations:\n")
    assert "attestations" not in comments
    filled = "attestations:\n" + "".join(line[2:] for line in form.splitlines(keepends=True))
    filled = filled.replace("by:\n", "by: Aino\n").replace("on:\n", "on: 2026-11-01\n")
    path = tmp_path / "audit.yaml"
    path.write_text(comments + filled, "utf-8")
    assert [(a.clauses, a.checks, a.words) for a in read_plan(path).attestations] == [
        (("K3",), (), {"K3": "locked: rooms"}),
        ((), ("NOT37",), {}),
    ]


@pytest.mark.parametrize(
    ("named", "options", "state"),
    [
        ({"finding": "0" * 16}, {}, "unmatched"),
        ({"finding": "0" * 16}, {"skip": ["MIN04"]}, "not_looked_at"),
        ({"check": "MIN04", "table": "asiakkaat"}, {"only": ["STO01"]}, "not_looked_at"),
        ({"check": "MIN03", "table": "asiakkaat", "second_approver": "O"}, {}, "unmatched"),
        ({"check": "MIN03", "table": "muu", "second_approver": "O"}, {}, "unmatched"),
        ({"check": "REC03"}, {}, "not_looked_at"),  # there is no list of users
        ({"check": "STO03", "table": "poissa"}, {}, "not_looked_at"),
        ({"check": "STO03", "table": "asiakkaat"}, {}, "unmatched"),
    ],
)
def test_what_the_audit_did_not_look_at_may_match(
    plan: Plan, named: dict[str, str], options: dict[str, list[str]], state: str
) -> None:
    """A check that was left out, a file that could not be read: who knows what a waiver names."""
    if named.get("table") == "poissa":
        missing = PlannedSource(file="poissa.csv", table="poissa", kind="customers")
        plan = plan.model_copy(update={"sources": (*plan.sources, missing)})
    changed = plan.model_copy(update={"waivers": (waiver(**named),)})
    found = run(changed, AS_OF, plan.folder.parent / "evidence.parquet", **options)  # type: ignore[arg-type]
    assert [w.state for w in found.waivers] == [state]


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (date(2026, 11, 20), date(2027, 11, 20)),
        (date(2027, 3, 1), date(2028, 3, 1)),  # 366 days, over a leap day
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_statement_lasts_to_the_same_date_next_year(on: date, last: date) -> None:
    after = last + timedelta(days=1)
    assert waiver(check="STO01", on=on, expires=last).expires == last
    assert attests(clauses=("K1",), on=on).until == last
    assert attests(clauses=("K1",), on=on, expires=last).until == last
    with pytest.raises(ValueError, match="a waiver lasts a year at most"):
        waiver(check="STO01", on=on, expires=after)
    with pytest.raises(ValueError, match="an attestation lasts a year at most"):
        attests(clauses=("K1",), on=on, expires=after)


BLANKS = [" ", "\u200b", "\u00a0", "-", ""]


@pytest.mark.parametrize("blank", BLANKS)
def test_a_statement_without_words_is_refused(blank: str) -> None:
    for said in ({"reason": blank}, {"approver": blank}, {"second_approver": blank}):
        with pytest.raises(ValueError, match="it is blank"):
            waiver(check="STO01", **said)
    for wrong in ({"by": blank}, {"strength": "observed", "place": blank}):
        with pytest.raises(ValueError, match="it is blank"):
            attests(clauses=("K1",), **wrong)
    with pytest.raises(ValueError, match="it is blank"):
        Completeness(table="asiakkaat", stated_by=blank, on=ON)


@pytest.mark.parametrize(
    "same", ["aino esimerkki", " Aino  Esimerkki ", "AINO ESIMERKKI", "Aino\u00a0Esimerkki."]
)
def test_the_second_approver_is_somebody_else(same: str) -> None:
    with pytest.raises(ValueError, match="somebody else"):
        waiver(check="STO01", second_approver=same)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_became_of_each_waiver_is_said_everywhere(cli, plan: Plan, lang: str) -> None:
    """In the terminal, the report and the findings: in force, expired, matching nothing."""
    texts, statements = Texts(lang), (
        waiver(check="MIN04"),
        waiver(check="STO01", on=date(2025, 11, 1), expires=date(2026, 10, 31)),
        waiver(finding="0" * 16),
    )  # fmt: skip
    old = attests(clauses=("K1",), on=date(2024, 1, 1), statement="Kaappi on lukossa.")
    changed = plan.model_copy(update={"waivers": statements, "attestations": (old,)})
    (plan.folder / "audit.yaml").write_text(write_plan(changed), "utf-8")
    done = cli("run", plan.folder, "--as-of", AS_OF, "--out", "out", "--lang", lang, COLUMNS="200")
    out = plan.folder.parent / "out"
    report = (out / "report.html").read_text("utf-8")
    states = ("applied", "expired", "unmatched")
    for state, named in zip(states, ("MIN04", "STO01", "0" * 16), strict=True):
        words = texts.t(f"waivers.{state}")
        assert any(named in line and words in line for line in done.stdout.splitlines()), state
        assert words in report
    assert texts.t("attestations.expired") in done.stdout
    assert texts.t("attestations.expired") in report
    assert "Kaappi on lukossa." in report
    data = json.loads((out / "findings.json").read_text("utf-8"))
    assert [w["state"] for w in data["waivers"]] == list(states)
    assert [a["state"] for a in data["attestations"]] == ["expired"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"check": "STO01", "expires": date(2028, 1, 1)},
        {"check": "STO01", "expires": date(2026, 1, 1)},
        {"check": "STO01", "finding": "0" * 16},
        {"finding": "0" * 16, "table": "asiakkaat"},
        {},
        {"check": "STO01", "approver": "A", "second_approver": "A"},
    ],
)
def test_a_waiver_says_what_who_and_until_when(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"waiver|expires|approver"):
        waiver(**wrong)


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


def test_a_plan_is_written_down_whole(tmp_path: Path) -> None:
    """Every field of the model is in the file, or a form that saves would lose it."""
    said = Plan(
        register_name="r",
        notice="notice.yaml",
        as_of=AS_OF,
        sources=(PlannedSource(file="a.csv", table="a"),),
        controllers_own=("x",),
        left_out={"b": "form"},
        completeness=(Completeness(table="a", stated_by="Aino", on=ON),),
        attestations=(attests(clauses=("K1",), holds=False),),
        dpo_required=False,
        notice_review_months=12,
        waivers=(waiver(check="STO01"),),
        financial_years=(FinancialYear(start=date(2025, 1, 1), end=date(2025, 12, 31)),),
        event_from={"last_order": EventRule(latest_of=("orders.ordered_on",))},
        person_names=True,
        dormant_after_months=12,
        deletion_cycle="P3M",
        hold_tolerance=Decimal(2),
        evidence_kept_days=30,
    )
    internal = {"schema_", "folder", "inferred", "unread"}
    assert said.model_fields_set == set(Plan.model_fields) - internal
    path = tmp_path / "audit.yaml"
    path.write_text(write_plan(said), "utf-8")
    assert read_plan(path) == said.model_copy(update={"folder": tmp_path})


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("waivers: {check: STO01}", "audit.yaml, waivers: a list belongs there"),
        (
            "waivers: [{check: STO01, reason: r, approver: A, on: 2026-11-01}]",
            "expires: it is missing",
        ),
        ("attestations: [{clauses: K1, strength: self}]", "clauses: a list belongs there"),
        ("attestations: [{clause: [K1]}]", "it is missing"),
        ("completeness: [{table: t, stated_by: A, on: }]", "on: a day belongs there"),
        ("waiver: []", "waiver: no such word is known there"),
    ],
)
def test_what_is_miswritten_is_said_in_plain_words(
    tmp_path: Path, written: str, sentence: str
) -> None:
    path = tmp_path / "audit.yaml"
    path.write_text(f"schema: register-audit/plan/1\n{written}\n", "utf-8")
    with pytest.raises(PlanInvalid, match=sentence):
        read_plan(path)


def test_checking_a_plan_checks_what_people_say_in_it(cli, plan: Plan) -> None:
    said = plan.model_copy(update={"attestations": (attests(clauses=("K9",)),)})
    (plan.folder / "audit.yaml").write_text(write_plan(said), "utf-8")
    done = cli("plan", plan.folder, "--check")
    assert done.returncode == 2
    assert "attestations[0]: the notice has no clause K9" in done.stderr
    said = plan.model_copy(update={"waivers": (waiver(check="STO01"), waiver(check="MAR01"))})
    (plan.folder / "audit.yaml").write_text(write_plan(said), "utf-8")
    assert "waivers[1]: nobody alone can waive MAR01" in cli("plan", plan.folder, "--check").stderr
