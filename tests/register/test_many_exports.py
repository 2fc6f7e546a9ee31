"""Lists of many systems and many clerks: what planning makes of their names, headers and cells."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from audit.register.columns.recognised import recognise_columns
from audit.register.kinds.told import recognise_kind
from audit.register.model import Column, Role

EXPORTS = list(YAML(typ="safe").load(Path(__file__).with_name("many_exports.yaml")))
ROWS = 12
KEYS = {Role.RECORD_KEY, Role.CUSTOMER_REFERENCE}
ENDS = {Role.CUSTOMER_RELATIONSHIP_END, Role.CONTRACT_END, Role.MEMBERSHIP_END}
SAID = {
    "name": ["Aino Koski", "Eero Salo", "Helmi Laine", "Onni Mäki"],
    "user_name": ["Aino Koski", "Eero Salo", "Helmi Laine", "Onni Mäki"],
    "user_id": ["akoski", "esalo", "hlaine", "omaki"],
    "email": ["aino@koe.example", "eero@firma.example", "helmi@koti.example"],
    "phone": ["040 123 4567", "050 765 4321", "044 222 3333"],
    "postal_address": ["Mäkitie 3", "Rantakatu 5", "Kirkkotie 8"],
    "organisation": ["Puu Oy", "Kivi Ab", "Rauta Oy"],
    "request_kind": ["poisto", "tarkastus", "oikaisu", "rajoitus"],
    "outcome": ["toteutettu", "hylätty", "kesken"],
    "refusal_reason": ["kirjanpitolaki", "allekirjoitus puuttuu"],
    "country": ["Suomi", "Ruotsi", "USA", "Saksa"],
    "recipient": ["Kirja Oy", "Posti Oyj", "Perintä Ab", "Mainos Oy"],
    "purpose": ["laskutus", "perintä", "markkinointi", "kuljetus"],
    "service": ["kirjanpito", "sähköpostin lähetys", "varmuuskopiointi"],
    "safeguard": ["SCC", "vastaavuuspäätös"],
    "invoice_state": ["avoin", "maksettu"],
    "collection_state": ["avoin", "päättynyt"],
    "channel": ["sähköposti", "tekstiviesti", "puhelin", "posti"],
    "message_kind": ["uutiskirje", "tarjous", "tilausvahvistus", "muistutus"],
    "objection_purpose": ["suoramarkkinointi", "mielipidetutkimus", "kaikki"],
    "source": ["verkkokauppa", "messut", "ostettu lista", "asiakas itse"],
    "event_kind": ["kirjautuminen", "katselu", "muokkaus"],
    "subject_group": ["yritys", "yksityinen", "yhdistys"],
    "hold_reason": ["avoin lasku", "perintä"],
    "lifetime": ["2 vuotta", "90 pv", "istunto"],
    "path": ["/", "/ajanvaraus", "/hinnasto?sivu=2"],
    "referer": ["https://haku.example/", "-"],
    "ip_address": ["192.0.2.1", "198.51.100.7", "203.0.113.9"],
    "device_browser": ["Mozilla/5.0 (X11; Linux x86_64)", "Mozilla/5.0 (Windows NT 10.0)"],
    "cookie_name": ["_ga", "_fbp", "PHPSESSID"],
    "host": ["mittari.example", "some.example", "kauppa.example"],
    "free_text": [
        "soitettiin aamulla ja sovittiin asiasta",
        "toivoo yhteydenottoa ennen kello neljää",
    ],
}


def cells(what: str | None) -> list[str]:
    """Cells of a column as an export has them."""
    if what == "key":
        return [str(1000 + n) for n in range(ROWS)]
    if what in SAID:
        return list(islice(cycle(SAID[what]), ROWS))
    kind = "date" if what == "end" else Role(what).type if what in set(Role) else "word"
    if kind == "date":
        days = (date(2019, 1, 7) + timedelta(days=97 * n) for n in range(ROWS))
        return [f"{day.day}.{day.month}.{day.year}" for day in days]
    return list(
        islice(
            cycle(
                {"flag": ["kyllä", "ei", ""], "amount": ["120,50", "9,90"]}.get(
                    kind, ["alfa", "beeta"]
                )
            ),
            ROWS,
        )
    )


def is_found(column: Column, what: str) -> bool:
    """Whether a column was recognised as what it is."""
    if what in ("key", "end"):
        return column.role in (KEYS if what == "key" else ENDS)
    return what in (column.role, column.category)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda e: f"{e['kind']}: {e['file']}")
def test_an_export_is_recognised(export: dict[str, Any]) -> None:
    """The kind of each list, and every column that a check asks for."""
    header = list(export["columns"])
    rows = list(zip(*map(cells, export["columns"].values()), strict=True))
    assert recognise_kind(export["file"], header, rows) == export["kind"]
    found = recognise_columns(header, rows, export["kind"])
    wanted = [(c, export["columns"][c.header]) for c in found if export["columns"][c.header]]
    wrong = {c.header: (what, c.role, c.category) for c, what in wanted if not is_found(c, what)}
    assert wrong == {}
