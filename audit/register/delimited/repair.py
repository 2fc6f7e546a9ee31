"""
A file rewritten record by record, each with the line it begins on.

What can be mended without a guess is mended and counted; a line that cannot is quarantined with
its reason, and what stands in it is looked at all the same.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from audit.finding import Quarantined
from audit.register.delimited.align import align
from audit.register.delimited.beyond import AHEAD, Beyond
from audit.register.delimited.footer import as_on_each_page, is_remark, is_subtotal, is_total
from audit.register.delimited.lines import physical_lines
from audit.register.delimited.model import CLEAN, Head, Part, Repaired
from audit.register.delimited.shape import Profile, fits, is_drawn
from audit.register.delimited.split import (
    LONGEST_RECORD,
    Split,
    escaped_cells,
    may_close,
    split,
)
from audit.register.delimited.trimmed import padded
from audit.register.model import Dialect

__all__ = ["BLANK", "DATA", "FOOTER", "HEADER", "Fate", "fates", "repair"]

_MOST_HELD = 50  # records at the end of a file that may be its footer

DATA, HEADER, BLANK, FOOTER = "data", "header", "blank", "footer"


class Fate(NamedTuple):
    """What became of a record."""

    line: int
    cells: Sequence[str]
    fate: str = DATA
    """``data``, ``header``, ``blank``, ``footer``, or the reason of its quarantine."""
    lines: int = 1
    repair: str = ""
    """What was mended, if anything was."""
    text: str = ""
    """The line as it stands, where it is quarantined."""


def repair(
    path: Path,
    head: Head,
    dialect: Dialect,
    target: BinaryIO,
    look: Callable[[int, str], None] = lambda _line, _text: None,
) -> Repaired:
    """
    Rewrite a file: ``line``, then the cells of each record, comma-separated UTF-8.

    ``dialect`` is how ``path`` is written, which may be a copy in UTF-8; ``look`` is shown each
    line that is no record, so that what stands in it is found.
    """
    done = Repaired()
    text = codecs.getwriter("utf-8")(target)
    writer = csv.writer(text, lineterminator="\r\n")  # so that a lone return is quoted too
    for found in fates(path, head, dialect, done):
        if found.fate == DATA:
            done.rows += 1
            done.inside_cells += found.lines - 1
            done.repaired.update([found.repair] if found.repair else [])
            done.measure(found.cells)
            writer.writerow([found.line, *(cell.translate(CLEAN) for cell in found.cells)])
        elif found.fate == BLANK:
            done.blank += found.lines
        elif found.fate == HEADER:
            done.header += found.lines
        elif found.fate == FOOTER:
            done.footer += found.lines
            look(found.line, found.text)
        else:
            done.quarantined.append(Quarantined(line=found.line, reason=found.fate))
            look(found.line, found.text)
    return done


def fates(path: Path, head: Head, dialect: Dialect, done: Repaired) -> Iterator[Fate]:
    """Every record below the header, in order, with what became of it; ``done`` counts the lines."""
    lines = _of_part(physical_lines(path, dialect, done.repaired), head.part, done)
    for _ in range(dialect.header_lines):
        next(lines, None)
    reader = _Reader(lines, dialect, head)
    held: list[Fate] = []  # what is a footer if no record follows
    while (found := reader.next()) is not None:
        if found.fate == BLANK or (
            len(held) < _MOST_HELD and _may_end(found, head, after_blank=bool(held))
        ):
            held.append(found)
            continue
        yield from held
        held = []
        yield found
    last = any(_may_end(one, head, after_blank=n > 0) for n, one in enumerate(held))
    for one in held:
        yield one if one.fate == BLANK or not last else one._replace(fate=FOOTER, text=_text(one))


_ESCAPES_END = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")


class _Reader:
    """Reads records off numbered lines, and knows how wide they are."""

    def __init__(self, lines: Iterator[tuple[int, str]], dialect: Dialect, head: Head) -> None:
        self.lines, self.dialect, self.header = lines, dialect, head.header
        self.width = len(head.header)
        self.rows, self.trimmed, self.again = head.rows, head.trimmed, head.again
        self.seen, self.apart = head.seen, False
        self.beyond: Beyond | None = None
        self.typed: dict[int, str] | None = None
        self.profile: Profile | None = None
        self.held: list[tuple[int, str]] = []  # lines read ahead of a quote that never closed

    def next(self) -> Fate | None:
        """The next record; None at the end."""
        first = self.held.pop(0) if self.held else next(self.lines, None)
        if first is None:
            return None
        number, line = first
        # However many blank cells, or the line that parts the rows of a printed table.
        if not line.replace(self.dialect.delimiter, "").strip() or is_drawn(line):
            self.apart = True
            return Fate(number, (), BLANK)
        read = split(line, self.dialect)
        if self.beyond is None and self.seen is not None and number > self.seen:
            self.beyond = Beyond(self.header, self.rows)
        if self.beyond is not None and self._is_of_another(read.cells):
            return Fate(number, read.cells, "another_table", text=line)
        return self._record(number, line, read)

    def _record(self, number: int, line: str, read: Split) -> Fate:
        """The record that begins with a line."""
        longer = self._longer(line) if read.open else self._escaped(line)
        if longer is not None:
            return Fate(number, longer[0], lines=longer[1])
        if read.clean and not read.open and len(read.cells) >= self.width:
            over = read.cells[self.width :]
            if not over:
                mended = "row_in_quotes" if read.wrapped else ""
                return Fate(number, read.cells, self._fate(read.cells), repair=mended)
            if not "".join(over).strip():
                return self._ended(number, line, read)
        if len(read.cells) < self.width and as_on_each_page(read.cells) in self.again:
            return Fate(number, read.cells, HEADER)
        if self.trimmed and read.clean and not read.open and self._is_short(read.cells):
            return Fate(number, padded(read.cells, self.width), repair="cells_not_written")
        return self._mended(number, line, read.cells, open_=read.open)

    def _ended(self, number: int, line: str, read: Split) -> Fate:
        """A record with blank cells beyond its columns; one of these may belong further to the left."""
        kept = read.cells[: self.width]
        if not self._all_fit(kept):
            found = align(line, self.width, self.dialect, self._known())
            if found is not None and found.certain:
                return Fate(number, found.cells, repair=found.repair or "trailing_delimiters")
        return Fate(number, kept, repair="trailing_delimiters")

    def _is_short(self, cells: list[str]) -> bool:
        """Whether a line ends with its last filled cell, and the cells are those of a record."""
        whole = len(cells) < self.width and bool(cells[-1].strip()) and not is_total(cells)
        return whole and fits(cells, self._typed())

    def _all_fit(self, cells: Sequence[str]) -> bool:
        """Whether each cell looks like its column's others."""
        return all(
            fits([cell], {0: kind}) for n, kind in self._typed().items() if (cell := cells[n])
        )

    def _typed(self) -> dict[int, str]:
        """The kinds of the columns whose cells are alike."""
        if self.typed is None:
            self.typed = self._known().typed()
        return self.typed

    def _known(self) -> Profile:
        """What the columns hold, by the start of the file."""
        if self.profile is None:
            self.profile = Profile(self.rows, self.width)
        return self.profile

    def _is_of_another(self, cells: Sequence[str]) -> bool:
        """Whether a further table has begun, which the file's start could not tell of."""
        assert self.beyond is not None
        apart, self.apart = self.apart, len(cells) == 1 and self.apart  # below it may be a title
        may = apart or len(cells) != self.width or self.beyond.may_begin(cells)
        if self.beyond.begun or not may:
            return self.beyond.begun
        while len(self.held) < AHEAD and (more := next(self.lines, None)) is not None:
            self.held.append(more)
        after = [split(line, self.dialect).cells for _, line in self.held[:AHEAD]]
        return self.beyond.begins(cells, after, apart=apart)

    def _fate(self, cells: list[str]) -> str:
        """What a record of the right width is: the header again, a row of blanks, or data."""
        if as_on_each_page(cells) in self.again:
            return HEADER
        if is_subtotal(cells):
            return FOOTER
        return BLANK if self.width > 1 and not "".join(cells).strip() else DATA

    def _longer(self, line: str) -> tuple[list[str], int] | None:
        """The record that goes on over the next lines, if its quote closes where it should."""
        joined, taken = [line], 0
        while taken < LONGEST_RECORD:
            if taken == len(self.held):
                more = next(self.lines, None)
                if more is None:
                    return None
                self.held.append(more)
            joined.append(self.held[taken][1])
            taken += 1
            if not may_close(joined[-1], self.dialect):
                continue
            read = split("\n".join(joined), self.dialect)
            if not read.clean or len(read.cells) > self.width:
                return None
            if not read.open:
                if len(read.cells) != self.width:
                    return None
                del self.held[:taken]
                return read.cells, taken + 1
        return None

    def _escaped(self, line: str) -> tuple[list[str], int] | None:
        """
        The record whose cells have backslashes before the line breaks and delimiters that are their own.

        So MySQL writes what it does not quote. A path that ends in a backslash makes no whole record
        with the line below it.
        """
        delimiter = self.dialect.delimiter
        if "\\" not in line or self.width == 1 or self.dialect.gaps:
            return None
        joined, taken = line, 0
        while _ESCAPES_END.search(joined) and taken < LONGEST_RECORD:
            if taken == len(self.held):
                more = next(self.lines, None)
                if more is None:
                    break
                self.held.append(more)
            joined += f"\n{self.held[taken][1]}"
            taken += 1
        if not taken and f"\\{delimiter}" not in line:
            return None
        cells = escaped_cells(joined, delimiter)
        quote = self.dialect.quote
        if len(cells) != self.width or (quote and any(c.startswith(quote) for c in cells)):
            return None
        del self.held[:taken]
        return cells, taken + 1

    def _mended(self, number: int, line: str, cells: list[str], *, open_: bool) -> Fate:
        """A line that is no record by the letter, mended where that needs no guess."""
        width = self.width
        found = align(line, width, self.dialect, self._known())
        if found is not None and found.certain:
            return Fate(number, found.cells, repair=found.repair or "stray_quote")
        count = line.count(self.dialect.delimiter) + 1
        reason = "too_many_cells" if count > width else "too_few_cells"
        if open_ or count == width:
            reason = "unclosed_quote"
        return Fate(number, found.cells if found else cells, reason, text=line)


def _of_part(
    lines: Iterator[tuple[int, str]], part: Part, done: Repaired
) -> Iterator[tuple[int, str]]:
    """The lines of one table of the file; the others are counted."""
    for number, line in lines:
        if number < part.first or (part.last is not None and number > part.last):
            done.elsewhere += 1
        else:
            yield number, line


def _may_end(found: Fate, head: Head, *, after_blank: bool) -> bool:
    """Whether a record is a total or a remark, if nothing follows it."""
    if found.fate == BLANK or found.repair:
        return False
    cells = list(found.cells)
    return is_total(cells) or (after_blank and is_remark(cells, len(head.header)))


def _text(found: Fate) -> str:
    return found.text or "\x1f".join(found.cells)
