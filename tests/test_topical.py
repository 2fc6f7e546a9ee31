"""Clauses that are about one right, one ground of a hold, or one use that people may forbid."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from audit.coverage import clause_states
from audit.coverage.topical import Topical
from audit.finding import ClauseState, Finding, Grade, Result, Topic
from audit.notice.model import Notice
from audit.plan import Plan
from audit.plan.drafting import draft_plan
from audit.plan.statements import Attestation
from audit.report.findings import as_data
from audit.run import run

SAMPLE = Path(__file__).parents[1] / "data_samples" / "asiakasrekisteri"
DAY = date(2026, 11, 22)

REQUESTS = "Pyyntö;Asiakasnro;Pyynnön laji;Saapunut;Vastattu;Ratkaisu;Kieltäytymisen peruste;Toteutettu;Vastaanottajille ilmoitettu\n"
THREE_KINDS = """\
P1;1;tarkastus;5.3.2026;8.4.2026;toteutettu;;;
P2;2;siirto toiseen järjestelmään;5.3.2026;12.3.2026;toteutettu;;12.3.2026;
P3;3;rajoittaminen;5.3.2026;12.3.2026;toteutettu;;12.3.2026;
"""
CUSTOMERS = "Asiakasnro;Nimi;Asiakassuhde alkoi;Asiakassuhde päättyi;Tila;Poistoesto;Eston peruste;Esto päättyy\n"
DISCLOSURES = "Asiakasnro;Luovutettu;Vastaanottaja;Tarkoitus\n9;1.1.2026;Koe Oy;perintä\n"


def audited(folder: Path, *, attested: bool = False, **files: str) -> dict[str, ClauseState]:
    """The states of the first notice's clauses on small files."""
    shutil.copy(SAMPLE / "notice.yaml", folder)
    shutil.copy(SAMPLE / "tietosuojaseloste.txt", folder)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    drafted = draft_plan(folder, folder / "notice.yaml")
    written = Attestation(clauses=("C80",), strength="self", by="Aino", on=DAY)
    plan = drafted.model_copy(update={"attestations": (written,) if attested else ()})
    audit = run(plan, DAY, folder.parent / "e.parquet")
    assert audit.complete, audit.failures
    return {state.clause: state for state in audit.clauses}


def records(state: ClauseState) -> list[tuple[int, int]]:
    """How many records conform, of how many."""
    return [(d.conforming, d.examined) for d in state.examined if d.unit == "records"]


# --- requests ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def one_is_late(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ClauseState]:
    """A late request for access; portability and restriction in time, nothing corrected."""
    folder = tmp_path_factory.mktemp("register") / "koe"
    folder.mkdir()
    return audited(folder, pyynnot=REQUESTS + THREE_KINDS, luovutukset=DISCLOSURES)


def test_a_late_request_speaks_of_its_own_right_alone(one_is_late):
    assert one_is_late["C71"].state == "does_not_conform"  # access
    assert one_is_late["C71"].checks == ("RIG02",)
    assert one_is_late["C75"].state == "conforms_on_supplied"  # portability
    assert records(one_is_late["C75"]) == [(1, 1)]
    assert "RIG02" in one_is_late["C83"].checks  # access, rectification and erasure in one


def test_a_right_that_nobody_used_is_not_assessed(one_is_late):
    """No correction was asked for, nothing was refused, and so nobody was to be told."""
    for clause in ("C78", "C79", "C80", "C81"):
        assert one_is_late[clause].state == "not_assessed", clause
        assert not one_is_late[clause].examined
    for clause, checks in {"C79": ("RIG06",), "C80": ("RIG04",), "C81": ("RIG04",)}.items():
        assert one_is_late[clause].checks == checks
        more = ("not_attested",) if clause == "C80" else ()  # that it was given in writing
        assert one_is_late[clause].reasons == (*more, "nothing_of_the_kind")


