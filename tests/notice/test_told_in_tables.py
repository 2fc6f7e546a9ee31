"""Tables of several columns: where data comes from, from when a period runs, and whose row it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from audit.notice.formats.labels import as_labels
from audit.notice.reading import read_published

HEAD = "# Privacy notice\n\n## Controller\nTest Ltd, Test Street 1\n\n"
COLUMNS = HEAD + (
    "## Data, sources and retention\n"
    "| Data | From | Kept |\n|---|---|---|\n"
    "| Name, phone | the customer | two years from the last visit |\n"
    "| Allergies | the clinic | As above |\n"
    "| Photos | the camera | 30 days |\n"
)
REGISTERS = HEAD + (
    "### Client register\n**Data.** Name, e-mail, orders, invoices.\n\n"
    "### Freelancer register\n**Data.** Name, address, CV.\n\n"
    "### Retention\n"
    "| Register | Data | Period | Runs from |\n|---|---|---|---|\n"
    "| Client | Orders | 5 years | completion of the last order |\n"
    "| Freelancer | CV | 12 months | receipt of the application |\n"
)


def registers(tmp_path: Path, text: str) -> list[dict[str, Any]]:
    path = tmp_path / "notice.md"
    path.write_text(text, "utf-8")
    read: list[dict[str, Any]] = as_labels(read_published(path))["registers"]
    return read


def rules(register: dict[str, Any]) -> list[tuple[str, str, Any]]:
    return [(r["duration"], r["trigger"], r["applies_to"]) for r in register["retention"]]


def test_a_row_as_the_one_above(tmp_path: Path) -> None:
    """A row that says "as above" repeats the period for what its own row is about."""
    (read,) = registers(tmp_path, COLUMNS)
    assert rules(read) == [
        ("P2Y", "visit", ["name", "phone"]),
        ("P2Y", "visit", ["diet_allergy"]),
        ("P30D", "unspecified", ["photo_video"]),
    ]


def test_sources_stand_in_their_column_alone(tmp_path: Path) -> None:
    """What other columns of the row hold is no source."""
    (read,) = registers(tmp_path, COLUMNS.replace("| From |", "| Where from |"))
    assert read["sources"] == ["the customer", "the clinic", "the camera"]


def test_rows_are_of_the_register_that_they_name(tmp_path: Path) -> None:
    """A table below the heading of the last register is of each that its rows name."""
    client, freelancer = registers(tmp_path, REGISTERS)
    assert rules(client) == [("P5Y", "last_order", ["order_history"])]
    assert rules(freelancer) == [("P12M", "collection", ["employment"])]


def test_a_banner_whose_classes_only_together_name_it(tmp_path: Path) -> None:
    """What a banner on cookies says is not said by the notice."""
    path = tmp_path / "notice.html"
    path.write_text(
        "<html><body><div class='banner cookies'>Cookies are stored for 2 years.</div>"
        "<h1>Privacy notice</h1><h2>Controller</h2><p>Test Ltd</p><h2>Data</h2><p>Name, e-mail</p>"
        "<h2>Retention</h2><p>Data is kept for one year.</p></body></html>",
        "utf-8",
    )
    (read,) = as_labels(read_published(path))["registers"]
    assert [rule["duration"] for rule in read["retention"]] == ["P1Y"]


NAMED = HEAD + (
    "## Registers and retention\n"
    "| {} | Data | Basis | Retention |\n|---|---|---|---|\n"
    "| Samples | Name, phone | contract | two years from the last order |\n"
    "| Recruitment | CV | consent | one year |\n"
)


def test_a_column_that_is_told_to_name_registers(tmp_path: Path) -> None:
    samples, recruitment = registers(tmp_path, NAMED.format("Register"))
    assert (samples["name"], recruitment["name"]) == ("Samples", "Recruitment")
    assert samples["categories"] == ["name", "phone"]
    assert rules(recruitment) == [("P1Y", "unspecified", "all")]


def test_a_column_of_anything_else_names_none(tmp_path: Path) -> None:
    assert len(registers(tmp_path, NAMED.format("Occasion"))) == 1
