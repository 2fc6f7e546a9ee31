"""Lines of text into blocks: which are headings, items of a list, rows, or running text."""

from __future__ import annotations

import re

from audit.notice.document import Block, Place
from audit.notice.tables import Line, table_blocks
from audit.notice.topics import (
    is_headline,
    is_of_all_registers,
    label_topics,
    names_register,
    topics_of,
)

__all__ = ["Line", "blocks_of"]

_NUMBERED = re.compile(
    r"^\s*(\d{1,2}(?:\.\d{1,2})*)(?:[.):]?\s+(?:§\s+)?|[.)](?=[A-ZÅÄÖ][^\W\d_]{2}))(?=[^\W\d_])"
)
_NUMBERED_ITEM = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*[.)]\s+(?=[^\W\d_])")
_YEAR_LAST = re.compile(r"\b(?:19|20)\d\d\.?$")
_BARE_NUMBER = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*[.)]?\s*$")
_LETTERED = re.compile(r"^\s*(?:[A-HÅÄÖ][.)]|\([A-HÅÄÖ1-9]\))\s+(?=\S)")
_BULLET = re.compile(r"^\s*(?:[•●▪◦·*–—‣»✓-]|o(?=\s)|\(?(?:\d{1,2}|[a-zåäö])\))\s*(?=\S)")
_HASHES = re.compile(r"^\s*(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD_LINE = re.compile(r"^\s*(?:\d{1,2}[.)]\s+)?(?:\*\*|__)(.+?)(?:\*\*|__)\s*:?\s*$")
_ITALIC_LINE = re.compile(r"^\s*[*_]([^*_]+)[*_]\s*:?\s*$")
_BOLD_LABEL = re.compile(
    r"^\s*((?:[*-]|\d{1,2}[.)])\s+)?(?:\*\*|__)(.+?)(?:\*\*|__)\s*[:–—]?\s*(?=\S)"
)
_LABEL = re.compile(
    r"^\s*((?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+|[A-HÅÄÖ][.)]\s+)?(?:[^:.!?@|]|:(?=\w)){2,80}):\s+(?=\S)"
)
_DASHED = re.compile(r"^\s*((?:\d{1,2}[.)]?\s+)?[^–—:.!?@|,]{2,60}?)\s[–—]\s+(?=\S)")
"""A label before a dash: "Retention – we keep ..."."""
_RUN_IN = re.compile(r"^\s*((?:[^.:!?@|]|\d\.){4,60})\.\s+(?=[A-ZÅÄÖ])")
"""A heading that runs into its paragraph: "How long. We keep ..."."""
_MOST_RUN_IN = 6  # words of it
_UNDERLINE = re.compile(r"={4,}|-{4,}")
_ROMAN = re.compile(r"^[IVX]{1,4}\.\d{1,2}[.)]?\s+(?=[A-ZÅÄÖ])")
_RULE = re.compile(r"^[\s|:–—=_*-]+$")
_TWO_SENTENCES = re.compile(r"[a-zåäö]{3}[.!?]\s+[A-ZÅÄÖ]")
_MAILBOX = re.compile(r"\S\s?[\[(]at[\])]\s?\S", re.IGNORECASE)
_UNKNOWN_WORDS = 7  # of a heading whose words say nothing known
_MOST_LETTERS = 110
_SHORT = 0.75  # of the longest line: what is shorter ends its paragraph
_QUESTION_WORDS = 16  # of a heading that asks
_LEAST_CAPITALS = 4  # letters in upper case that are no abbreviation
_LABEL_WORDS = 3  # of a heading right below another
_NO_SENTENCES = frozenset(("register_name", "controller", "contact", "dpo", "date"))
_BARE = frozenset(
    (
        "tiedot", "henkilötiedot", "rekisterin tiedot", "kerättävät tiedot", "uppgifter",
        "personuppgifter", "data", "personal data", "data held", "information",
    )
)  # fmt: skip
"""Labels that head the contents wherever they stand."""
_LENGTH = re.compile(
    r"\d+\)?[\s-]*(?:years?|months?|weeks?|days?|vuo|kuuka|kk\b|viik|päiv|vrk|vuoro|v\b|pv\b|år|mån|veck|dag|dygn)",
    re.IGNORECASE,
)
"""A number and a unit of time."""
_ITS_OWN = frozenset(("contents", "unknown"))
_MANY_LABELS = 4  # known ones, for unknown ones to be labels as well
_LEAST_BLANKS = 2
_LINES_A_BLANK = 8  # lines to a blank one, where blank lines set the parts apart


