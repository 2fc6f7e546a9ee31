"""
Delimiter, quote and escape, told by the lines of a file's start.

Each dialect that the lines could be in is tried. The one wins under which neighbouring records
have equally many cells, quotes stand where they should, and columns hold one kind of thing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from audit.register.delimited.fixed_width import FIXED_WIDTH, gaps_of
from audit.register.delimited.header import begins_table
from audit.register.delimited.shape import TYPED, shape
from audit.register.delimited.split import Record, records
from audit.register.model import Dialect

__all__ = ["dialect_of"]

_SAMPLE = 300  # lines
_TYPED_SAMPLE = 60  # records
# How readily each is believed: a colon stands in every time of day, a space in every name.
_DELIMITERS = {
    ";": 1.0,
    ",": 0.98,
    "\t": 1.0,
    "|": 0.98,
    "^": 0.9,
    "~": 0.9,
    "¦": 0.9,
    "│": 0.9,
    "§": 0.9,
    "\x1f": 0.9,
    "\x01": 0.9,
    ":": 0.6,
    "/": 0.3,
    " ": 0.55,
}
_LONGER = ("||", ";;", "|;|", "::", "~~", "^^", "@@", "##", "|~|", "~|~", "$$", "|^|", "<|>")
_WIDEST = 20_000  # columns: a sheet has 16 384 at most
_TRUSTED, _NEARLY_ALL = 0.7, 0.8
_A_TABLE = 0.45  # of the records are alike; where fewer are, each line is one cell
_FEW = 6  # records that tell nothing
_FEWEST_BELOW = 4  # lines of a table that prose explains
_STRONG = (";", "\t", "|")  # that no prose has in number
_HEADLESS = 0.85  # how readily what parts the records and not their header is believed
_ALONE = (";", "\t", "|", "\x1f")  # parts nothing, in a file of one column


def dialect_of(lines: Sequence[str], encoding: str, delimiter: str | None = None) -> Dialect:
    """
    The dialect of some lines, its header not yet decided; a ``delimiter`` that is said is taken.

    >>> dialect_of(["a,b", "'x,y',1", "'z, w',2"], "utf-8").quote
    "'"
    >>> dialect_of(['a, b', '1, "2,3"'], "utf-8").delimiter
    ', '
    """
    filled = [line for line in lines[:_SAMPLE] if line.strip()]
    if delimiter in (None, FIXED_WIDTH) and (gaps := gaps_of(filled)):
        return Dialect(
            encoding=encoding,
            delimiter=FIXED_WIDTH,
            quote="",
            escape="",
            header_lines=0,
            gaps=gaps,
        )
    sample = _below_prose(filled)
    if delimiter is not None:
        text = "\n".join(sample)
        quote = _quote(text, delimiter)
        return Dialect(
            encoding=encoding,
            delimiter=delimiter,
            quote=quote,
            escape=_escape(text, quote, delimiter),
            header_lines=0,
        )
    alone = next(mark for mark in _ALONE if mark == _ALONE[-1] or mark not in "".join(sample))
    best, best_score = Dialect(encoding=encoding, delimiter=alone, header_lines=0), 0.0
    cut = len(lines) > _SAMPLE
    for tried, trust in _candidates(sample, encoding):
        found = list(records(sample, tried, cut=cut)) or list(records(sample, tried))
        score = trust * _score(found, strict=trust < _TRUSTED, mark=tried.delimiter)
        if score > best_score:
            best, best_score = tried, score
    return best


_QUOTED = re.compile(r'"[^"]*"')


def _below_prose(sample: Sequence[str]) -> Sequence[str]:
    """
    The lines of the table alone, where lines without its delimiter explain it above.

    >>> _below_prose(["How to read this", "Who printed it", *["1;Aino;x"] * 4])
    ['1;Aino;x', '1;Aino;x', '1;Aino;x', '1;Aino;x']
    """
    outside = [_QUOTED.sub("", line) for line in sample]  # what stands in quotes parts nothing
    for marks in (_STRONG, (*_STRONG, ",")):
        first = next((n for n, line in enumerate(sample) if any(mark in line for mark in marks)), 0)
        below = outside[first:]
        alike = any(min(line.count(mark) for line in below) > 1 for mark in marks)
        if first and alike and len(below) >= _FEWEST_BELOW:
            return sample[first:]
    return sample


def _candidates(sample: Sequence[str], encoding: str) -> Iterator[tuple[Dialect, float]]:
    text = "\n".join(sample)
    strong = [mark for mark in _STRONG if _stands_alike(sample, mark)]
    heading = any(sample[0].count(mark) == sample[-1].count(mark) for mark in strong)
    doubled = {pair[0] for pair in _LONGER if _is_doubled(sample, pair)}
    for delimiter, trust in _DELIMITERS.items():
        if delimiter in doubled:
            continue
        # The marks of amounts and dates are as many in each record, and none is in the header.
        amounts = heading and delimiter not in strong and delimiter not in sample[0]
        if amounts or (strong and trust < _TRUSTED):
            continue
        if delimiter in text and not _is_punctuation(text, delimiter):
            wide = _with_space(text, delimiter)
            quote = _quote(text, wide)
            escape = _escape(text, quote, wide)
            yield (
                Dialect(
                    encoding=encoding, delimiter=wide, quote=quote, escape=escape, header_lines=0
                ),
                trust,
            )
    for delimiter in _LONGER:
        if sum(delimiter in line for line in sample) * 10 >= len(sample) * 9:
            if len(set(delimiter)) == 1 and _are_blank_cells(sample, delimiter):
                continue
            quote = _quote(text, delimiter)
            yield (
                Dialect(
                    encoding=encoding,
                    delimiter=delimiter,
                    quote=quote,
                    escape=_escape(text, quote, delimiter),
                    header_lines=0,
                ),
                1.0,
            )


def _is_doubled(sample: Sequence[str], pair: str) -> bool:
    """
    Whether a mark stands in pairs alone, in each line: between cells, as between "||" and "||".

    >>> _is_doubled(["1||Aino||x", "2||Eero||"], "||"), _is_doubled(["1;;Aino;x", "2;;Eero;y"], ";;")
    (True, False)
    """
    if len(set(pair)) > 1:
        return False
    return all(pair in line and pair[0] not in line.replace(pair, "") for line in sample)


def _stands_alike(sample: Sequence[str], mark: str) -> bool:
    """Whether nearly every line has a mark as often as the others, and more than once."""
    often = Counter(line.count(mark) for line in sample)
    [(times, lines)] = often.most_common(1) or [(0, 0)]
    return times > 1 and lines * 10 >= len(sample) * 9


def _are_blank_cells(sample: Sequence[str], pair: str) -> bool:
    """
    Whether what could be a delimiter of two marks is a blank cell between single ones.

    >>> _are_blank_cells(['1;"Aino;;x', '2;"Eero;;y'], ";;"), _are_blank_cells(["1;;Aino;;x"], ";;")
    (True, False)
    """
    mark = pair[0]
    if any(mark * 3 in line for line in sample):
        return True
    alone = sum(mark in line.replace(pair, "") for line in sample)
    return mark != ":" and alone * 10 >= len(sample) * 9  # a colon stands in every time of day


def _is_punctuation(text: str, delimiter: str) -> bool:
    """Whether a mark stands mostly where it does in times, dates, addresses and lists."""
    if delimiter == " ":
        lines = text.split("\n")
        named = sum(line.count(": ") == 1 for line in lines)  # "Aino Koe: 040 555 8101"
        return text.count(", ") * 2 >= text.count(" ") or named * 10 >= len(lines) * 9
    if delimiter not in (":", "/"):
        return False
    inside = len(re.findall(rf"(?<=\d){delimiter}(?=\d\d)|(?<=[a-z]):(?=//)|/(?=/)|(?<=/)/", text))
    return inside * 2 >= text.count(delimiter)


def _with_space(text: str, delimiter: str) -> str:
    """A comma or its like, with the space that stands after each of them outside quotes."""
    if delimiter not in (",", ";", "|", ":"):
        return delimiter
    if delimiter == "|":  # as consoles print tables: the last of each row stands before no space
        rows = [line for line in text.split("\n") if delimiter in line]
        if sum(row.endswith(delimiter) for row in rows) * 10 >= len(rows) * 9:
            return delimiter
    outside = re.sub(r'"[^"\n]*"', "", text)
    outside = re.sub(re.escape(delimiter) + "(?=\n|\\Z)", "", outside)
    alone, spaced = outside.count(delimiter), outside.count(delimiter + " ")
    return f"{delimiter} " if alone == spaced > 0 else delimiter


def _quote(text: str, delimiter: str) -> str:
    """The mark that opens and closes cells most often; the double quote where none does."""
    d = re.escape(delimiter)
    count = {}
    for mark in ('"', "'"):
        opened = len(re.findall(f"(?:^|{d}) *{mark}(?=[^\n])", text, re.MULTILINE))
        closed = len(re.findall(f"{mark} *(?:$|{d})", text, re.MULTILINE))
        count[mark] = min(opened, closed) * (opened <= 2 * closed + 2)
    return "'" if count["'"] > 2 * count['"'] else '"'


def _escape(text: str, quote: str, delimiter: str) -> str:
    """What stands before a quote inside a quoted cell."""
    q, d = re.escape(quote), re.escape(delimiter)
    slashed = len(re.findall(rf"\\{q}(?! *(?:{d}|\n|\Z)){'|'}\\{q}{q} *(?:{d}|\n|\Z)", text))
    if not slashed:
        return quote
    doubled = len(re.findall(rf"(?<=[^{q}\n]){q}{q}(?=[^{q}\n])", text))
    doubled -= len(re.findall(rf"(?:{d}|\n|^){q}{q}(?=(?:{d}|\n|\Z))", text))
    return "\\" if slashed > doubled else quote


def _has_header(full: Sequence[int]) -> bool:
    """Whether records as unequal as these may be a table: a few, or below a header as wide as any."""
    several = [cells for cells in full if cells > 1]
    return len(several) > 1 and (len(full) < _FEW or several[0] == max(several))


def _is_titled(found: Sequence[Record], whole: int) -> bool:
    """Whether the first records that are narrower than the table stand above its header."""
    wide = [record.cells for record in found if len(record.cells) == whole]
    return begins_table(wide[0], wide[1:_TYPED_SAMPLE], apart=False)


def _score(found: Sequence[Record], *, strict: bool, mark: str) -> float:
    """
    From 0 to about 1.2: how regular the records are that a ``mark`` parts.

    ``strict``: nearly all must be alike.
    """
    full = [len(record.cells) for record in found]
    whole, _ = max(Counter(full).items(), key=lambda item: (item[0] > 1, item[1], item[0]))
    if whole < 2 or whole > _WIDEST:  # noqa: PLR2004 - one column has no delimiter
        return 0.0
    pairs = sum(a == b > 1 for a, b in pairwise(full))
    regular = max(pairs / (len(full) - 1) if len(full) > 1 else 0.0, full.count(whole) / len(full))
    if full[0] < whole and any(record.wrapped for record in found):
        return 0.0  # texts with commas in them, below the header of their one column
    # Something else parts the header, or nothing does.
    if full[0] < whole and not _is_titled(found, whole):
        # What stands in every name is believed only where it parts the header too.
        if mark == " " or (mark == ", " and whole == 2):  # noqa: PLR2004 - family name, given name
            return 0.0
        regular *= _HEADLESS
    if regular < (_NEARLY_ALL if strict else _A_TABLE) and (strict or not _has_header(full)):
        return 0.0
    clean = sum(record.clean for record in found) / len(found)
    cells = [
        cell
        for record in found[:_TYPED_SAMPLE]
        if len(record.cells) == whole
        for cell in record.cells
    ]
    known = sum(shape(cell) in TYPED or shape(cell) in ("word", "blank") for cell in cells)
    typed = known / len(cells) if cells else 0.0
    return regular * (0.4 + 0.6 * clean) * (0.7 + 0.3 * typed) * (1 + min(whole, 100) / 500)
