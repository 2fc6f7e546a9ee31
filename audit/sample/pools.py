"""What the register's rows are put together from: names, companies, products and days, as text."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO
from random import Random

from audit.sample.cases import load
from audit.sample.numbers import business_id, ean

__all__ = ["AS_OF", "DAYS", "FIRST_DAY", "Pools", "line_of"]

AS_OF = date(2026, 11, 22)
FIRST_DAY = date(2004, 1, 1)
DAYS = (AS_OF - FIRST_DAY).days  # the days of the register, up to the day before the export


class Pools:
    """Everything that rows are put together from, made once; texts are quoted already."""

    def __init__(self, random: Random) -> None:
        words = load("words")
        self.first = [(name, _ascii(name)) for name in words["first_names"]]
        self.last = [(name, _ascii(name)) for name in words["last_names"]]
        self.places = [";".join(place) for place in words["places"]]
        self.streets = _streets(words)
        self.companies = _companies(words, random, self.streets)
        self.products = _products(words, random)
        self.notes = _quoted(words["notes"])
        self.delivery_notes = _quoted(words["delivery_notes"])
        self.messages = _quoted(words["messages"])
        days = [FIRST_DAY + timedelta(days=n) for n in range(DAYS + 15)]
        self.written = [f"{day.day}.{day.month}.{day.year}" for day in days]
        self.day_of = {text: n for n, text in enumerate(self.written[:DAYS])}
        self.years = [str(day.year) for day in days]
        self.phones = [
            form.format(network, f"{n:04d}")
            for n in range(1000, 10_000)  # the controller's own number is below
            for network, form in (
                ("40", "0{} 000 {}"),
                ("41", "+358 {} 000 {}"),
                ("44", "0{}000{}"),
                ("45", "0{}-000 {}"),
            )
        ]


_PLAIN = str.maketrans("äöåÄÖÅ ,", "aoaAOA--")


def _ascii(text: str) -> str:
    return text.translate(_PLAIN).lower()


def _streets(words: dict[str, list[str]]) -> list[str]:
    finnish = [f"{a}{b}" for a in words["street_beginnings"] for b in words["street_endings"]]
    homes = ["", " A", " B 4", " as. 12", " C 21"]
    return [
        f"{street} {number}{homes[number % len(homes)]}"
        for street in (*finnish, *words["swedish_streets"])
        for number in range(1, 48)
    ]


def _companies(
    words: dict[str, list[str]], random: Random, streets: list[str]
) -> list[tuple[str, str]]:
    """Companies, public bodies and housing companies: name and business id, and the host."""
    names = [
        (f"{a} {b} {c}", _ascii(f"{a}-{b}"))
        for a in words["company_beginnings"]
        for b in words["company_trades"]
        for c in words["company_forms"]
    ]
    names += [
        (f"{a} {b}", _ascii(a))
        for a in words["municipalities"]
        for b in words["public_bodies"]
        for _ in range(6)
    ]
    names += [(f"As Oy {street}", "isannointi-esimerkki") for street in streets[::7]]
    numbers = random.sample(range(9_000_000, 10_000_000), len(names) * 2)
    ids = [found for number in numbers if (found := business_id(number))]
    return [
        (line_of((name, "" if n % 40 == 0 else ids[n])), f"{host}.example")
        for n, (name, host) in enumerate(names)
    ]


def _products(words: dict[str, list[list[str | int]]], random: Random) -> list[tuple[str, str]]:
    """Products by the amounts ordered: name, article number, amount, price and sum; the sum."""
    found = []
    for n, (name, cents) in enumerate(words["products"]):
        code = ean(200_000_000_000 + random.randrange(10**6) * 100 + n)
        for tenths in (10, 20, 30, 40, 60, 15, 25):
            amount = f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10}"
            total = _euros(int(cents) * tenths // 10)
            found.append((line_of([str(name), code, amount, _euros(int(cents)), total]), total))
    return found


def _euros(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}"


def line_of(cells: tuple[str, ...] | list[str]) -> str:
    """One line of the export, without its end."""
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n")


def _quoted(texts: list[str]) -> list[str]:
    return [line_of((text, "")).removesuffix(";") for text in texts]
