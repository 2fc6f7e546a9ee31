"""
The catalogue: what a check is, and how one is declared.

A check is a pure function from the materials that it asks for by parameter name to an Ibis
expression: the records, cells or columns that do not conform. It returns them and judges nothing
else; ``run`` makes the findings. Its docstring is the rule page that ``explain`` prints.

Materials: ``records``, ``cells`` and ``columns`` (see ``engine.scan``), ``declared`` (what the
notice says is held), ``retention_period`` and ``as_of``. The expression must have the columns
``row`` (or null), ``column`` and ``category``; it may have ``result``, ``detail`` and
``allowed_until``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from audit.finding import Basis, Criterion, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["Check", "DeclaredCategories", "check"]


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
class Check:
    """One check of the catalogue."""

    criterion: Criterion
    function: Callable[..., ir.Table]
    asks: tuple[str, ...]
    """The materials, by parameter name."""
    unit: Literal["records", "cells", "columns"]
    """What is counted as examined."""
    result: Result
    """What a returned row is, unless the row says otherwise."""

    @property
    def code(self) -> str:
        """The stable code."""
        return self.criterion.code

    @property
    def page(self) -> str:
        """The rule page: the docstring."""
        return inspect.getdoc(self.function) or ""


def check(
    code: str,
    *,
    criterion: str,
    basis: Basis,
    grade: Grade,
    unit: Literal["records", "cells", "columns"],
    result: Result = Result.NONCONFORMITY,
) -> Callable[[Callable[..., ir.Table]], Callable[..., ir.Table]]:
    """Declare a function as the check ``code``; ``criterion`` cites articles and sections."""

    def declare(function: Callable[..., ir.Table]) -> Callable[..., ir.Table]:
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
            ),
            function=function,
            asks=tuple(inspect.signature(function).parameters),
            unit=unit,
            result=result,
        )
        marked: Any = function
        marked.check = found
        return function

    return declare