def test_a_restriction_in_time_conforms(one_is_late):
    """That it was used meanwhile no file shows: a log of disclosures was supplied."""
    assert one_is_late["C82"].state == "conforms_on_supplied"
    assert one_is_late["C82"].checks == ("RIG02", "RIG03", "RIG08")


def test_what_was_refused_and_corrected_is_counted(tmp_path):
    """Of eleven requests two corrections were refused, one of an erasure; one was carried out."""
    folder = tmp_path / "koe"
    folder.mkdir()
    more = "".join(f"P{n};{n};tarkastus;5.3.2026;12.3.2026;toteutettu;;;\n" for n in range(20, 27))
    more += "P4;4;oikaisu;5.3.2026;12.3.2026;evätty;perusteeton;;\n"
    more += "P5;5;oikaisu;5.3.2026;12.3.2026;evätty;laki;;\n"
    more += "P6;6;poisto;5.3.2026;12.3.2026;evätty;;;\n"
    more += "P7;7;oikaisu;5.3.2026;12.3.2026;korjattu;;12.3.2026;13.3.2026\n"
    states = audited(folder, attested=True, pyynnot=REQUESTS + more, luovutukset=DISCLOSURES)
    assert (states["C80"].state, records(states["C80"])) == ("attested", [(2, 2)])
    assert states["C81"].state == "does_not_conform"  # of every refusal, and one has no reasons
    assert (states["C79"].state, records(states["C79"])) == ("conforms_on_supplied", [(1, 1)])
    assert records(states["C71"]) == [(7, 7)]
    assert states["C75"].reasons == ("nothing_of_the_kind",)


# --- holds ---------------------------------------------------------------------------------------


def test_a_hold_that_has_ended_speaks_of_its_own_ground(tmp_path):
    """A hold by law has ended; the open invoice is in order, and nobody is under collection."""
    folder = tmp_path / "koe"
    folder.mkdir()
    rows = "1;Aino Koe;1.2.2004;3.5.2010;päättynyt;kyllä;kirjanpitolaki;1.11.2026\n"
    rows += "2;Onni Koe;1.2.2004;3.5.2010;päättynyt;kyllä;avoin lasku;\n"
    rows += "3;Eevi Koe;1.2.2004;3.5.2010;päättynyt;kyllä;avoin lasku;\n"
    states = audited(folder, asiakkaat=CUSTOMERS + rows)
    assert (states["C41"].state, states["C41"].checks) == ("does_not_conform", ("STO06",))
    assert states["C42"].state == "conforms_on_supplied"
    # Held past its period is an observation: who is held so may be looked at again.
    assert records(states["C42"]) == [(0, 2)]
    assert (states["C43"].state, states["C43"].reasons) == (
        "not_assessed",
        ("nothing_of_the_kind",),
    )
    assert "STO06" not in states["C44"].checks  # the period itself names no ground


def test_a_hold_without_a_ground_deviates_from_none_of_them(tmp_path):
    """It may be of any: what is known of one is no full conformity, what is not known stays open."""
    folder = tmp_path / "koe"
    folder.mkdir()
    header = CUSTOMERS.replace(";Eston peruste", "")
    rows = "1;Aino Koe;1.2.2004;3.5.2010;päättynyt;kyllä;1.11.2026\n"
    rows += "2;Onni Koe;1.2.2004;1.5.2019;päättynyt;avoin lasku;31.12.2030\n"
    states = audited(folder, asiakkaat=header + rows)
    assert (states["C42"].state, records(states["C42"])) == ("conforms_on_supplied", [(1, 1)])
    assert (states["C41"].state, states["C41"].reasons) == ("not_assessed", ("kind_untold",))


def test_where_a_list_asks_for_the_ground_a_hold_without_one_is_of_no_kind(tmp_path):
    """It suspends nothing, and so says nothing of the holds that the notice knows."""
    folder = tmp_path / "koe"
    folder.mkdir()
    rows = "1;Aino Koe;1.2.2004;3.5.2010;päättynyt;kyllä;;1.11.2026\n"
    rows += "2;Onni Koe;1.2.2004;1.5.2019;päättynyt;kyllä;avoin lasku;31.12.2030\n"
    states = audited(folder, asiakkaat=CUSTOMERS + rows)
    assert (states["C42"].state, records(states["C42"])) == ("conforms_on_supplied", [(1, 1)])
    assert (states["C41"].state, states["C41"].reasons) == (
        "not_assessed",
        ("nothing_of_the_kind",),
    )


