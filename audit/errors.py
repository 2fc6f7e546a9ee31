"""The errors a user can meet. Each is one sentence: what happened, where, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import ClassVar

__all__ = [
    "ArgumentUnusable",
    "AuditError",
    "AuditMissing",
    "ClusterFailed",
    "ColumnNotMapped",
    "DiskFull",
    "ExtraMissing",
    "FileUnwritable",
    "InputChanged",
    "InputEmpty",
    "InputMissing",
    "InputNotAFile",
    "InputUnreadable",
    "KeyMissing",
    "LibraryMissing",
    "LinkLeadsOut",
    "NoPlaceLeft",
    "NotComparable",
    "NotPrinted",
    "NotSigned",
    "NothingRead",
    "NoticeInvalid",
    "OutputUnusable",
    "PlanInvalid",
    "SessionLost",
    "Shortfall",
    "UnknownCode",
]

_SHOWN = 12  # columns that a sentence can bear
_LONGEST = 200  # characters of what was given


class AuditError(Exception):
    """Something the user can mend; the command line prints it as one line and exits with 2.

    Subclasses hold the sentence. They never chain the exception that caused them: messages of
    third parties (DuckDB's casts, pydantic's validation) quote cell values.
    """

    sentence: ClassVar[str] = "{what}"

    def __init__(self, **place: object) -> None:
        self.place = {key: str(value) for key, value in place.items()}
        super().__init__(self.sentence.format(**self.place))

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the sentence alone (IPython asks for this by name)."""
        return [str(self)]


class ArgumentUnusable(AuditError, ValueError):
    """An argument of the Python interface that is of no use there."""

    sentence = "{name} cannot be {given}: give {wanted}."

    def __init__(self, name: str, given: object, wanted: str) -> None:
        # Of anything else the words may hold cells: only what it is, is told.
        plain = given is None or isinstance(given, str | int | PurePath)
        shown = repr(str(given)) if isinstance(given, str | PurePath) else str(given)
        of_kind = f"a {type(given).__name__}"
        super().__init__(name=name, given=shown[:_LONGEST] if plain else of_kind, wanted=wanted)


class ExtraMissing(AuditError):
    """A part of the program that is installed only where it is asked for."""

    sentence = (
        "{what} needs more than is installed here: pip install 'register-audit[{extra}]'{also}."
    )

    def __init__(self, what: str, extra: str, also: str = "") -> None:
        super().__init__(what=what, extra=extra, also=f", {also}" if also else "")


class ClusterFailed(AuditError):
    """Spark gave up: a task failed as often as it may, or the session is gone."""

    sentence = (
        "Spark did not finish {work}, so nothing is concluded from it: see the cluster's own log "
        "for the task that failed, and audit again."
    )

    def __init__(self, work: str) -> None:
        super().__init__(work=work)


class SessionLost(AuditError):
    """A Spark session that was stopped, or whose driver is gone."""

    sentence = (
        "The Spark session is stopped or does not answer, so nothing is concluded: "
        "start a new one, and audit again."
    )


class DiskFull(AuditError):
    """A disk that takes no more, or that nothing may be written to."""

    sentence = (
        "The audit could not write what it needs: {reason}; free space where temporary files go, or "
        "set TMPDIR to a place that has some."
    )

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class FileUnwritable(AuditError):
    """A file that people work on, and that could not be written; what was there stays."""

    sentence = "{path} cannot be written: {reason}; what was there is unchanged: {remedy}."

    def __init__(self, path: object, reason: str) -> None:
        remedy = "free space or allow writing there, or name another file"
        super().__init__(path=path, reason=reason, remedy=remedy)


class InputMissing(AuditError):
    """A file or folder that is named but is not there."""

    sentence = "{path} does not exist: check the spelling{named_in}, or export the file again."

    def __init__(self, path: object, named_in: object = None) -> None:
        super().__init__(path=path, named_in=f" in {named_in}" if named_in else "")


class AuditMissing(AuditError):
    """A folder in which no audit is, where one was to be shown, compared or signed."""

    sentence = "{path} {problem}: name the folder that `register-audit run` wrote its reports to."

    def __init__(self, path: object, *, exists: bool) -> None:
        super().__init__(path=path, problem="holds no audit" if exists else "does not exist")


class InputNotAFile(AuditError):
    """A directory (or a device) where a file should be."""

    sentence = "{path} is not a file: name {expected} instead."

    def __init__(self, path: object, expected: str = "one exported file") -> None:
        super().__init__(path=path, expected=expected)


class InputEmpty(AuditError):
    """A file of zero bytes, or of blank lines only."""

    sentence = "{path} is empty: export it again, or leave it out of the plan."

    def __init__(self, path: object) -> None:
        super().__init__(path=path)


