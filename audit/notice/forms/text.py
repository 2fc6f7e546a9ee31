"""Notices as plain text or Markdown, the two-column template of Finnish notices among them."""

from __future__ import annotations

import re

from audit.notice.document import Block, Document, Place
from audit.notice.forms.lines import blocks_of
from audit.notice.forms.markup import blanked
from audit.notice.forms.tables import Line
from audit.notice.forms.unrolled import unrolled
from audit.notice.topics import topics_of

__all__ = ["read_text"]

_LEAST_ROWS = 3  # of a heading, a tab and a value, for text to be on the template
_ROW = re.compile(r"^(?:\d{1,2}[.)]?\t(?=[^\t\n]+\t))?([^\t\n]+)\t(.*)$", re.DOTALL)
_JOINED = re.compile(r"(?<=[\w)])-\s+(?=[A-ZÅÄÖ])")
_EMPHASIS = re.compile(
    # In a span of code nothing is emphasised, and an underscore opens where another one closes.
    r"(?P<code>`[^`\n]+`)|\*\*|(?<!\w)__(?=\S[^\n]*\S?__(?!\w))|(?<=\S)__(?!\w)|(?<!\w)\*(?=\S)|"
    r"(?<!\w)_(?=\S(?:[^\n_]*[^\s_])?_(?!\w))|(?<=\S)[*_](?!\w)|`|\\$",
    re.MULTILINE,
)
_CUT = re.compile(
    r"(?<=[a-zåäöé]{2})-[ ]*(\n[ ]*)(?!(?:ja|tai|sekä|och|eller|samt|and|or)\b)([a-zåäöé]+\S*)"
)
"""A word that the end of a line cuts, as in text that was copied from paper or PDF."""
_LEAST_CUT = 2
_PAGE = re.compile(
    r"^[^\S\n]*(?:sivu|sida|page)[^\S\n]+\d{1,3}(?:[^\S\n]*(?:[/(]|of|av)[^\S\n]*\d{1,3}\)?)?[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""A line that belongs to the page and not to the text."""
_MATTER = re.compile(r"\s*^---[ ]*\n(?:[^\n]*\n){1,40}?---[ ]*$", re.MULTILINE)
"""What a Markdown file says of itself above the text: its address, its title."""
_QUOTED = re.compile(r"^[ ]{0,3}(?:>[ ]?)+", re.MULTILINE)
_LINK = re.compile(r"(!?\[)([^\]\n]*)(\]\([^)\n]*\))")


def read_text(text: str, *, markdown: bool = False) -> Document:
    """Read text; spans count its own characters, line ends and markup included."""
    plain = _PAGE.sub(lambda match: " " * len(match[0]), blanked(text))
    if len(_CUT.findall(plain)) >= _LEAST_CUT:
        plain = _CUT.sub(_whole, plain)
    plain = _unquoted(plain, markdown=markdown)
    if markdown and (match := _MATTER.match(plain)):
        plain = _blanks(match) + plain[match.end() :]
    lines = _lines(text)
    if sum(bool(_is_row(text[a:b])) for a, b in lines) >= _LEAST_ROWS:
        blocks = _template(text, plain, lines)
    else:
        lines = unrolled(plain, _lines(plain))
        blocks = blocks_of(plain, [Line(a, b) for a, b in lines], markdown=markdown)
    if markdown:
        plain = _LINK.sub(_link, plain)
        plain = _EMPHASIS.sub(_unmarked, plain)
    return Document(
        text=text,
        plain=plain,
        blocks=tuple(blocks),
        form="markdown" if markdown else "text",
    )


def _unquoted(plain: str, *, markdown: bool) -> str:
    """The text with blanks for the marks of a quotation: of Markdown, or of a text that is all one."""
    quoted = len(_QUOTED.findall(plain))
    if not quoted or not (markdown or quoted * 2 > len(re.findall(r"^.*\S", plain, re.MULTILINE))):
        return plain
    return _QUOTED.sub(lambda match: " " * len(match[0]), plain)


def _blanks(match: re.Match[str]) -> str:
    """As many blanks, and line ends where they were."""
    return re.sub(r"[^\n]", " ", match[0])


def _unmarked(match: re.Match[str]) -> str:
    """Blanks in the place of a mark; of a span of code, what stands in it stays as it is."""
    return f" {match[0][1:-1]} " if match["code"] else " " * len(match[0])


def _lines(text: str) -> list[Place]:
    """The places of lines, without their ends."""
    found: list[Place] = []
    start = 0
    for line in text.split("\n"):
        found.append((start, start + len(line.rstrip("\r"))))
        start += len(line) + 1
    return found


def _is_row(line: str) -> bool:
    """A heading, a tab and a value; the value may be blank."""
    match = _ROW.match(line)
    return match is not None and bool(topics_of(match[1]))


def _template(text: str, plain: str, lines: list[Place]) -> list[Block]:
    """Rows of heading, tab, value; a line that begins with a tab goes on with the row above."""
    blocks: list[Block] = []
    before: list[Line] = []
    for a, b in lines:
        line = text[a:b]
        if match := _ROW.match(line):
            _flush(plain, before, blocks)
            begin = a + match.start(1)
            end = begin + len(match[1].rstrip())
            blocks.append(Block(kind="heading", start=begin, end=end, level=2))
            _value(plain, a + match.start(2), b, blocks)
        elif line.startswith("\t") and blocks:
            _value(plain, a + 1, b, blocks, goes_on=True)
        elif line.strip():
            before.append(Line(a, b))
    _flush(plain, before, blocks)
    return blocks


def _flush(plain: str, before: list[Line], blocks: list[Block]) -> None:
    """Lines between the rows are read as any text."""
    if before:
        blocks += blocks_of(plain, before)
        before.clear()


def _value(plain: str, start: int, end: int, blocks: list[Block], *, goes_on: bool = False) -> None:
    """The paragraphs and items of a cell."""
    for match in re.finditer(r"[^\n]+", plain[start:end]):
        words = match[0]
        if not words.strip():
            continue
        begin = start + match.start() + len(words) - len(words.lstrip())
        stop = begin + len(words.strip())
        pieces = _pieces(plain, begin, stop)
        if goes_on:
            goes_on = False
            # A sentence that the row's continuation cuts is whole again.
            last = blocks[-1]
            first = plain[pieces[0].start :][:1]
            open_end = not plain[: last.end].rstrip().endswith((".", "!", "?", ":"))
            if last.kind == "text" and pieces[0].kind == "text" and open_end and first.islower():
                blocks[-1] = Block(kind="text", start=last.start, end=pieces[0].end)
                pieces = pieces[1:]
        blocks += pieces


def _pieces(plain: str, start: int, end: int) -> list[Block]:
    """A paragraph, or the items of a list that has lost its line breaks."""
    words = plain[start:end]
    joined = [match.start() for match in _JOINED.finditer(words)]
    apart = [match.start() for match in re.finditer(r"(?:^|(?<=\s))[-–•]\s+(?=\w)", words)]
    if len(joined) + len(apart) < 2 and apart[:1] != [0]:  # noqa: PLR2004 - one dash is a dash
        return [Block(kind="text", start=start, end=end)]
    cuts = sorted({*joined, *apart})
    found = []
    if cuts[0] > 0:
        found.append(Block(kind="text", start=start, end=start + len(words[: cuts[0]].rstrip())))
    for number, cut in enumerate(cuts):
        stop = cuts[number + 1] if number + 1 < len(cuts) else len(words)
        item = words[cut:stop]
        skip = len(item) - len(item.lstrip("-–• "))
        if item.strip("-–• "):
            begin = start + cut + skip
            found.append(Block(kind="item", start=begin, end=begin + len(item[skip:].rstrip())))
    return found


def _whole(match: re.Match[str]) -> str:
    """A cut word made whole on its first line, with blanks for what it leaves on the second."""
    return (match[2] + "\n").ljust(len(match[0]))


def _link(match: re.Match[str]) -> str:
    return " " * len(match[1]) + match[2] + " " * len(match[3])