# --- what is judged, finding by finding ----------------------------------------------------------


def notice(**more: Any) -> Notice:
    """Clauses of access, of erasure, of both, and of requests as such."""
    blank = {"heading": "Otsikko", "promise": "It promises.", "kinds": ["testable"]}
    checks: Mapping[str, list[str]] = {"C": ["RIG02", "STO02"], "D": ["RIG02", "RIG06"]}
    return Notice.model_validate(
        {
            "schema": "register-audit/notice/1",
            "register_name": "R",
            "language": "fi",
            "controller": {"name": "Koe Oy", "clauses": ["A"]},
            "clauses": [
                blank | {"id": name, "checks": checks.get(name, ["RIG02"])} for name in "ABCD"
            ],
            "rights": [
                {"key": "access", "text": "x", "clauses": ["A", "C"]},
                {"key": "erasure", "text": "x", "clauses": ["B", "C"]},
                {"key": "complaint", "text": "x", "clauses": ["D"]},
            ],
        }
        | more
    )


def finding(check: str, result: str, count: int = 0, /, **topics: tuple[int, int]) -> Finding:
    """A finding about requests, with pieces and requests by topic; ``untold`` is none of them."""
    return Finding(
        check=check,
        result=Result(result),
        grade=Grade.MINOR if result == "nonconformity" else None,
        table="t",
        count=count or sum(pieces for pieces, _ in topics.values()),
        examined=20,
        about="rights",
        topics=tuple(
            Topic(key=None if key == "untold" else key, count=pieces, examined=examined)
            for key, (pieces, examined) in topics.items()
        ),
    )


def states(*findings: Finding, of: Notice | None = None) -> dict[str, ClauseState]:
    found = clause_states(of or notice(), findings, Plan(), DAY, frozenset("t"))
    return {state.clause: state for state in found}


def test_a_check_without_a_case_is_not_missed_where_another_has_one():
    of = notice(rights=[{"key": "access", "text": "x", "clauses": ["D"]}])
    prompt, told = finding("RIG02", "conformity", access=(0, 3)), finding("RIG06", "conformity")
    found = states(prompt, told, of=of)["D"]
    assert (found.state, found.checks, records(found)) == ("conforms", ("RIG02",), [(3, 3)])
    told = finding("RIG06", "not_assessed", erasure=(1, 0))  # it had a case, of another kind
    assert states(prompt, told, of=of)["D"].state == "conforms"
    assert states(prompt, told)["D"].state == "not_assessed"  # a complaint is of any kind


def test_another_check_does_not_stand_in_for_the_cases_that_are_missing():
    """That the notice's text, or other data, is in order shows nothing of requests."""
    other = Finding(check="STO02", result=Result.CONFORMITY, table="t", examined=9)
    found = states(finding("RIG02", "conformity", portability=(0, 3)), other)
    assert (found["C"].state, found["C"].reasons) == ("not_assessed", ("nothing_of_the_kind",))


def test_pieces_count_by_topic_and_a_clause_of_two_has_both():
    late = finding("RIG02", "observation", access=(1, 3), erasure=(2, 4), objection=(5, 5))
    rest = finding("RIG02", "conformity", access=(0, 3), erasure=(0, 4), objection=(0, 5))
    other = Finding(check="STO02", result=Result.CONFORMITY, table="t", examined=9)
    found = states(late, rest, other, finding("RIG06", "conformity"))
    assert records(found["A"]) == [(2, 3)]
    assert records(found["C"]) == [(4, 7)]
    assert records(found["D"]) == [(4, 12)]


