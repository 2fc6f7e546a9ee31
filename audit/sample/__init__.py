"""
An invented customer register: what its owner would export, with violations planted in it.

The controller is the craftsman of the invented notice; his customers are companies, public bodies
and housing companies. Every person, street, company and number is invented. What is planted is
data, in ``planted.toml``; what looks like a violation and is none, in ``innocent.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audit.sample.cases import Expected
from audit.sample.lists import lists, write_lists
from audit.sample.papers import (
    column_findings,
    copy_notice,
    expected_findings,
    notice_findings,
    plan,
)
from audit.sample.register import write_register

__all__ = ["FEWEST", "Expected", "Sample", "write_sample"]

FEWEST = 20
"""Customers without whom a column has too few cells to be recognised."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What was written."""

    folder: Path
    files: tuple[str, ...]
    customers: int
    orders: int
    invoices: int
    notice: bool
    """Whether the notice lies beside the register; without it the plan names none."""
    expected: tuple[Expected, ...]
    """The evidence that an audit must give."""


def write_sample(
    folder: Path, rows: int, seed: int, *, clean: bool = False, notice_from: Path | None = None
) -> Sample:
    """
    Write a register of ``rows`` customers, and those of whom its lists speak, into ``folder``, with its plan and its notice.

    The same ``seed`` gives the same bytes. ``clean`` leaves out what is planted, and nothing else.
    The notice is copied from ``notice_from``, or from the project's own sample where it is found.
    """
    if rows < FEWEST:
        raise ValueError(f"a sample has at least {FEWEST} customers")
    folder.mkdir(parents=True, exist_ok=True)
    planted, counts = write_register(folder, rows, seed, clean=clean)
    planted += write_lists(folder, clean=clean)
    notice = copy_notice(folder, notice_from)
    of_notice = notice_findings() if notice else ()
    expected = (*column_findings(clean=clean), *planted, *of_notice)
    texts = {
        "audit.yaml": plan(notice=notice, clean=clean),
        "expected_findings.yaml": expected_findings(expected, rows=rows, seed=seed, clean=clean),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    listed = (each["file"] for each in lists().values())
    names = ("asiakkaat.csv", "tilaukset.csv", "laskut.csv", *listed, *texts)
    return Sample(
        folder=folder,
        files=(*names, "notice.yaml", "tietosuojaseloste.txt") if notice else names,
        customers=counts.customers,
        orders=counts.orders,
        invoices=counts.invoices,
        notice=notice,
        expected=expected,
    )