class InputUnreadable(AuditError):
    """A file that is there but cannot be read as what it is said to be."""

    sentence = "{path} cannot be read: {reason}; {remedy}."

    def __init__(self, path: object, reason: str, remedy: str) -> None:
        super().__init__(path=path, reason=reason, remedy=remedy)


class KeyMissing(AuditError):
    """A key that the environment should hold and does not."""

    sentence = (
        "{variable} is not set: give a long secret in the environment, and keep it, "
        "since only who has it can compare the hashes."
    )

    def __init__(self, variable: str) -> None:
        super().__init__(variable=variable)


class LibraryMissing(AuditError):
    """A library that only some commands need, and that is not installed."""

    sentence = "{library} is not installed: install register-audit with the extra “{extra}”."

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(library=library, extra=extra)


class LinkLeadsOut(AuditError):
    """A symbolic link in the folder that points to a place outside it."""

    sentence = (
        "{path} is a link that leads out of the folder, so it is not read: "
        "put the file itself there, or name its own path in the plan."
    )

    def __init__(self, path: object) -> None:
        super().__init__(path=path)


class InputChanged(AuditError):
    """A file that was written to while it was read."""

    sentence = (
        "{path} changed while it was read, so nothing is concluded from it: "
        "audit again when it is no longer being written."
    )

    def __init__(self, path: object) -> None:
        super().__init__(path=path)


class NothingRead(AuditError):
    """Every source failed, each for a reason of its own."""

    sentence = "{what}"

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(what="\n".join(self.sentences))


class NoPlaceLeft(AuditError):
    """A system call that failed while a source was read, most often for want of disk space."""

    sentence = "{path} could not be read to the end: {reason}; {remedy}."

    def __init__(self, path: object, reason: str) -> None:
        remedy = "free space where temporary files go, or set TMPDIR to a place that has some"
        super().__init__(path=path, reason=reason, remedy=remedy)


class Shortfall(AuditError):
    """Lines, rows or records that no part of the loading ledger accounts for."""

    sentence = (
        "{path} has {lines} {unit}, but {accounted} are accounted for: "
        "export the file again, and audit only when it is no longer being written."
    )

    def __init__(self, path: object, lines: int, accounted: int, unit: str = "lines") -> None:
        unit = unit.replace("_", " ")
        super().__init__(path=path, lines=lines, accounted=accounted, unit=unit)


class PlanInvalid(AuditError):
    """A plan (audit.yaml) that does not say what a plan must say."""

    sentence = "{path}, {place}: {problem}; {remedy}."

    def __init__(self, path: object, place: str, problem: str, remedy: str) -> None:
        super().__init__(path=path, place=place, problem=problem, remedy=remedy)


class ColumnNotMapped(AuditError):
    """A column that the plan maps but the source does not have."""

    sentence = (
        "{source} has no column “{column}” that {plan} maps: it has {columns}; "
        "correct the name in the plan."
    )

    def __init__(self, column: str, *, source: object, plan: object, columns: list[str]) -> None:
        shown = ", ".join(f"“{name}”" for name in columns[:_SHOWN])
        more = f" and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else ""
        # A record that was taken for the header is not shown.
        listed = shown + more or "none of those where `header_lines` says that its header is"
        super().__init__(column=column, source=source, plan=plan, columns=listed)


class NoticeInvalid(AuditError):
    """A notice file that is not a readable notice."""

    sentence = "{path}, {place}: {problem}; {remedy}."

    def __init__(self, path: object, place: str, problem: str, remedy: str) -> None:
        super().__init__(path=path, place=place, problem=problem, remedy=remedy)


class NotComparable(AuditError):
    """Two audits that cannot be held against each other."""

    sentence = "The audits cannot be compared: {reason}; {remedy}."

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason=reason, remedy=remedy)


class NotPrinted(AuditError):
    """A report that no browser of the machine could print."""

    sentence = "{path} cannot be printed: {reason}; open {path} in a browser and print it there."

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(path=path, reason=reason)


class NotSigned(AuditError):
    """Findings that cannot be signed off as they are."""

    sentence = "{folder} was not signed: {reason}; {remedy}."

    def __init__(self, folder: object, reason: str, remedy: str) -> None:
        super().__init__(folder=folder, reason=reason, remedy=remedy)


class OutputUnusable(AuditError):
    """An output folder that cannot be written, or that holds something else."""

    sentence = "{path} cannot be written: {reason}; choose another folder with --out."

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(path=path, reason=reason)


class UnknownCode(AuditError):
    """A check code that the catalogue does not have."""

    sentence = "{code} is no check: the catalogue has {known}."

    def __init__(self, code: str, known: list[str]) -> None:
        super().__init__(code=code, known=", ".join(known))