@pytest.mark.parametrize("result", ["nonconformity", "waived", "observation"])
def test_what_is_not_told_to_be_of_a_kind_is_no_deviation_and_no_full_conformity(result):
    found = states(finding("RIG02", result, access=(0, 3), untold=(1, 1)))
    assert (found["A"].state, records(found["A"])) == ("conforms_on_supplied", [(3, 3)])
    assert (found["B"].state, found["B"].reasons) == ("not_assessed", ("kind_untold",))


def test_a_waived_deviation_is_waived_for_its_own_clause():
    found = states(finding("RIG02", "waived", access=(1, 3), erasure=(0, 2)))
    assert (found["A"].state, found["B"].state) == ("waived", "conforms")


def test_what_could_not_be_assessed_is_left_open_for_its_own_clause():
    missing = finding("RIG02", "not_assessed", access=(1, 0), erasure=(0, 2))
    rest = finding("RIG02", "conformity", access=(0, 0), erasure=(0, 2))
    found = states(missing, rest)
    assert found["A"].state == "not_assessed"
    assert (found["B"].state, records(found["B"])) == ("conforms", [(2, 2)])


def test_uses_that_are_marketing_by_another_name_are_tied_to_marketing():
    of = notice(
        rights=[],
        objections=[
            {"key": "other_marketing", "text": "x", "clauses": ["A"]},
            {"key": "market_research", "text": "x", "clauses": ["B"]},
        ],
    )
    clauses = [c.model_copy(update={"checks": ("MAR01",)}) for c in of.clauses]
    of = of.model_copy(update={"clauses": tuple(clauses)})
    sent = Finding(
        check="MAR01",
        result=Result.NONCONFORMITY,
        grade=Grade.MAJOR,
        table="t",
        count=1,
        examined=9,
        about="objections",
        topics=(
            Topic(key="direct_marketing", count=1, examined=5),
            Topic(key="market_research", count=0, examined=2),
        ),
    )
    found = states(sent, of=of)
    assert {name: one.state for name, one in found.items()} == {
        "A": "does_not_conform",
        "B": "conforms",
        "C": "does_not_conform",
        "D": "does_not_conform",
    }


def test_a_finding_cites_the_clauses_that_its_pieces_are_about():
    topical = Topical.of(notice())
    late = replace(
        finding("RIG02", "nonconformity", access=(1, 3), erasure=(0, 2)), clauses=tuple("ABCD")
    )
    assert topical.cited(late).clauses == ("A", "C", "D")
    assert topical.cited(late).fingerprint == late.fingerprint
    untold = replace(finding("RIG02", "observation", untold=(1, 1)), clauses=tuple("ABCD"))
    assert topical.cited(untold).clauses == ("D",)
    prompt = replace(finding("RIG02", "conformity", access=(0, 3)), clauses=tuple("ABCD"))
    assert topical.cited(prompt) == prompt


def test_findings_tell_their_topics(tmp_path):
    """As counts, so that the states can be followed from ``findings.json``."""
    folder = tmp_path / "koe"
    folder.mkdir()
    shutil.copy(SAMPLE / "notice.yaml", folder)
    (folder / "pyynnot.csv").write_text(REQUESTS + THREE_KINDS, "utf-8")
    plan = draft_plan(folder, folder / "notice.yaml")
    audit = run(plan, DAY, folder.parent / "e.parquet", only=("RIG02", "RIG04"))
    data = json.loads(json.dumps(as_data(audit)))
    late, refused = (
        next(f for f in data["findings"] if f["check"] == c) for c in ("RIG02", "RIG04")
    )
    assert (late["count"], late["examined"], late["about"]) == (1, 3, "rights")
    assert late["topics"] == [
        {"key": "access", "count": 1, "examined": 1},
        {"key": "portability", "count": 0, "examined": 1},
        {"key": "restriction", "count": 0, "examined": 1},
    ]
    assert late["clauses"] == ["C71", "C83"]  # and none of another right, though it names the check
    assert refused["about"] == "rights"
    assert "topics" not in refused
