"""What a log's columns are where its headers name nothing that a log has."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.plan.drafting import draft_plan
from audit.register.columns.recognised import recognise_columns
from audit.register.model import Role

ACCOUNTS = (
    "Användarnamn;Namn;Skapad;Senast inloggad\n"
    "aino;Aino Koe;2024-01-02;2026-11-02\nbo;Bo Salo;2024-01-02;2026-11-03\n"
    "eva;Eva Niemi;2024-01-02;2026-11-04\nonni;Onni Ranta;2024-01-02;2026-11-05\n"
)


@pytest.mark.parametrize(
    ("name", "text", "users"),
    [
        ("handelser.csv", "Tid;Kod;Vad\n2026-11-02 10:00;aino;a\n2026-11-03 10:00;BO;b\n2026-11-04 10:00;eva;c\n", "Kod"),
        ("varor.csv", "Datum;Hylla;Antal\n2026-11-02;aino;3\n2026-11-03;b7;4\n2026-11-04;c9;5\n", None),
    ],
    ids=["a log", "no log"],
)  # fmt: skip
def test_whose_ids_a_column_has_the_list_of_accounts_tells(
    name: str, text: str, users: str | None, tmp_path: Path
) -> None:
    """A column of the accounts' ids makes a table with days a log; one such word makes none."""
    (tmp_path / "behorigheter.csv").write_text(ACCOUNTS, "utf-8")
    (tmp_path / name).write_text(text, "utf-8")
    source = next(one for one in draft_plan(tmp_path).sources if one.file == name)
    found = [head for head, one in source.columns.items() if one.role is Role.USER_ID]
    assert (source.kind == "access_log", found) == (users is not None, [users] if users else [])


def test_how_events_ended_and_what_they_were() -> None:
    """Codes of answers and log-ins tell themselves; addresses and levels tell neither."""
    header = ("time", "user", "ip", "Handling", "level", "status")
    rows = [
        ("2026-11-02 10:00", "aino", "192.0.2.1", "Loggade in", "info", "200"),
        ("2026-11-02 10:01", "bo", "192.0.2.1", "Inloggning misslyckades", "warn", "401"),
        ("2026-11-02 10:02", "eva", "192.0.2.3", "Visade kund", "info", "200"),
    ]
    found = {c.header: (c.role, c.category) for c in recognise_columns(header, rows, "access_log")}
    assert found["Handling"][0] is Role.EVENT_KIND
    assert found["status"][0] is Role.EVENT_OUTCOME
    assert found["ip"][0] is None
    assert found["level"] == (None, "technical")
