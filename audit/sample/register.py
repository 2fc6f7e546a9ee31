"""
The register's rows: customers, and with each the orders and the invoices.

Rows are put together as text from ready parts, since a sample may have millions; only those that
are given a case are taken apart into cells.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from random import Random
from typing import IO, NamedTuple

from audit.register.dates import is_placeholder, read_date
from audit.register.states import says_hold
from audit.sample.cases import Cases, Expected
from audit.sample.invented import CONTROLLERS_IBAN, spaced
from audit.sample.lists import complete, people
from audit.sample.numbers import ean, iban, reference
from audit.sample.pools import AS_OF, DAYS, FIRST_DAY, Pools, line_of

__all__ = ["AS_OF", "CUSTOMERS", "INVOICES", "ORDERS", "UNDECLARED", "Counts", "write_register"]

CUSTOMERS = (
    *("Asiakasnro", "Etunimi", "Sukunimi", "Yritys", "Y-tunnus", "Sähköposti", "Puhelin"),
    *("Katuosoite", "Postinro", "Postitoimipaikka", "Asiakassuhde alkoi", "Asiakassuhde päättyi"),
    *("Tila", "Poistoesto", "Lisätiedot"),
)
#: Only where violations are planted. The headers of the last two say nothing; the content of
#: ``kentta7`` does.
UNDECLARED = ("Syntymäaika", "kentta7", "kentta9")
ORDERS = (
    *("Tilausnro", "Asiakasnro", "Tilauspäivä", "Tuote", "EAN", "Määrä", "Yksikköhinta", "Summa"),
    *("Seurantakoodi", "Toimitusohje"),
)
INVOICES = (
    *("Laskunumero", "Asiakasnro", "Laskupäivä", "Eräpäivä", "Summa", "Viitenumero", "Maksettu"),
    *("Saajan IBAN", "Viesti"),
)

_ORDERS_EACH = (2, 1, 4, 1, 2, 3, 1, 3, 2, 1)  # of ten customers in turn: two on average
_PAID_AT_ONCE = 4  # each fourth order has no invoice
_FIRST_NUMBERS = 10001, 100001, 30000000  # of customers, orders and invoices
_EARLIEST_END = (date(2016, 11, 23) - FIRST_DAY).days
_START, _END = CUSTOMERS.index("Asiakassuhde alkoi"), CUSTOMERS.index("Asiakassuhde päättyi")
_HOLD = CUSTOMERS.index("Poistoesto")
_LAST_SOON = (date(2017, 11, 22) - FIRST_DAY).days
"""The last day on which an end falls due within the year after the audit."""
_EXPORTED = date(2026, 11, 21)
"""The day the orders were exported: the day before the audit."""
_LIVELY = DAYS - 500
"""Since then every running customer has ordered: the dormancy limit is two years."""
_FLUSHED_AT = 4000
_USUAL = {
    "asiakkaat": {
        "Postinro": "00100",
        "Postitoimipaikka": "Helsinki",
        "Asiakassuhde alkoi": "1.3.2019",
        "Tila": "Aktiivinen",
    },
    "tilaukset": {
        "Tuote": "Hylly, mänty",
        "EAN": ean(200_000_000_000),
        "Määrä": "1",
        "Yksikköhinta": "120,00",
        "Summa": "120,00",
    },
    "laskut": {"Summa": "120,00", "Saajan IBAN": CONTROLLERS_IBAN},
}
"""What the people of the lists have in the register where their own file says nothing else."""
# The export wrote its free text without quotes, and somebody had typed a semicolon.
_UNQUOTED = {
    "tilaukset": {
        "Tilausnro": "T2026-199999",
        "Asiakasnro": "10002",
        "Tilauspäivä": "11.8.2026",
        "Seurantakoodi": "JJFI12345678901234567",
        "Toimitusohje": "Jätä ovelle; soita ensin",
    }
}


def write_register(
    folder: Path, rows: int, seed: int, *, clean: bool
) -> tuple[list[Expected], Counts]:
    """Write the three files; what is planted in them, and how many records each has."""
    columns = CUSTOMERS if clean else CUSTOMERS + UNDECLARED
    orders = sum(_ORDERS_EACH[n % len(_ORDERS_EACH)] for n in range(rows))
    invoices = orders - orders // _PAID_AT_ONCE
    kinds = ("innocent",) if clean else ("innocent", "planted")
    with ExitStack() as stack:

        def table(name: str, columns: tuple[str, ...], count: int, *form: str) -> _Table:
            encoding, newline = form
            file = (folder / f"{name}.csv").open("w", encoding=encoding, newline="")
            cases = [Cases(kind, name, columns, count, seed) for kind in kinds]
            return _Table(name, columns, stack.enter_context(file), newline, cases)

        tables = (
            table("asiakkaat", columns, rows, "utf-8-sig", "\r\n"),
            table("tilaukset", ORDERS, orders, "cp1252", "\r\n"),
            table("laskut", INVOICES, invoices, "utf-8", "\n"),
        )
        if not clean:
            tables[1].ragged = {orders * 2 // 3: _cells_missing}
            tables[1].special |= tables[1].ragged.keys()
        _fill(tables, rows, seed, clean=clean)
        added = [
            _add_people(each, count, clean=clean)
            for each, count in zip(tables, (rows, orders, invoices), strict=True)
        ]
        for each in tables:
            each.flush()
    counts = Counts(rows + added[0], orders + added[1], invoices + added[2])
    return [found for each in tables for found in each.expected()], counts


class Counts(NamedTuple):
    """How many records the register has."""

    customers: int
    orders: int
    invoices: int


def _add_people(table: _Table, rows: int, *, clean: bool) -> int:
    """Add the customers of whom the lists speak, with their orders and invoices; how many rows."""
    added = 0
    unquoted = _UNQUOTED.get(table.name, {}) if not clean else {}
    for cells, finds in (*people(table.name, clean=clean), *([(unquoted, [])] if unquoted else [])):
        row = dict.fromkeys(table.columns, "") | _USUAL[table.name] | cells
        line = ";".join(row.values()) if cells is unquoted else line_of([*row.values()])
        table.lines.append(line + table.newline)
        added += 1
        for check, column, category, result in map(complete, finds):
            table.follows.append(
                Expected(check, table.name, rows + added, column, category, result)
            )
    return added


class _Table:
    """One file: its rows as text, the cases written over them, flushed a few thousand at a time."""

    def __init__(
        self,
        name: str,
        columns: tuple[str, ...],
        file: IO[str],
        newline: str,
        cases: list[Cases],
    ) -> None:
        self.name, self.columns, self.newline = name, columns, newline
        self._file, self._cases = file, cases
        self.lines: list[str] = [line_of(columns) + newline]
        self.special = {row for each in cases for row in each.at}
        """The rows that are not written as they are."""
        self.ragged: dict[int, Callable[[list[str]], list[str]]] = {}
        """Before which rows a line stands that is no record."""
        self._quarantined: list[Expected] = []
        self.follows: list[Expected] = []
        """What is found because of what stands in the row or in the customer's."""

    def change(self, row: int, line: str) -> list[str]:
        """The cells of a row with its cases written over them: first the innocent, then the planted."""
        cells = next(csv.reader([line], delimiter=";"))
        if row in self.ragged:
            self.lines.append(";".join(self.ragged[row](cells)) + self.newline)
            at = 2 + row + len(self._quarantined)  # no cell of this file holds a line break
            self._quarantined.append(
                Expected("LOAD", self.name, None, None, None, "not_assessed", at)
            )
        for each in self._cases:
            if row in each.at:
                each.apply(row, cells)
        return cells

    def flush(self) -> None:
        """Write out what has been gathered."""
        self._file.write("".join(self.lines))
        self.lines.clear()

    def expected(self) -> list[Expected]:
        """What is planted in this file."""
        found = [found for each in self._cases for found in each.found]
        return sorted(found + self.follows) + self._quarantined


