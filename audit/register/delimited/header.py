"""Where a table's header is, what it names, and where a file's next table begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audit.categories import holds_detail
from audit.categories.name import is_whole_name, may_name_somebody, people_named, tells_name
from audit.register.columns.names import LONGEST_NAME, distinct
from audit.register.dates import is_month, read_date
from audit.register.delimited.align import align
from audit.register.delimited.footer import has_page_number
from audit.register.delimited.shape import Profile, is_of, shape
from audit.register.delimited.split import Record
from audit.register.model import Dialect

__all__ = [
    "MOST_TITLES",
    "Header",
    "are_headers",
    "are_values",
    "begins_table",
    "find_header",
    "looks_like_data",
    "titles_above",
]

_NUMBER, _LONG_NUMBER = re.compile(r"[0-9][0-9.,]*"), re.compile(r"[0-9]{8}")
_WHOLE, _CENTS = re.compile(r"[-+]?[0-9]+"), re.compile(r"[0-9]{2}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")  # a year heads a column as often as it fills one
MOST_TITLES = 100  # records among which the header stands
_MOST_ROWS = 4  # of a header
_OF_A_TITLE = 2  # filled cells: a title, or a name and its value
_MOST_OF_A_BLOCK = 10  # rows of titles; more are a table
_TOLD_BY = 50  # cells


@dataclass(frozen=True, kw_only=True)
class Header:
    """The header of a table."""

    names: tuple[str, ...]
    records: int
    """How many records stand above the first one of data, title rows among them."""


def looks_like_data(row: Sequence[str]) -> bool:
    """Whether a record cannot be a header: it holds a number, a date, people's details or a tale."""
    return _names_people(row) or any(
        len(cell) > LONGEST_NAME
        or _LONG_NUMBER.search(cell) is not None
        or any(people_named(cell))
        or (_NUMBER.fullmatch(cell.strip()) is not None and _YEAR.fullmatch(cell.strip()) is None)
        or (read_date(cell) is not None and not is_month(cell))  # months head columns
        or holds_detail(cell)
        for cell in row
    )


def are_headers(cells: Sequence[str]) -> bool:
    """Whether each cell names a column, and no two the same."""
    texts = [cell.strip() for cell in cells]
    return all(texts) and len(set(texts)) == len(texts) and not looks_like_data(texts)


def titles_above(rows: Sequence[Sequence[str]]) -> int:
    """
    How many rows at the start are a block of titles, with the blank row that parts it from the table.

    Whoever printed a list writes above it what it is, when and for whom, in a cell or two of a row, or
    in some apart from each other; a spreadsheet fills the row up with blank ones.

    >>> titles_above([["Members", "", ""], ["Printed", "3.11.2026", ""], ["", "", ""], ["No", "Name", "Phone"]])
    3
    >>> titles_above([["Kvitton"], ["Period", "2022-01-01", "2026-11-15"], [], ["Nr", "Dag", "Kund", "Ort", "Tid", "Not"]])
    3
    >>> titles_above([["No", "Name"], ["1", "Aino"], [], ["2", "Bo"]])
    0
    """
    above: list[Sequence[str]] = []
    apart = False
    for place, row in enumerate(rows[:MOST_TITLES]):
        filled = sum(bool(cell.strip()) for cell in row)
        if filled > _OF_A_TITLE and above and apart:
            return place if _are_titles(above, row) else 0
        above += [row] if filled else []
        apart = not filled
        if len(above) > _MOST_OF_A_BLOCK:
            break
    return 0


def _are_titles(above: Sequence[Sequence[str]], below: Sequence[str]) -> bool:
    """Whether rows are the titles of the table that begins ``below`` them."""
    short = [cells for row in above if len(cells := _filled(row)) <= _OF_A_TITLE]
    wide = [row for row in above if len(_filled(row)) > _OF_A_TITLE]
    if not wide:
        return _are_names_with_values(short)
    # Records of a table fill the same columns; its header has no gap and no date.
    places = {tuple(n for n, cell in enumerate(row) if cell.strip()) for row in wide}
    heads = any(are_headers(_ended(row)) for row in wide)
    widest = max(len(_filled(row)) for row in wide)
    names = _ended(below)
    wider = len(names) >= 2 * widest and are_headers(names)
    return wider and not heads and len(places) == len(wide) and _are_names_with_values(short)


def _filled(row: Sequence[str]) -> list[str]:
    return [cell for cell in row if cell.strip()]


def _ended(row: Sequence[str]) -> list[str]:
    """A row without the blank cells at its end."""
    last = max((n for n, cell in enumerate(row) if cell.strip()), default=-1)
    return list(row[: last + 1])


