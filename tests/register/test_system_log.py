"""Logs of systems, a line an event: what becomes of each line, and who did what."""

from __future__ import annotations

from datetime import date

import pytest

from audit.plan.drafting import draft_plan
from audit.register.model import Role
from audit.run import run

PAIRS = """2026-07-31T16:05:00Z level=info user=kit.koe action=view result=ok
2026-08-18T16:05:00Z level=warn user=leo.koe action=login result="not allowed"
2026-08-18T16:05:01Z level=info msg="cache cleared"
    at se.koe.Cache (Cache.java:12)
"""
BRACKETED = """2026-05-02 18:00:00 [INFO] [dan] Öppnade medlem 713
2026-05-02 18:00:01 [WARN] [bo] Inloggning misslyckades

2026-05-02 18:00:02 [INFO] [-] Nattkörning klar
"""
LEVEL_LAST = """2026-10-07 16:20:00 [LM016] INFO kirjautuminen ip=10.0.0.6
2026-10-07 16:21:00 [LM017] INFO varaus muutettu ip=10.0.0.7
2026-10-07 16:22:00 [LM016] INFO asiakas haettu ip=10.0.0.6
"""
SYSLOG = """<134>2026-08-28T16:00:00Z gk1 gate: user="elsie" event="view" result="ok"
<134>2026-09-18T16:00:00Z gk1 gate: user="floyd" event="login" result="fail"
<134>2026-09-18T16:00:01Z gk1 kernel: eth0 link up
"""
OLD_SYSLOG = """Nov 16 09:00:00 crm01 auth[1]: login success user=krage from 10.1.1.9
Nov 17 09:00:00 crm01 auth[2]: login failure user=bo from 10.1.1.9
"""
LOGS = {
    "pairs": (PAIRS, 3, 1),
    "bracketed": (BRACKETED, 3, 0),
    "level last": (LEVEL_LAST, 3, 0),
    "syslog": (SYSLOG, 3, 0),
    "old syslog": (OLD_SYSLOG, 2, 0),
}


@pytest.mark.parametrize("log", LOGS)
def test_each_line_is_an_event_of_a_user_or_is_quarantined(exports, tmp_path, log):
    """The log is one of the use of a system; a line that begins with no moment is no record."""
    text, rows, odd = LOGS[log]
    (exports / "asiakkaat.csv").unlink()
    (exports / "app.log").write_text(text, encoding="utf-8")
    plan = draft_plan(exports)
    [source] = plan.sources
    assert source.kind == "access_log"
    roles = {column.role: header for header, column in source.columns.items() if column.role}
    assert roles[Role.USER_ID] == "user"
    assert roles.get(Role.EVENT_ON) == (None if log == "old syslog" else "time")  # no year, no day
    assert Role.EVENT_KIND in roles
    [ledger] = run(plan, date(2026, 11, 2), tmp_path / "evidence.parquet").ledgers
    assert ledger.accounted == ledger.lines
    assert (ledger.rows, len(ledger.quarantined)) == (rows, odd)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-02 10:00:00 [main] started\n2026-01-02 10:00:01 [http-nio-1] up\n" * 2,
        "2026-01-02 10:00:00 cache cleared in 12 ms\n" * 3,
        "aino: user=aino and so on\n" * 3,
    ],
    ids=["threads", "nobody", "no moment"],
)
def test_what_names_nobody_is_no_such_log(exports, text):
    """The names of threads are nobody's ids."""
    (exports / "app.log").write_text(text, encoding="utf-8")
    assert "access_log" not in {source.kind for source in draft_plan(exports).sources}


def test_a_field_first_met_far_down_is_looked_at_in_the_words_of_its_event(exports, tmp_path):
    """The columns are those of the beginning; what they have no place for is no less audited."""
    (exports / "asiakkaat.csv").unlink()
    known = "2026-07-31T16:05:00Z user=kit.koe action=view result=ok\n"
    late = "2026-08-01T16:05:00Z user=leo.koe action=view ssn=010190-999W\n"
    (exports / "app.log").write_text(known * 20_000 + late, encoding="utf-8")
    audit = run(draft_plan(exports), date(2026, 11, 2), tmp_path / "evidence.parquet")
    assert sum(one.count for one in audit.findings if one.check == "MIN04") == 1


def test_a_line_of_pairs_alone_has_its_words_in_one_of_them(exports):
    """As logfmt has it: the moment is a pair too, and the message is no second column."""
    line = 'ts=2026-01-0{}T10:00:00Z level=info user=aino{} msg="opened 12" took=3ms\n'
    text = "".join(line.format(n, n) for n in range(1, 7))
    (exports / "app.log").write_text(text, encoding="utf-8")
    [log] = [source for source in draft_plan(exports).sources if source.kind == "access_log"]
    assert set(log.columns) == {"ts", "level", "user", "took", "msg"}


def test_a_log_of_several_sites_is_a_web_log(exports, tmp_path):
    """The site before the other fields makes no list of users of it."""
    (exports / "asiakkaat.csv").unlink()
    line = (
        '203.0.113.{} - - [20/Nov/2026:10:00:0{} +0200] "GET /a?x={} HTTP/1.1" 200 9 "-" "Firefox"'
    )
    lines = [f"koe.example:443 {line.format(n, n, n)}" for n in range(5)]
    (exports / "access.log").write_text("\n".join([*lines, "cut"]) + "\n", encoding="utf-8")
    plan = draft_plan(exports)
    assert [source.kind for source in plan.sources] == ["web_log"]
    [ledger] = run(plan, date(2026, 11, 22), tmp_path / "evidence.parquet").ledgers
    assert (ledger.lines, ledger.rows, len(ledger.quarantined)) == (6, 5, 1)
