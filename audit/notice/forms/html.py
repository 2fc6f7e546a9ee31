"""Notices as web pages: the text of the notice, without the page around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.notice.document import Block, Document, Kind, Writer
from audit.notice.forms.grids import registers_in
from audit.notice.forms.letters import whole_letters
from audit.notice.forms.lines import blocks_of
from audit.notice.forms.tables import Line, is_numbered, says_what
from audit.notice.topics import is_headline, label_topics, topics_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["read_html"]

_DROPPED = (
    "script, style, noscript, template, svg, canvas, iframe, object, nav, aside, footer, form, "
    "select, input, textarea, dialog, [role=dialog], [role=alertdialog], [role=navigation], "
    "[role=contentinfo], [role=search], [role=complementary]"
)
_NOISE = re.compile(
    r"cookie-?_?(?:banner|consent|bar|notice|popup|modal|dialog|law|overlay|box|message|wall|info$)"
    r"|(?:consent|gdpr|eväste|evaste)-?_?(?:banner|popup|modal|bar|box|ilmoitus|dialog)|cookiebar|cookiebot|"
    r"onetrust|cc-window|^consent$|newsletter|uutiskirje|nyhetsbrev|subscribe|breadcrumb|murupolku|navbar|top-?_?bar|promo|announce|ribbon|site-?_?alert|"
    r"(?:^|[-_ ])(?:nav|topnav|menu|footer|sidebar|share|social|some-?jako|skip-?link)(?:$|[-_ ])",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"(?=.*(?:cookie|consent|gdpr|ev[äa]ste|kakor|samtyck))(?=.*\b(?:banner|bar|popup|modal|dialog|overlay|toast))",
    re.IGNORECASE,
)
"""Classes that only together name the banner on cookies: "banner cookies"."""
_BLOCKS = frozenset(
    "p div section article main header ul ol dl table tr blockquote pre address figure details "
    "fieldset center body hgroup".split()
)
_HEADS = re.compile(r"h[1-6]|summary|dt|legend|caption|button")
_EMPHASIS = frozenset(("strong", "b", "em", "u", "span"))
_OF_GRID: dict[str, tuple[Kind, int]] = {
    "register": ("heading", 5),
    "heading": ("heading", 6),
    "text": ("text", 0),
}
"""How the cells of a table of registers are written: the kind of the block, and its level."""
_LEAST_HEADINGS = 3  # of a page that has headings of its own
_LEAST_MAIN = 400  # characters of a <main> or <article> that can be the whole notice
_MOST_OPENING = 1000  # characters of what opens a page above its main part
_LONGEST_HEADING = 160
_MARK = re.compile(r"\s*[*•●▪–-]\s+(?=\S)")
"""The mark of an item of a list that is only set like one."""
_BREAK = "\u2028"
"""A break that the page sets; those of its writer are blanks."""
_SPACES = re.compile(r"[\s\u00a0\u200b]+")


def read_html(markup: str) -> Document:
    """Read a page; spans count the characters of the text that is taken from it."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(whole_letters(markup))
    title = tree.css_first("title")
    named = _SPACES.sub(" ", title.text()).strip() if title is not None else ""
    body = tree.body
    writer = Writer()
    if body is None:
        return writer.document("html", title=named)
    for node in body.css(_DROPPED):
        if not _is_accordion(node):
            node.decompose()
    for node in body.css("[class], [id]"):
        said = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        if node.tag not in ("body", "main", "article", "html") and (
            any(_NOISE.search(word) for word in said.split()) or _BANNER.match(said)
        ):
            node.decompose()
    buttons = body.css("button")
    opening = {_class(node) for node in buttons if _is_accordion(node)} - {""}
    for node in buttons:
        if not _is_accordion(node) and _class(node) not in opening:
            node.decompose()
    main = _main(body)
    if (above := _opening(body, main)) is not None:
        _Page(writer).walk(above)
    _Page(writer).walk(main)
    return _by_looks(writer.document("html", title=named))