def blocks_of(plain: str, lines: list[Line], *, markdown: bool = False) -> list[Block]:
    """The blocks of lines; a paragraph of several lines is one block."""
    return _Reader(plain, lines, markdown=markdown).read()


def _is_upper(words: str) -> bool:
    """Whether a line is in upper case and no abbreviation or mailbox."""
    letters = [c for c in words if c.isalpha()]
    return (
        len(letters) >= _LEAST_CAPITALS and all(c.isupper() for c in letters) and "@" not in words
    )


def _is_topic(words: str) -> bool:
    """Whether a line in italics heads a section, and is no remark or date."""
    return bool(set(topics_of(words)) - {"title", "date", "changes"}) and is_headline(words)


class _Reader:
    """Goes through the lines once; what a line is depends on those beside it."""

    def __init__(self, plain: str, lines: list[Line], *, markdown: bool) -> None:
        self.plain = plain
        self.lines = lines
        self.words = [plain[line.start : line.end] for line in lines]
        self.hashes = markdown and sum(bool(_HASHES.match(w)) for w in self.words) > 1
        self.markdown = markdown
        blanks = sum(not words.strip() for words in self.words[:-1])
        self.airy = blanks >= _LEAST_BLANKS and blanks * _LINES_A_BLANK >= len(self.words)
        """Whether blank lines set the parts apart."""
        self.width = max((len(words.strip()) for words in self.words), default=0)
        self.blocks: list[Block] = []
        labels = sum(
            bool((m := _LABEL.match(w)) and not _BULLET.match(w) and label_topics(m[1]))
            for w in self.words
        )
        self.labelled = labels >= _MANY_LABELS
        """Whether labels before colons are how this text is divided."""
        dashes = sum(
            bool((m := _DASHED.match(w)) and not _BULLET.match(w) and label_topics(m[1]))
            for w in self.words
        )
        self.dashed = dashes >= _MANY_LABELS
        """Whether labels before dashes are."""
        starts = [
            w
            for w, before in zip(self.words, ["", *self.words], strict=False)
            if not before.strip()
        ]
        self.run_in = sum(self._runs_in(words) is not None for words in starts) >= _MANY_LABELS
        """Whether paragraphs begin with their headings."""
        self._after_label = False
        self.open: Line | None = None
        """Where the paragraph that goes on begins."""
        self.open_end = 0
        self.topics: tuple[str, ...] = ()
        self.section = ""
        """What the heading last read is about, where what stands under it may look like labels."""

    def read(self) -> list[Block]:
        at = 0
        while at < len(self.lines):
            at += self._line(at)
        self._close()
        return self.blocks

    def _line(self, at: int) -> int:
        """Read one line, or one table; the number of lines read."""
        words, line = self.words[at], self.lines[at]
        if not words.strip() or _RULE.match(words):
            self._close()
            return 1
        if rows := self._table(at) or self._numbered_above(at) or self._heading(at):
            return int(rows)
        if match := _BULLET.match(words):
            self._close()
            self._begin(line, "item", match.end())
            return 1
        if self.open is None and (match := _NUMBERED_ITEM.match(words)):
            self._begin(line, "item", match.end())
            return 1
        if self.open is None:
            self._begin(line, "text", len(words) - len(words.lstrip()))
        self.open_end = line.start + len(words.rstrip())
        return 1

    # What is open

    def _begin(self, line: Line, kind: str, skip: int) -> None:
        self.open = Line(line.start + skip, line.end, line.page)
        self.kind = kind
        self.open_end = line.start + len(self.plain[line.start : line.end].rstrip())

    def _close(self) -> None:
        if self.open is not None and self.open_end > self.open.start:
            self.blocks.append(
                Block(
                    kind="item" if self.kind == "item" else "text",
                    start=self.open.start,
                    end=self.open_end,
                    page=self.open.page,
                )
            )
        self.open = None

    def _add_heading(self, line: Line, begin: int, end: int, level: int) -> None:
        self._close()
        self.topics = topics_of(self.plain[begin:end])
        self.section = "retention" if "retention" in self.topics else ""
        self.blocks.append(Block(kind="heading", start=begin, end=end, level=level, page=line.page))

    # Headings

    def _heading(self, at: int) -> bool:
        words, line = self.words[at], self.lines[at]
        if self.markdown and self._marked(words, line):
            return True
        if self._labelled(words, line):
            return True
        if self.run_in and self.open is None and (match := self._runs_in(words)):
            self._add_heading(line, line.start + match.start(1), line.start + match.end(1), 3)
            self._begin(line, "text", match.end())
            return True
        level = self._level(at)
        if level is None:
            return False
        begin = line.start + len(words) - len(words.lstrip())
        self._add_heading(line, begin, line.start + len(words.rstrip().rstrip(":")), level)
        return True

    def _numbered_above(self, at: int) -> int:
        """A number on a line of its own over the heading that it numbers; the lines read."""
        if not _BARE_NUMBER.match(self.words[at]):
            return 0
        below = at + 1
        while below < len(self.lines) and not self.words[below].strip():
            below += 1
        if below == len(self.lines) or not is_headline(self.words[below].strip().rstrip(":")):
            return 0
        words, line = self.words[below], self.lines[below]
        begin = line.start + len(words) - len(words.lstrip())
        self._add_heading(line, begin, line.start + len(words.rstrip().rstrip(":")), 2)
        return below - at + 1

    def _marked(self, words: str, line: Line) -> bool:
        """A heading of Markdown: hashes, or a line in bold."""
        if match := _HASHES.match(words):
            self._add_heading(
                line, line.start + match.start(2), line.start + match.end(2), len(match[1])
            )
            return True
        match = _BOLD_LINE.match(words)
        if match is None and (match := _ITALIC_LINE.match(words)) and not _is_topic(match[1]):
            match = None
        if match:
            self._add_heading(line, line.start + match.start(1), line.start + match.end(1), 4)
            return True
        if (match := _BOLD_LABEL.match(words)) and (
            # In bold, a label needs no capital and no colon.
            topics_of(match[2].rstrip(":")) not in ((), ("title",)) or match[1] is None
        ):
            end = line.start + match.start(2) + len(match[2].rstrip(":"))
            self._add_heading(line, line.start + match.start(2), end, 5)
            self._begin(line, "text", match.end())
            return True
        return False

    @staticmethod
    def _runs_in(words: str) -> re.Match[str] | None:
        """The heading that runs into a paragraph, where its words say what it is about."""
        match = _RUN_IN.match(words)
        if match is None or len(match[1].split()) > _MOST_RUN_IN or not label_topics(match[1]):
            return None
        return match

    def _labelled(self, words: str, line: Line) -> bool:
        """``Label: text`` at the start of a paragraph, where the label says what it is about."""
        if self.open is not None and self.kind == "item":
            return False
        match = _LABEL.match(words) or (_DASHED.match(words) if self.dashed else None)
        if match is None or _BULLET.match(words):
            return False
        found = label_topics(match[1])
        unknown = self.labelled and not found and len(match[1].split()) <= _UNKNOWN_WORDS
        if unknown and match[1][:1].isupper() and self._after_label:
            found = ("unknown",)
        if not found or ("contact" in found and "contents" in self.topics):
            return False
        alone = match[1].strip().lower() in _BARE
        rule = "retention" not in found and _LENGTH.search(words, match.end())
        if self.section == "retention" and not alone and (set(found) <= _ITS_OWN or rule):
            return False  # "Member data: two years" is a rule of the section, not a new one
        self._add_heading(line, line.start + match.start(1), line.start + match.end(1), 3)
        self._begin(line, "text", match.end())
        self._after_label = True
        return True

    def _level(self, at: int) -> int | None:
        """The level of a heading by its looks and its words; None where it is none."""
        words = self.words[at].strip()
        if len(words) > _MOST_LETTERS:
            return None
        level = self._underlined(at, words)
        if level is None and not self.hashes:
            level = self._numbered(at, words)
        if level is not None:
            return level
        bare = words.rstrip(":")
        if _NUMBERED.match(words) or self._goes_on(at, words):
            return None
        if _is_upper(bare):
            return 1
        lettered = _LETTERED.match(bare)
        if (
            lettered
            and ": " not in bare
            and bare[lettered.end()].isupper()
            and is_headline(bare)
            and "," not in bare
        ):
            return 2
        return 2 if self._set_apart(at) and bare[:1].isupper() and self._looks(at, words) else None

    def _underlined(self, at: int, words: str) -> int | None:
        """The level of a heading with a rule of its own under it: of two strokes, or of one."""
        below = self.words[at + 1].strip() if at + 1 < len(self.words) else ""
        if self.hashes or self.open is not None or not _UNDERLINE.fullmatch(below):
            return None
        if not words[:1].isupper() or "|" in words or words.endswith((".", ",", ";")):
            return None
        return 1 if below[0] == "=" else 2

    def _goes_on(self, at: int, words: str) -> bool:
        """Whether a line is the first of a wrapped sentence: small letters below."""
        below = self.words[at + 1].strip() if at + 1 < len(self.words) else ""
        return (
            below[:1].islower()
            and not words.endswith((":", "?"))
            and len(words) > _SHORT * self.width
        )

    def _looks(self, at: int, words: str) -> bool:
        """Whether a line that is set apart reads like a heading."""
        if words.endswith("?"):
            return len(words.split()) <= _QUESTION_WORDS
        bare = words.rstrip(":")
        if not is_headline(bare) or _TWO_SENTENCES.search(bare) or _MAILBOX.search(bare):
            return False
        if self._after_heading() and "register_name" in self.topics:
            return False  # what stands under "name of the register" is its name
        known = bool(topics_of(bare)) and (words.endswith(":") or bare.count(",") < 2)  # noqa: PLR2004 - a list
        of_registers = names_register(bare) or is_of_all_registers(bare)
        return known or of_registers or self._unknown(at, bare)

    def _numbered(self, at: int, words: str) -> int | None:
        """The level of a heading by its number, Arabic or Roman."""
        if match := _ROMAN.match(words):
            return 3 if topics_of(words[match.end() :]) else None
        match = _NUMBERED.match(words)
        if match is None:
            return None
        rest = words[match.end() :]
        if len(rest.split()) <= _MOST_RUN_IN and topics_of(rest):
            rest = rest.removesuffix(".")
        if rest.endswith((".", ",", ";")) or ": " in rest or rest.count(",") > 1:
            return None
        if not rest[:1].isupper() or _YEAR_LAST.search(rest):
            return None  # "3 February 2024" is a date
        known = bool(topics_of(rest))
        before = at == 0 or not self.words[at - 1].strip()
        if known or (before and rest[:1].isupper()):
            return 2 + match[1].count(".")
        return None

    def _set_apart(self, at: int) -> bool:
        """Whether the line begins something new."""
        if self.airy:
            return self.open is None and (at == 0 or not self.words[at - 1].strip())
        words = self.words[at].strip()
        if at == 0 or self._after_heading():
            return at == 0 or len(words.split()) <= _LABEL_WORDS or self._opens(at, words)
        if len(words) > _SHORT * self.width:
            return False
        before = self.words[at - 1].rstrip()
        if before.endswith((".", "!", "?", ":", ")")):
            return True
        # In the first paragraph under a heading a short line ends nothing, but where the
        # section holds no sentences.
        first = bool(self.blocks) and self.blocks[-1].kind == "heading"
        if first and len(words.split()) > _LABEL_WORDS and _NO_SENTENCES.isdisjoint(self.topics):
            return False
        return len(before) < _SHORT * self.width

    def _opens(self, at: int, words: str) -> bool:
        """Whether a known heading stands right below one that names what is described."""
        below = self.words[at + 1].strip() if at + 1 < len(self.words) else ""
        return (
            not self.topics
            and bool(topics_of(words))
            and len(words) <= _SHORT * _SHORT * self.width
            and len(below) > len(words)
        )

    def _after_heading(self) -> bool:
        return self.open is None and bool(self.blocks) and self.blocks[-1].kind == "heading"

    def _unknown(self, at: int, words: str) -> bool:
        """A short line alone over a longer one, though its words say nothing known."""
        if self._after_heading() or not self.airy or len(words.split()) > _UNKNOWN_WORDS:
            return False
        if "," in words or any(c.isdigit() for c in words):
            return False
        if not self.blocks and at < 3:  # noqa: PLR2004 - the title stands at the top
            return True
        below = self.words[at + 1] if at + 1 < len(self.words) else ""
        return len(below.strip()) > len(words)

    # Tables

    def _table(self, at: int) -> int:
        """Read the table that begins here; the number of its lines, 0 where there is none."""
        end = at
        while end < len(self.words) and "|" in self.words[end].strip().strip("|"):
            end += 1
        if end - at < 2:  # noqa: PLR2004 - one line with a bar is no table
            return 0
        self._close()
        rows = [
            (self.lines[n], self._cells(n))
            for n in range(at, end)
            if not _RULE.match(self.words[n])
        ]
        ruled = end - at > 1 and bool(_RULE.match(self.words[at + 1]))
        self.blocks += table_blocks(self.plain, rows, headed=ruled)
        return end - at

    def _cells(self, at: int) -> list[Place]:
        """The places of the cells of a line."""
        line, words = self.lines[at], self.words[at]
        places: list[Place] = []
        for match in re.finditer(r"[^|]+", words):
            cell = match[0]
            if not cell.strip() and (match.start() == 0 or match.end() == len(words)):
                continue
            begin = line.start + match.start() + len(cell) - len(cell.lstrip())
            places.append((begin, begin + len(cell.strip())))
        return places