def _are_names_with_values(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows of two cells are names with values, and not the records of a narrow table."""
    pairs = [row for row in rows if len(row) > 1]
    if any(shape(name) not in ("word", "text") for name, _ in pairs):
        return False
    labelled = all(name.rstrip().endswith(":") for name, _ in pairs)
    return labelled or not begins_table(pairs[0], pairs[1:], apart=False)


def find_header(found: Sequence[Record], width: int, dialect: Dialect) -> Header:
    """The header among the first records of a table that is ``width`` columns wide."""
    titles = titles_above([r.cells for r in found[:MOST_TITLES]])
    full = (n for n, r in enumerate(found[:MOST_TITLES]) if _is_full(r.cells, width))
    first = next((n for n in full if n >= titles), 0)
    body = [r.cells for r in found[first + 1 :] if len(r.cells) == width]
    profile = Profile(body[-200:], width)
    cells = _named(found[first], width, dialect, body[-200:])
    if not _is_header(cells, profile, body):
        above = next((n for n in range(first - 1, -1, -1) if found[n].text.strip()), None)
        other = None if above is None else _fitted(found[above], width, dialect)
        if other is None or not _is_full(other, width) or looks_like_data(other):
            return Header(names=distinct([""] * width), records=0 if first == 0 else first)
        assert above is not None
        return Header(names=distinct(other), records=above + 1)
    rows, last = [cells], first
    while last + 1 < len(found) and len(rows) < _MOST_ROWS:
        more = found[last + 1]
        if not _goes_on(cells, more.cells, profile, width):
            break
        rows.append(more.cells)
        last += 1
    groups = found[first - 1].cells if first else []
    if len(set(cells)) < len(cells) == len(groups) and any(map(str.strip, groups[1:])):
        rows.insert(0, _spread(groups))  # a row of groups tells them apart
    if all(cell.strip() for cell in rows[-1]):  # above a whole row of names stand groups
        rows[:-1] = [_spread(row) for row in rows[:-1]]
    joined = [
        " ".join(part.strip() for part in parts if part.strip())
        for parts in zip(*rows, strict=True)
    ]
    return Header(names=distinct(joined), records=last + 1)


def begins_table(cells: Sequence[str], after: Sequence[Sequence[str]], *, apart: bool) -> bool:
    """
    Whether a record heads a further table, with ``after`` below it.

    ``apart`` says that it stands below a blank line; else its width must tell.
    """
    width = len(cells)
    below = [row for row in after if len(row) == width]
    if width < 2 or len(below) < (1 if apart else 2) or looks_like_data(cells):  # noqa: PLR2004
        return False
    typed = Profile(below, width).typed()
    return bool(typed) and all(shape(cells[n]) in ("word", "text") for n in typed)


def _is_full(cells: Sequence[str], width: int) -> bool:
    """Whether more than half of the columns have something, as title rows have not."""
    filled = sum(1 for cell in cells if cell.strip())
    return (filled * 2 > width or (filled == 1 == width)) and not has_page_number(cells)


def _fitted(record: Record, width: int, dialect: Dialect) -> list[str]:
    """The record's cells, as many as the table has columns."""
    cells = list(record.cells)
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) == width and record.clean:
        return cells
    mended = align(record.text, width, dialect, None)
    if mended is not None:
        return list(mended.cells)
    return (cells + [""] * width)[: max(width, len(cells))]


def _named(
    record: Record, width: int, dialect: Dialect, body: Sequence[Sequence[str]]
) -> list[str]:
    """
    The record's cells above the columns that they name, where the table has more columns than names.

    A delimiter at the end of each line makes a column of nothing; one inside amounts makes two of
    one; and what numbers the rows stands before them and is often given no name.
    """
    cells, lacks = list(record.cells), width - len(record.cells)
    if lacks <= 0 or not record.clean or not body:
        return _fitted(record, width, dialect)
    cut = [n for n in range(width - 1) if dialect.delimiter == "," and _are_amounts(body, n)]
    if not any("".join(row[len(cells) :]).strip() for row in body):
        return cells + [""] * lacks
    if len(cut) == lacks:
        for n in cut:
            cells.insert(n + 1, "")
        return cells
    numbers = [row[0] for row in body]
    if lacks == 1 and all(numbers) and len(set(numbers)) == len(numbers):
        return ["", *cells]
    return cells + [""] * lacks