def _by_looks(document: Document) -> Document:
    """A page without headings of its own is divided by the looks of its lines."""
    if sum(block.kind == "heading" for block in document.blocks) >= _LEAST_HEADINGS:
        return document
    lines: list[Line] = []
    for block in (block for block in document.blocks if block.kind == "text"):
        start = block.start
        for words in document.text[block.start : block.end].split("\n"):
            lines.append(Line(start, start + len(words)))
            start += len(words) + 1
    kept = [block for block in document.blocks if block.kind != "text"]
    looked = [
        each
        for block in blocks_of(document.plain, lines)
        for each in _without(kept, block, document.plain)
    ]
    return replace(document, blocks=tuple(sorted([*kept, *looked], key=lambda one: one.start)))


def _without(kept: list[Block], block: Block, plain: str) -> Iterator[Block]:
    """A block in parts, where lines that look like one paragraph have a heading or a list between them."""
    begin = block.start
    for one in kept:
        if begin <= one.start < block.end:
            if words := plain[begin : one.start].rstrip():
                yield replace(block, start=begin, end=begin + len(words))
            begin = one.end + 1
    if begin < block.end:
        yield replace(block, start=begin)


def _is_accordion(node: LexborNode) -> bool:
    """Whether a button or form opens a part of the text."""
    if node.tag != "button":
        return False
    attributes = node.attributes
    told = "aria-expanded" in attributes or "aria-controls" in attributes
    return told or bool(label_topics(_SPACES.sub(" ", node.text()).strip()))


def _class(node: LexborNode) -> str:
    """The class of an element: buttons of one class do one thing."""
    return (node.attributes.get("class") or "").strip()


def _main(body: LexborNode) -> LexborNode:
    """The part of the page that is the notice: its main part, or all of it."""
    for wanted in ("main", "[role=main]", "article"):
        found = body.css(wanted)
        if len(found) == 1 and len(found[0].text()) >= _LEAST_MAIN:
            return found[0]
    return body


def _opening(body: LexborNode, main: LexborNode) -> LexborNode | None:
    """What holds the title of a page, and often its date, where that stands above its main part."""
    titles = body.css("h1")
    if main.mem_id == body.mem_id or len(titles) != 1 or main.css_first("h1") is not None:
        return None
    parent = titles[0].parent
    if parent is None or parent.css_first("main, article") is not None:
        return None
    return parent if len(parent.text()) <= _MOST_OPENING else None