def _cells_missing(cells: list[str]) -> list[str]:
    return cells[:4]


def _fill(tables: tuple[_Table, ...], rows: int, seed: int, *, clean: bool) -> None:
    """
    Invent every customer, and with each the orders and the invoices.

    Draws for the register, for its cases and for the undeclared columns come from generators of
    their own: the clean register is the same register.
    """
    random = Random(f"{seed}/register")
    pools = Pools(random)
    customer, orders = _customers(pools, random), _orders_and_invoices(pools, random, tables)
    undeclared = None if clean else _undeclared_cells(pools, Random(f"{seed}/undeclared"))
    table = tables[0]
    special, lines, newline = table.special, table.lines, table.newline
    for n in range(rows):
        line, first, last = customer(n)
        due = False
        if n not in special and last <= _LAST_SOON and n % 50:  # each fiftieth is on hold
            table.follows.append(_retained("STO04", n))
        if undeclared is not None:
            line += undeclared(n)
        if n in special:
            cells = table.change(n, line)
            if cells[_START] != pools.written[first] or cells[_END] != line.split(";")[_END]:
                first = pools.day_of.get(cells[_START], first)
                first, last = _days_of_orders(first, cells[_END])
            line = line_of(cells)
            found, due = _of_its_time(n, cells[_END], cells[_HOLD])
            table.follows += found
        lines.append(line + newline)
        orders(n, first, last, due)
        if len(lines) >= _FLUSHED_AT:
            for each in tables:
                each.flush()