def _are_amounts(body: Sequence[Sequence[str]], place: int) -> bool:
    """Whether a column and the next are amounts, cut at their commas."""
    pairs = [(row[place].strip(), row[place + 1].strip()) for row in body]
    filled = [pair for pair in pairs if any(pair)]
    return bool(filled) and all(
        _WHOLE.fullmatch(whole) and _CENTS.fullmatch(cents) for whole, cents in filled
    )


def _is_header(cells: Sequence[str], profile: Profile, body: Sequence[Sequence[str]]) -> bool:
    """Whether a record names the columns below it."""
    if any(len(cell) > LONGEST_NAME for cell in cells) or _are_labelled(cells, body):
        return False
    typed = {n: kind for n, kind in profile.typed().items() if n < len(cells)}
    like = sum(_is_like(cells[n], kind, n, body) for n, kind in typed.items())
    filled = sum(bool(cells[n].strip()) for n in typed)
    if len(typed) > 1 and filled > 1:
        return like * 3 < filled and not (like and looks_like_data(cells))
    if looks_like_data(cells):
        return False
    return not are_values(cells, body)


_LABEL = re.compile(r"\s*([^\W\d][^:=]{0,40}?)\s?[:=]\s")


def _are_labelled(cells: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """
    Whether each cell has the label that those below it have: *name: Aino* above *name: Bo*.

    >>> _are_labelled(["Name: Aino", "x"], [["Name: Bo", "y"]]), _are_labelled(["Name:"], [["Aino"]])
    (True, False)
    """
    for n, cell in enumerate(cells):
        below = [row[n].lstrip() for row in body[:_TOLD_BY] if n < len(row) and row[n].strip()]
        found = _LABEL.match(cell)
        if found and may_name_somebody(cell[found.end() :]):
            return True
        if found and below and sum(one.startswith(found[1]) for one in below) * 2 > len(below):
            return True
    return False


def are_values(cells: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """
    Whether a record whose kinds tell nothing is one of those below it, and no header of theirs.

    >>> rows = [["Nyström", "Onni", "Helsingfors"], ["Ranta", "Eeva", "Åbo"]]
    >>> are_values(["Esimerkki", "Aino", "Åbo"], rows), are_values(["Efternamn", "Förnamn", "Ort"], rows)
    (True, False)
    """
    others = [row for row in body if list(row) != list(cells)]
    return any(
        cell.strip() and _is_value(cell, [row[n] for row in others if n < len(row)])
        for n, cell in enumerate(cells)
    )


def _is_value(cell: str, below: Sequence[str]) -> bool:
    """
    Whether a cell is no name of its column: it stands below as well, or is somebody's name as those are.

    >>> _is_value("Aino", ["Eero", "Liisa"]), _is_value("Kallio", ["kyllä", "ei"]), _is_value("Nimi", ["Aino"])
    (True, False, False)
    """
    if cell in below:
        return True
    below = below[:_TOLD_BY]
    return tells_name(cell) and sum(map(tells_name, below)) * 2 > len(below)


def _names_people(row: Sequence[str]) -> bool:
    """Whether a record has people's whole names: several, or one beside a label at most."""
    whole = sum(map(is_whole_name, row))
    return whole * 2 >= len(row) and (whole > 1 or len(row) <= _OF_A_TITLE)


def _is_like(cell: str, kind: str, place: int, body: Sequence[Sequence[str]]) -> bool:
    """Whether a cell is of the kind that its column is; "kentta7" is no code as accounts are."""
    if not is_of(cell, kind):
        return False
    if kind == "code":
        lengths = [len(text) for row in body[-200:] if (text := row[place].strip())]
        return min(lengths) <= len(cell.strip()) <= max(lengths)
    return _YEAR.fullmatch(cell.strip()) is None


def _goes_on(first: Sequence[str], cells: Sequence[str], profile: Profile, width: int) -> bool:
    """Whether the record below a header's row is another row of it."""
    if len(cells) != width:
        return False
    if list(cells) == list(first):
        return True
    # Below a row of groups, *billing* and *shipping*, the same names stand once for each.
    if not all(first) and all(cells) and len(set(cells)) < width and not looks_like_data(cells):
        return True
    typed = profile.typed()
    shapes = [shape(cells[n]) for n in typed]
    named = sum(kind in ("word", "text") for kind in shapes)
    others = sum(kind not in ("word", "text", "blank") for kind in shapes)
    return len(typed) > 1 and not others and named * 2 >= len(typed) and not looks_like_data(cells)


def _spread(cells: Sequence[str]) -> list[str]:
    """A row of groups, each name carried on to the columns that it stands above."""
    found, last = [], ""
    for cell in cells:
        last = cell.strip() or last
        found.append(last)
    return found