class _Page:
    """Walks the tree and writes its blocks."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.line: list[str] = []

    def walk(self, node: LexborNode) -> None:
        # A deep tree must not exhaust the stack, so it is walked with a stack of its own.
        work: list[tuple[str, LexborNode | None]] = [("in", node)]
        while work:
            what, current = work.pop()
            if what == "flush":
                self._flush()
                continue
            assert current is not None
            if current.is_text_node:
                self.line.append(current.text_content or "")
                continue
            tag = current.tag or ""
            if self._whole(tag, current):
                continue
            if tag == "br":
                self.line.append(_BREAK)
                continue
            if tag in _BLOCKS:
                self._flush()
                work.append(("flush", None))
            if tag == "pre":
                self.line = [current.text().replace("\n", _BREAK)]
                continue
            children = list(current.iter(include_text=True))
            work += [("in", child) for child in reversed(children)]
        self._flush()

    def _whole(self, tag: str, node: LexborNode) -> bool:
        """Write an element that is one block; whether it was one."""
        if _HEADS.fullmatch(tag):
            return self._head(tag, node)
        if tag == "table":
            self._flush()
            return self._table(node)
        if tag == "li":
            return self._item(node)
        if tag == "dd":
            self._flush()
            self.writer.add("text", _words(node))
            return True
        if tag in ("b", "strong"):
            return self._line_in_bold(node)
        return tag in ("p", "div") and self._labelled(node)

    def _line_in_bold(self, node: LexborNode) -> bool:
        """A line in bold between line breaks is a heading, where it says what it is about."""
        before = "".join(self.line)
        after = node.next
        if (
            before.replace(_BREAK, "\n").rsplit("\n", 1)[-1].strip()
            or after is None
            or after.tag != "br"
        ):
            return False
        words = _words(node)
        if len(words) > _LONGEST_HEADING or not topics_of(words.rstrip(":")):
            return False
        self._flush()
        self.writer.add("heading", words.rstrip(":"), level=5)
        return True

    def _head(self, tag: str, node: LexborNode) -> bool:
        words = _words(node)
        if len(words) > _LONGEST_HEADING:
            return False
        self._flush()
        # A term of a list of definitions stands below what opens the list, be that a summary.
        level = int(tag[1]) if tag[0] == "h" else 6 if tag == "dt" else 5
        self.writer.add("heading", words.rstrip(":"), level=level)
        return True

    def _item(self, node: LexborNode) -> bool:
        if node.css_first("p, div, ul, ol, h2, h3, h4, table") is not None:
            first = node.child
            if first is not None and first.tag in ("strong", "b") and topics_of(_words(first)):
                self._flush()
                self.writer.add("heading", _words(first).rstrip(":"), level=4)
                first.decompose()
            return False
        if self._labelled_item(node):
            return True
        self._flush()
        words = _words(node)
        if _is_section(node, words):
            self.writer.add("heading", words.rstrip(":"), level=4)
            return True
        marked = _MARK.match(words)  # a list may be marked by its letters too: "<li>• name"
        self.writer.add("item", words[marked.end() :] if marked else words)
        return True

    def _labelled_item(self, node: LexborNode) -> bool:
        """``<li><strong>Label</strong><br>text``: a heading and its text, where the label says what of."""
        label = node.child
        if label is None or not _breaks(label) or not topics_of(_words(label).rstrip(":")):
            return False
        return self._labelled(node)

    def _labelled(self, node: LexborNode) -> bool:
        """``<p><strong>Label:</strong> text``: a heading and its text."""
        first = node.child
        while first is not None and first.is_text_node and not (first.text_content or "").strip():
            first = first.next
        if first is None or first.tag not in _EMPHASIS or len(node.css("p, div")) > 1:
            return False
        if sum(_breaks(child) for child in node.iter()) > 1:
            return False  # several headings, each on a line of its own
        label, whole = _words(first), _words(node)
        if not label or not whole.startswith(label):
            return False
        rest = whole[len(label) :].strip()
        more = bool(rest.strip(":"))
        heads = self._is_label(first, label, rest) if more else _is_alone(first, label)
        if heads:
            self._flush()
            self.writer.add("heading", label.rstrip(":. "), level=5)
            lines = _lines_behind(first)
            if sum(bool(_MARK.match(line)) for line in lines) > 1:
                for line in lines:
                    marked = _MARK.match(line)
                    self.writer.add(
                        "item" if marked else "text", line[marked.end() :] if marked else line
                    )
            else:
                self.writer.add("text", rest.lstrip(":–- "))
        return heads

    def _is_label(self, first: LexborNode, label: str, rest: str) -> bool:
        """Whether emphasised words at the start of a paragraph head it."""
        ends = label.endswith((":", "?", ".")) or rest.startswith((":", "–", "-"))
        broken = first.next is not None and first.next.tag == "br"
        if _is_pair(first):
            return bool(label_topics(label.rstrip(":?.")))
        return broken or (ends and bool(label_topics(label.rstrip(":?."))))

    def _table(self, table: LexborNode) -> bool:
        """Rows with the head of their columns, or headings with their text."""
        rows = _rows(table)
        if not rows or any(len(cells) > 1 for cells, _ in rows) is False:
            return False  # a table that only lays the page out
        if self._grid([cells for cells, _ in rows]):
            return True
        known = [cells for cells, head in rows if not head and len(cells) == 2]  # noqa: PLR2004 - the columns
        body = [cells for cells, head in rows if not head]
        top = next((tuple(cells) for cells, is_head in rows if is_head), ())
        if not top and not _heads_rows(table) and says_what(tuple(rows[0][0])):
            top = tuple(rows[0][0])
        if (
            not says_what(top)
            and known
            and len(known) == len(body)
            and (sum(bool(topics_of(cells[0])) for cells in known) * 2 >= len(known))
            and (len(known) > 1 or len(rows) == 1)
        ):
            for row in (row.css("th, td") for row in table.css("tr")):
                name, value = row[-2:]
                self.writer.add("heading", _words(name).rstrip(":"), level=5)
                self.walk(value)  # the lines and lists of a cell are those of its section
            return True
        head: tuple[str, ...] = ()
        for place, (cells, is_head) in enumerate(rows):
            looks = place == 0 and len(cells) > 1 and all(topics_of(c) for c in cells if c)
            if is_head or looks:
                head = tuple(cells)
                continue
            self.writer.row(cells, head)
        return True

    def _grid(self, rows: list[list[str]]) -> bool:
        """Write a table of registers as their sections; whether it was one."""
        placed = registers_in(rows)
        for cell in placed:
            kind, level = _OF_GRID[cell.kind]
            self.writer.add(kind, rows[cell.row][cell.column].rstrip(":"), level=level)
        return bool(placed)

    def _flush(self) -> None:
        """Write the running text that was gathered; a line break in it stays one."""
        lines = (_SPACES.sub(" ", line).strip() for line in "".join(self.line).split(_BREAK))
        self.line = []
        joined = "\n".join(line for line in lines if line).replace("\u00ad", "")
        if joined:
            self.writer.add("text", joined)


def _rows(table: LexborNode) -> list[tuple[list[str], bool]]:
    """The rows as the words of their cells, and whether each is a head; no numbers of the rows."""
    rows = [
        ([_words(cell) for cell in nodes], all(cell.tag == "th" for cell in nodes))
        for row in table.css("tr")
        if (nodes := row.css("th, td"))
    ]
    if is_numbered([cells for cells, _ in rows]):
        return [(cells[1:], head) for cells, head in rows]
    return rows


def _heads_rows(table: LexborNode) -> bool:
    """Whether the markup says of each row that its first cell alone heads it."""
    rows = [[cell.tag for cell in row.css("th, td")] for row in table.css("tr")]
    return all(row[:1] == ["th"] and "td" in row for row in rows if row)


def _is_section(item: LexborNode, words: str) -> bool:
    """
    Whether an item heads a section: one of the lists of one item that number a page's sections.

    So "4. Contents" is written where text was turned into a page, each number a list of its own.
    """
    numbers = item.parent
    if numbers is None or numbers.tag != "ol" or numbers.parent is None or not is_headline(words):
        return False
    lists = [node for node in numbers.parent.iter() if node.tag == "ol"]
    alone = [node for node in lists if len(node.css("li")) == 1]
    return numbers in alone and len(alone) >= _LEAST_HEADINGS and bool(topics_of(words))


def _breaks(node: LexborNode) -> bool:
    """Whether an element is in bold and a line break follows it."""
    return node.tag in ("b", "strong") and node.next is not None and node.next.tag == "br"


def _is_pair(first: LexborNode) -> bool:
    """Whether an element and one more of its kind are all that stands there: a label and its text."""
    parent = first.parent
    if parent is None or first.tag != "span":
        return False
    inside = [child for child in parent.iter() if not child.is_text_node]
    return len(inside) == 2 and inside[1].tag == first.tag  # noqa: PLR2004 - the label and its text


def _lines_behind(first: LexborNode) -> list[str]:
    """The lines of a paragraph behind its first element, as line breaks divide them."""
    words = ""
    node = first.next
    while node is not None:
        if node.tag == "br":
            words += "\n"
        else:
            words += (node.text_content or "") if node.is_text_node else node.text()
        node = node.next
    lines = (_SPACES.sub(" ", line).strip(" :") for line in words.split("\n"))
    return [line.replace("\u00ad", "") for line in lines if line]


def _is_alone(first: LexborNode, label: str) -> bool:
    """Whether a paragraph of nothing but emphasised words is a heading."""
    if first.tag == "span" or len(label) > _LONGEST_HEADING or label.endswith((".", ",")):
        return False
    return first.tag != "em" or bool(topics_of(label))


def _words(node: LexborNode) -> str:
    return (
        _SPACES.sub(" ", node.text(separator=" " if node.css_first("br, p, li, div") else ""))
        .strip()
        .replace("\u00ad", "")
    )