def _days_of_orders(first: int, end: str) -> tuple[int, int]:
    """From when until when a customer orders: soon after the start; without an end, until now."""
    if not end.strip() or is_placeholder(end):
        return first, DAYS - 1
    day = read_date(end)
    ended = DAYS - 2 if day is None else max(61, (day - FIRST_DAY).days)
    first = min(first, ended - 60)
    return first, min(first + 60, DAYS - 2)


def _of_its_time(n: int, end: str, hold: str) -> tuple[list[Expected], bool]:
    """What is found of a customer's end and hold, and whether the orders are kept too long."""
    day = None if is_placeholder(end) else read_date(end)
    if day is None:
        return [], False
    leap = (day.month, day.day) == (2, 29)
    until = day.replace(year=day.year + 10, day=28 if leap else day.day)
    if until < AS_OF:
        held = says_hold(hold)
        return [_retained("STO05", n)] if held else [], until < _EXPORTED and not held
    soon = until <= AS_OF.replace(year=AS_OF.year + 1) and not says_hold(hold)
    return [_retained("STO04", n)] if soon else [], False


def _retained(check: str, n: int) -> Expected:
    return Expected(check, "asiakkaat", n + 1, CUSTOMERS[_END], None, "observation")


def _customers(pools: Pools, source: Random) -> Callable[[int], tuple[str, int, int]]:
    """A maker of customers: the line, and the first and last day of the relationship."""
    random = source.random
    first_names, last_names, companies = pools.first, pools.last, pools.companies
    streets, places, phones, notes = pools.streets, pools.places, pools.phones, pools.notes
    written, number = pools.written, _FIRST_NUMBERS[0]
    firsts, lasts, firms = len(first_names), len(last_names), len(companies)
    roads, towns, lines, texts = len(streets), len(places), len(phones), len(notes)

    def make(n: int) -> tuple[str, int, int]:
        # No two people have a name and an address or a number in common: nobody stands there twice.
        of_name = n * 4001 % (firsts * lasts)
        first_name, first_plain = first_names[of_name % firsts]
        last_name, last_plain = last_names[of_name // firsts]
        company, host = companies[int(random() * firms)]
        first = int(random() * (DAYS - 400))
        chance = random()
        if chance < 0.3 or not n:  # the first one has ended: no column is empty
            last = max(first, _EARLIEST_END)
            last += int(random() * (DAYS - last))
            end = f"{written[last]};{'Päättynyt' if chance < 0.25 else 'Passiivinen'}"
        else:
            last = DAYS - 1
            end = ";Aktiivinen" if chance < 0.95 else ";Tauolla"
        chance = random()
        email = f"{first_plain}.{last_plain}{n}@{host}" if chance < 0.94 else ""
        phone = phones[(n * 7919 + n // lines) % lines] if chance > 0.06 else ""
        hold = "reklamaatio kesken" if n % 50 == 0 else "ei" if n % 50 == 25 else ""
        note = notes[int(random() * texts)] if chance < 0.3 else ""
        line = (
            f"{number + n};{first_name};{last_name};{company};{email};{phone};"
            f"{streets[n * 2741 % roads]};{places[int(random() * towns)]};"
            f"{written[first]};{end};{hold};{note}"
        )
        return line, first, last

    return make


def _undeclared_cells(pools: Pools, source: Random) -> Callable[[int], str]:
    random = source.random
    accounts = [spaced(iban(f"999{source.randrange(10**6, 10**11):011d}")) for _ in range(5000)]
    many = len(accounts)
    # The days of the register, moved forty years back, are days of birth.
    births = [f"{text[:-4]}{int(text[-4:]) - 40}" for text in pools.written if text[:5] != "29.2."]
    days = len(births)

    def make(n: int) -> str:
        birth = births[int(random() * days)] if n % 5 < 2 else ""
        account = "" if n % 3 else accounts[int(random() * many)]
        if n % 75 == 60:
            account = "ei tiedossa"
        return f";{birth};{account};{'AKBVCTR'[int(random() * 7)] if n % 4 else ''}"

    return make


def _orders_and_invoices(
    pools: Pools, source: Random, tables: tuple[_Table, ...]
) -> Callable[[int, int, int, bool], None]:
    """A maker of one customer's orders and invoices, due or not, which are added to their files."""
    random = source.random
    _, ordered, invoiced = tables
    orders, order_special, order_end = ordered.lines, ordered.special, ordered.newline
    invoices, invoice_special, invoice_end = invoiced.lines, invoiced.special, invoiced.newline
    products, written, years = pools.products, pools.written, pools.years
    delivery_notes, messages = pools.delivery_notes, pools.messages
    many, notes, texts = len(products), len(delivery_notes) * 8, len(messages) * 4
    each, turn = _ORDERS_EACH, len(_ORDERS_EACH)
    first_customer, first_order, first_bill = _FIRST_NUMBERS
    serial = bills = 0

    def make(n: int, first: int, last: int, due: bool) -> None:  # noqa: FBT001 - called a million times
        nonlocal serial, bills
        customer = first_customer + n
        running = last == DAYS - 1
        count = each[n % turn]
        for k in range(count):
            day = first + int((k + random()) * (last - first) / count)
            if running and k == count - 1 and day < _LIVELY:
                day = _LIVELY + serial % 300
            product, total = products[int(random() * many)]
            chance = random()
            number = f"T{years[day]}-{first_order + serial}"
            parcel = f"JJFI{int(chance * 1e17):017d}" if chance < 0.6 else ""
            note = delivery_notes[int(chance * notes)] if chance < 0.125 else ""
            line = f"{number};{customer};{written[day]};{product};{parcel};{note}"
            if due:
                ordered.follows.append(
                    Expected("STO01", "tilaukset", serial + 1, "Asiakasnro", None)
                )
            if serial in order_special:
                line = line_of(ordered.change(serial, line))
            orders.append(line + order_end)
            serial += 1
            if serial % _PAID_AT_ONCE == 0:
                continue
            if day < DAYS - 3:
                day += 3
            chance = random()
            open_yet = chance >= 0.95 and day > _LIVELY  # no unpaid invoice is old
            paid = "" if open_yet else written[min(day + int(chance * 20), DAYS - 1)]
            message = messages[int(chance * texts)] if chance < 0.25 else number
            if due:
                invoiced.follows.append(Expected("STO01", "laskut", bills + 1, "Asiakasnro", None))
            bill = first_bill + bills
            line = (
                f"{bill};{customer};{written[day]};{written[day + 14]};{total};{reference(bill)};"
                f"{paid};{CONTROLLERS_IBAN};{message}"
            )
            if bills in invoice_special:
                line = line_of(invoiced.change(bills, line))
            invoices.append(line + invoice_end)
            bills += 1

    return make
