"""
The catalogue: what a check is, and how one is declared.

A check is a pure function from the materials that it asks for by parameter name to an Ibis
expression: the records, cells or columns that do not conform. It returns them and judges nothing
else; ``run`` makes the findings. Its docstring is the rule page that ``explain`` prints.

Materials: ``records``, ``cells`` and ``columns`` of one table (see ``engine.scan``); the records of
all tables of a kind, by the kind's name (``requests``, ``invoices``; see ``register.kinds``);
``people`` (who is who across files; see ``engine.people``), ``due_days`` (see
``register.due_days``), ``given`` (the roles that the subject's table has columns for);
``declared`` (what the notice says is held), ``retention_period`` with its ``scope`` (what of the
table the rule reaches), the whole ``notice`` and ``plan``, and ``as_of``. The first table that a
check asks for is its subject: it is called once for each
table of that kind, and returns rows of that table. A table that it can do without has the default
None. A check of several kinds of tables asks for ``records`` and names them with ``tables``. The
expression must have the column ``row``, or ``column`` and ``category``; it may have
``result``, ``grade``, ``detail`` and ``allowed_until``.

A check of what the notice promises by kinds (each ground of a hold, each right) says with ``about``
which list of the notice that is. It then returns a column ``topic`` too, and ``examines`` returns
one row with its ``topic`` for each record that the promise is about, from the same materials:
neither a late answer to another kind of request nor the lack of any speaks of this kind.

A check whose unit is ``notice`` asks for the ``notice``, and if need be for ``plan`` and ``as_of``.
It is called once and yields a ``Remark`` for each passage that is wrong; see ``notice.review.remark``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeVar

from audit.finding import Basis, Criterion, Grade, Result
from audit.register.kinds.model import kinds

__all__ = ["About", "Check", "DeclaredCategories", "RetentionScope", "Unit", "check"]

Unit = Literal["records", "cells", "columns", "notice"]
About = Literal["holds", "rights", "objections"]
Function = TypeVar("Function", bound=Callable[..., Any])

# The controller's own lists hold no columns that the notice would declare, but their cells may
# hold anything; the web's logs are measured by checks of their own.
_SCOPES = {
    "columns": ("register",),
    "cells": ("register", "governance"),
    "records": ("register", "governance", "website"),
    "notice": (),
}


#: Where the date that a retention rule counts from may come from.
STARTS = ("own", "left", "derived", "ended", "financial_year", "customer", "contracts")


@dataclass(frozen=True, kw_only=True)
class DeclaredCategories:
    """What the notice says the register holds."""

    keys: tuple[str, ...]
    closed: bool
    """Whether the notice's list is closed: only then is something else a nonconformity."""
    clauses: tuple[str, ...]
    """The clauses that say there is nothing else; else those that declare."""

    @property
    def result(self) -> str:
        """What an undeclared item is: a nonconformity, or against an open list an observation."""
        return Result.NONCONFORMITY if self.closed else Result.OBSERVATION


