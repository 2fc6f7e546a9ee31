"""Logs of web servers that are not in the common format: each line is accounted for."""

from __future__ import annotations

from datetime import date

import pytest

import audit
from audit.plan.drafting import draft_plan
from audit.run import run

W3C = """#Software: Microsoft Internet Information Services 10.0
#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query cs-username c-ip cs(User-Agent) sc-status
2026-10-01 22:00:02 10.0.0.5 GET /index.html - - 203.0.113.7 Mozilla/5.0+(X11) 200
2026-10-01 22:00:03 10.0.0.5 GET /kauppa email=aino%40koe.example aino 203.0.113.8 Mozilla/5.0 200

#Fields: date time cs-method cs-uri-stem c-ip
2026-10-02 07:00:05 POST /login 203.0.113.9
a line that was cut
"""
APACHE = """[Thu Oct 01 08:00:02.123456 2026] [core:error] [pid 7:tid 9] [client 203.0.113.7:53211] AH1: Bad
[Thu Oct 01 08:00:03 2026] [error] [client 2001:db8::7] no file, referer: https://koe.example/a?b=c
[Thu Oct 01 08:00:04.123456 2026] [mpm_event:notice] [pid 1234:tid 5678] resuming normal operations
#0 /var/www/a.php(12): main()
  thrown in /var/www/a.php
"""
NGINX = """2026/10/01 08:00:02 [error] 12#56: *99 open() failed (2: No such file), client: 203.0.113.7, \
server: koe.example, request: "GET /a.ico?x=1 HTTP/1.1", host: "koe.example", referrer: "https://koe.example/"
2026/10/01 08:00:03 [warn] 12#56: 4 worker_connections are not enough
"""
LOGS = {"w3c": W3C, "apache": APACHE, "nginx": NGINX}


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("log", LOGS)
def test_every_line_of_a_log_has_its_place(exports, tmp_path, log, end):
    """Records, directives, blank lines, and lines of another format that are quarantined."""
    (exports / "asiakkaat.csv").unlink()
    (exports / "server.log").write_bytes(LOGS[log].replace("\n", end).encode())
    plan = draft_plan(exports)
    [source] = plan.sources
    assert source.kind == "web_log"
    [ledger] = run(plan, date(2026, 11, 2), tmp_path / "evidence.parquet").ledgers
    assert ledger.accounted == ledger.lines
    wanted = {"w3c": (8, 3, 3, 1, 1), "apache": (5, 3, 0, 0, 2), "nginx": (2, 2, 0, 0, 0)}
    assert (
        ledger.lines,
        ledger.rows,
        ledger.header,
        ledger.blank,
        len(ledger.quarantined),
    ) == wanted[log]


def test_the_fields_of_a_w3c_log_are_those_that_it_names(tmp_path):
    """Its times are UTC; after fields are named anew each cell still stands in its column."""
    (tmp_path / "u_ex.log").write_text(W3C, encoding="utf-8")
    table = audit.load(tmp_path).table("u_ex")
    assert list(table["time"])[:3] == [
        "2026-10-01 22:00:02Z",
        "2026-10-01 22:00:03Z",
        "2026-10-02 07:00:05Z",
    ]
    assert list(table["remote_host"])[:3] == ["203.0.113.7", "203.0.113.8", "203.0.113.9"]
    assert table["query"].iloc[1] == "email=aino@koe.example"
    assert table["user_agent"].iloc[0] == "Mozilla/5.0 (X11)"


def test_an_error_log_has_visitors_in_it(tmp_path):
    """Their addresses without the port, the page that they asked for, where they came from."""
    (tmp_path / "error.log").write_text(APACHE, encoding="utf-8")
    apache = audit.load(tmp_path).table("error")
    assert list(apache["remote_host"])[:3] == ["203.0.113.7", "2001:db8::7", ""]
    assert apache["referer"].iloc[1] == "https://koe.example/a?b=c"
    (tmp_path / "error.log").write_text(NGINX, encoding="utf-8")
    nginx = audit.load(tmp_path).table("error")
    assert list(nginx.iloc[0])[:7] == [
        "2026-10-01 08:00:02",
        "error",
        "12#56",
        "203.0.113.7",
        "/a.ico",
        "x=1",
        "https://koe.example/",
    ]