@dataclass(frozen=True, kw_only=True)
class RetentionScope:
    """What of a table one retention rule reaches, and what the plan says of erasing it."""

    columns: tuple[tuple[str, str | None], ...] = ()
    """Header and category of the columns that the rule reaches and that are to be cleared in time;
    the category is None for notes and for what nobody recognised."""
    partial: bool = False
    """Whether the rule leaves other columns of the table to other rules."""
    vouchers: bool = False
    """Whether the records are vouchers, which bookkeeping law may still require as a whole."""
    vouchers_show: tuple[str, ...] = ()
    """Categories that the vouchers themselves show: they need no customer's record for these."""
    own_dates: bool = True
    """Whether the table itself has the column of the date that the rule counts from."""
    firm: bool = True
    """False where the date is derived, nobody confirmed the rule, and a later one may be missing."""
    dormant_after: int = 24
    """Months without a sign of life."""
    cycle: str | None = None
    """The controller's written deletion cycle, such as ``P3M``."""
    horizon: date | None = None
    """The last day of the look-ahead; a year after the audit."""
    only: tuple[str, ...] = ()
    """The groups of people whose records it reaches, by the words of ``subject_group``."""
    but: tuple[str, ...] = ()
    """The groups whose records it does not reach: they have a period of their own."""

    @property
    def by_group(self) -> bool:
        """Whether it reaches some of the table's records only, by the group of each."""
        return bool(self.only or self.but)


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check of the catalogue."""

    criterion: Criterion
    function: Callable[..., Any]
    """An Ibis expression is what it returns; of a check of the notice, its remarks."""
    asks: tuple[str, ...]
    """The materials, by parameter name."""
    unit: Unit
    """What is counted as examined; of a notice, its clauses."""
    result: Result
    """What a returned row is, unless the row says otherwise."""
    needs: tuple[str, ...] = ()
    """Roles without which it cannot be assessed: ``received_on`` of its subject,
    ``erasures.erased_on`` of another table, ``sent_on|event_on`` for either; or kinds of tables of
    which it wants one, ``consents|mailing_list``; or ``notice.data_subjects``, what the notice says."""
    at: str | None = None
    """The role of the subject's column in which what it finds stands; the first there, of ``a|b``."""
    scopes: tuple[str, ...] = ("register", "governance")
    """Of which tables it speaks; see ``register.kinds``."""
    optional: frozenset[str] = frozenset()
    """The materials that it can do without."""
    tables: tuple[str, ...] = ()
    """The kinds of tables that it speaks of, where ``records`` is to be of these alone."""
    dated: tuple[str, ...] = ()
    """Further kinds of tables, each where it has a role: ``customers.changed_on``. One without it is
    left alone."""
    starts: tuple[str, ...] = STARTS
    """Of records whose date comes from where it speaks; see ``audit.retention.starts``. ``none``
    is for a check about relationships that nobody ended."""
    promised: str | None = None
    """What the notice must speak of, or there is nothing to deviate from; see ``notice.declared``."""
    about: About | None = None
    """The list of the notice by whose keys its topics go."""
    examines: Callable[..., Any] | None = None
    """Returns the records that it examines, each with its topic."""

    @property
    def subject(self) -> str | None:
        """The material whose rows it returns: ``records``, a kind of table, or None for cells."""
        return next((name for name in self.asks if name == "records" or name in kinds()), None)

    @property
    def others(self) -> tuple[str, ...]:
        """The kinds of tables that it asks for besides its subject."""
        return tuple(name for name in self.asks if name in kinds() and name != self.subject)

    @property
    def dated_kinds(self) -> tuple[str, ...]:
        """The further kinds of tables of which it speaks where they have the role it needs."""
        return tuple(name.partition(".")[0] for name in self.dated)

    @property
    def code(self) -> str:
        """The stable code."""
        return self.criterion.code

    @property
    def page(self) -> str:
        """The rule page: the docstring."""
        return inspect.getdoc(self.function) or ""


def _scopes(asks: Iterable[str], unit: str, tables: tuple[str, ...]) -> tuple[str, ...]:
    """Of which tables a check speaks that does not say so itself."""
    return _SCOPES["columns"] if "records" in asks and not tables else _SCOPES[unit]


def check(
    code: str,
    *,
    criterion: str,
    basis: Basis,
    grade: Grade,
    unit: Unit,
    result: Result = Result.NONCONFORMITY,
    needs: tuple[str, ...] = (),
    at: str | None = None,
    scopes: tuple[str, ...] | None = None,
    tables: tuple[str, ...] = (),
    dated: tuple[str, ...] = (),
    starts: tuple[str, ...] = STARTS,
    promised: str | None = None,
    breach: bool = False,
    about: About | None = None,
    examines: Callable[..., Any] | None = None,
) -> Callable[[Function], Function]:
    """
    Declare a function as the check ``code``; ``criterion`` cites articles and sections.

    ``breach`` says that a nonconformity may be a personal data breach, which the report says first.
    """

    def declare(function: Function) -> Function:
        asks = inspect.signature(function).parameters
        found = Check(
            criterion=Criterion(
                code=code,
                name=function.__name__.replace("_", "-"),
                # A check of your own may stand in a module without a folder, such as a notebook.
                family=function.__module__.rpartition(".")[0].rpartition(".")[2],
                title=(inspect.getdoc(function) or "").partition("\n")[0],
                references=criterion,
                basis=basis,
                grade=grade,
                breach=breach,
            ),
            function=function,
            asks=tuple(asks),
            unit=unit,
            result=result,
            needs=needs,
            at=at,
            scopes=scopes or _scopes(asks, unit, tables),
            tables=tables,
            dated=dated,
            starts=starts,
            promised=promised,
            about=about,
            examines=examines,
            optional=frozenset(
                name for name, asked in asks.items() if asked.default is not asked.empty
            ),
        )
        marked: Any = function
        marked.check = found
        return function

    return declare
