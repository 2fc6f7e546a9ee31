"""Lines of text into blocks: which are headings, items of a list, rows, or running text."""

from __future__ import annotations

from audit.notice.document import Block
from audit.notice.forms.habits import habits_of, with_colons
from audit.notice.forms.marks import (
    ASKS,
    BARE,
    BARE_NUMBER,
    BOLD_LABEL,
    BOLD_LINE,
    BULLET,
    DASHED,
    GAPPED,
    HASHES,
    ITALIC_LINE,
    LABEL,
    LENGTH,
    LETTERED,
    MAILBOX,
    MOST_RUN_IN,
    NUMBERED,
    NUMBERED_ITEM,
    RULE,
    TWO_SENTENCES,
    UNDERLINE,
    YEAR_LAST,
    begins,
    decorated,
    first_number,
    follows_a_stop,
    heads_alone,
    is_item,
    is_led_in,
    is_numbered,
    is_topic,
    is_upper,
    level_by_roman,
    runs_in,
    stands_alone,
)
from audit.notice.forms.tables import Line, table_at
from audit.notice.topics import (
    is_headline,
    is_of_all_registers,
    label_topics,
    names_register,
    topics_of,
)

__all__ = ["Line", "blocks_of"]

_UNKNOWN_WORDS = 7  # of a heading whose words say nothing known
_MOST_LETTERS = 110
_SHORT = 0.75  # of the longest line: what is shorter ends its paragraph
_LONG = 60  # characters in which few headings are, however long the lines of a text are
_QUESTION_WORDS = 16  # of a heading that asks
_LABEL_WORDS = 3  # of a heading right below another
_NO_SENTENCES = frozenset(("register_name", "controller", "contact", "dpo", "date"))
_ITS_OWN = frozenset(("contents", "unknown"))


def blocks_of(plain: str, lines: list[Line], *, markdown: bool = False) -> list[Block]:
    """The blocks of lines; a paragraph of several lines is one block."""
    return _Reader(plain, lines, markdown=markdown).read()


class _Reader:
    """Goes through the lines once; what a line is depends on those beside it."""

    def __init__(self, plain: str, lines: list[Line], *, markdown: bool) -> None:
        self.plain = plain
        self.lines = lines
        self.words = [plain[line.start : line.end] for line in lines]
        self.words = with_colons(self.words)
        self.habits = habits_of(self.words, markdown=markdown)
        self.blocks: list[Block] = []
        self._after_label = False
        self._least = 0  # the level of what is a heading by its looks, below one that hashes mark
        self.open: Line | None = None
        """Where the paragraph that goes on begins."""
        self.open_end = 0
        self.number = 0
        """Of the item that goes on, where it has one."""
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
        if not words.strip() or RULE.match(words):
            self._close()
            return 1
        numbered = NUMBERED_ITEM.match(words)
        if numbered and self._is_next(words):
            self._close()  # "2." right below the item that "1." begins
        if rows := self._table(at) or self._numbered_above(at) or self._heading(at):
            return int(rows)
        if match := BULLET.match(words):
            self._close()
            self._begin(line, "item", match.end())
            return 1
        if self.open is None and numbered:
            self._begin(line, "item", numbered.end())
            self.number = first_number(words)
            return 1
        if (self.habits.unwrapped and words[:1].isupper()) or self._ends_a_list(at):
            self._close()
        if self.open is None:
            self._begin(line, "text", len(words) - len(words.lstrip()))
        self.open_end = line.start + len(words.rstrip())
        return 1

    def _is_next(self, words: str) -> bool:
        """Whether a numbered line is the item behind the one that goes on."""
        item = self.open is not None and self.kind == "item"
        return item and 0 < self.number == first_number(words) - 1

    def _ends_a_list(self, at: int) -> bool:
        """Whether a sentence stands right below the last item: *No other data are kept.*, or a lead."""
        words, before = self.words[at], self.words[at - 1].rstrip() if at else ""
        return (
            self.open is not None
            and self.kind == "item"
            and words[:1].isupper()
            and len(words.split()) > 1
            and len(before) < _SHORT * self.habits.width
            and not before.endswith((",", "-", "–", "/", "(", ":"))
            and words.rstrip().endswith((".", "!", ":"))
        )

    def _table(self, at: int) -> int:
        """Read the table that begins here; the number of its lines, 0 where there is none."""
        if (found := table_at(self.plain, self.lines, at)) is None:
            return 0
        self._close()
        self.blocks += found[0]
        return found[1]

    def _begin(self, line: Line, kind: str, skip: int) -> None:
        self.open = Line(line.start + skip, line.end, line.page)
        self.number = 0
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
        level = max(level, self._least)
        self.blocks.append(Block(kind="heading", start=begin, end=end, level=level, page=line.page))

    def _add_line(self, line: Line, words: str, level: int) -> None:
        """A heading that is a whole line, without blanks around it and the colon behind it."""
        begin = line.start + len(words) - len(words.lstrip())
        self._add_heading(line, begin, line.start + len(words.rstrip().rstrip(":")), level)

    def _heading(self, at: int) -> bool:
        words, line = self.words[at], self.lines[at]
        if self.habits.markdown and self._marked(words, line):
            return True
        if self._labelled(words, line):
            return True
        opens = (self.habits.run_in and self.open is None) or (
            self.habits.run_in_dense and follows_a_stop(self.words, at)
        )
        if opens and (match := runs_in(words)):
            self._add_heading(line, line.start + match.start(1), line.start + match.end(1), 3)
            self._begin(line, "text", match.end())
            return True
        if self._set_off(at) and (place := decorated(words)):
            self._add_heading(line, line.start + place[0], line.start + place[1], 2)
            return True
        if (level := self._level(at)) is None:
            return False
        self._add_line(line, words, level)
        return True

    def _set_off(self, at: int) -> bool:
        """Whether a mark at the head of a line can set off a heading, and no item that is led in."""
        by_mark = self.habits.mark and self.words[at].lstrip().startswith(self.habits.mark)
        may = bool(by_mark) or (self.habits.decorated and begins(self.words, at))
        return may and not is_led_in(self.words, at)

    def _numbered_above(self, at: int) -> int:
        """A number on a line of its own over the heading that it numbers; the lines read."""
        if not BARE_NUMBER.match(self.words[at]):
            return 0
        below = at + 1
        while below < len(self.lines) and not self.words[below].strip():
            below += 1
        if below == len(self.lines) or not is_headline(self.words[below].strip().rstrip(":")):
            return 0
        self._add_line(self.lines[below], self.words[below], 2)
        return below - at + 1

    def _marked(self, words: str, line: Line) -> bool:
        """A heading of Markdown: hashes, or a line in bold."""
        if match := HASHES.match(words):
            level, self._least = len(match[1]), 0
            self._add_heading(line, line.start + match.start(2), line.start + match.end(2), level)
            self._least = level + 1
            return True
        italic = ITALIC_LINE.match(words)
        if match := BOLD_LINE.match(words) or (italic if italic and is_topic(italic[1]) else None):
            self._add_heading(line, line.start + match.start(1), line.start + match.end(1), 4)
            return True
        if (
            (match := BOLD_LABEL.match(words))
            and (
                # In bold, a label needs no capital and no colon.
                match[1] is None
                # "- **Consent** (newsletter)" is an item of a list, with a remark.
                or (
                    topics_of(match[2].rstrip(":")) not in ((), ("title",))
                    and not words[match.end() :].startswith("(")
                )
            )
        ):
            end = line.start + match.start(2) + len(match[2].rstrip(":"))
            self._add_heading(line, line.start + match.start(2), end, 5)
            self._begin(line, "text", match.end())
            return True
        return False

    def _labelled(self, words: str, line: Line) -> bool:
        """``Label: text`` at the start of a paragraph, where the label says what it is about."""
        if self.open is not None and self.kind == "item":
            return False
        match = (
            LABEL.match(words)
            or (DASHED.match(words) if self.habits.dashed else None)
            or (GAPPED.match(words) if self.habits.gapped else None)
        )
        if match is None or BULLET.match(words):
            return False
        found = label_topics(match[1])
        unknown = self.habits.labelled and not found and len(match[1].split()) <= _UNKNOWN_WORDS
        if unknown and match[1][:1].isupper() and self._after_label:
            found = ("unknown",)
        if not found or ("contact" in found and "contents" in self.topics):
            return False
        alone = match[1].strip().lower() in BARE
        rule = "retention" not in found and LENGTH.search(words, match.end())
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
        alone = self.open is None and stands_alone(self.words, at)
        if level is None and (not self.habits.hashes or (alone and heads_alone(self.words, at))):
            level = self._numbered(at, words)
        if level is not None:
            return level
        bare = words.rstrip(":")
        # Where hashes mark the headings, a plain line is none unless it asks or leads in; and right
        # below one it leads its list in: "We process the following data:".
        leads = words.endswith(":") and self._after_heading() and bool(self.topics)
        plain = self.habits.hashes and (leads or not words.endswith((":", "?")))
        if plain or NUMBERED.match(words) or self._goes_on(at, words):
            return None
        if is_upper(bare) and not is_item(self.words, at):
            return 1
        lettered = LETTERED.match(bare)
        if (
            lettered
            and ": " not in bare
            and bare[lettered.end()].isupper()
            and is_headline(bare)
            and "," not in bare
        ):
            return 2
        apart = (alone or self._set_apart(at)) and bare[:1].isupper()
        return 2 if apart and self._looks(at, words) else None

    def _underlined(self, at: int, words: str) -> int | None:
        """The level of a heading with a rule of its own under it: of two strokes, or of one."""
        below = self.words[at + 1].strip() if at + 1 < len(self.words) else ""
        if self.habits.hashes or self.open is not None or not UNDERLINE.fullmatch(below):
            return None
        if not words[:1].isupper() or "|" in words or words.endswith((".", ",", ";")):
            return None
        return 1 if below[0] == "=" else 2

    def _goes_on(self, at: int, words: str) -> bool:
        """Whether a long line is the first of a wrapped sentence: small letters below."""
        below = self.words[at + 1].strip() if at + 1 < len(self.words) else ""
        return (
            below[:1].islower()
            and not words.endswith((":", "?"))
            and len(words) > min(_SHORT * self.habits.width, _LONG)
        )

    def _looks(self, at: int, words: str) -> bool:
        """Whether a line that is set apart reads like a heading."""
        if words.endswith("?"):
            return len(words.split()) <= _QUESTION_WORDS
        bare = words.rstrip(":")
        if not is_headline(bare) or TWO_SENTENCES.search(bare) or MAILBOX.search(bare):
            return False
        if self._after_heading() and "register_name" in self.topics:
            return False  # what stands under "name of the register" is its name
        listing = bare.count(",") > 1 and not words.endswith(":") and not ASKS.match(bare)
        known = bool(topics_of(bare)) and not listing
        of_registers = names_register(bare) or is_of_all_registers(bare)
        return known or of_registers or self._unknown(at, bare)

    def _numbered(self, at: int, words: str) -> int | None:
        """The level of a heading by its number, Arabic or Roman."""
        match = NUMBERED.match(words)
        if match is None:
            return level_by_roman(words)
        rest = words[match.end() :]
        if len(rest.split()) <= MOST_RUN_IN and topics_of(rest):
            rest = rest.removesuffix(".")
        if rest.endswith((".", ",", ";")) or ": " in rest or rest.count(",") > 1:
            return None
        if not rest[:1].isupper() or YEAR_LAST.search(rest):
            return None  # "3 February 2024" is a date
        known = bool(topics_of(rest))
        before = at == 0 or not self.words[at - 1].strip()
        named = names_register(rest) and not is_numbered(self.words, at)
        if known or named or (before and rest[:1].isupper()) or self._is_parted(at, match[1]):
            return 2 + match[1].count(".")
        return None

    def _is_parted(self, at: int, number: str) -> bool:
        """Whether the next line is the first part of what a number heads: "3.1" right below "3"."""
        below = (words for words in self.words[at + 1 :] if words.strip())
        match = NUMBERED.match(next(below, ""))
        return match is not None and match[1] == f"{number}.1"

    def _set_apart(self, at: int) -> bool:
        """Whether the line begins something new."""
        if self.habits.airy:
            return self.open is None and (at == 0 or not self.words[at - 1].strip())
        words = self.words[at].strip()
        if at == 0 or self._after_heading():
            return at == 0 or len(words.split()) <= _LABEL_WORDS or self._opens(at, words)
        if len(words) > _SHORT * self.habits.width:
            return False
        before = self.words[at - 1].rstrip()
        if before.endswith((".", "!", "?", ":", ")")):
            return True
        # In the first paragraph under a heading a short line ends nothing, but where the
        # section holds no sentences.
        first = bool(self.blocks) and self.blocks[-1].kind == "heading"
        if first and len(words.split()) > _LABEL_WORDS and _NO_SENTENCES.isdisjoint(self.topics):
            return False
        return len(before) < _SHORT * self.habits.width

    def _opens(self, at: int, words: str) -> bool:
        """Whether a known heading stands right below one that names what is described."""
        below = self.words[at + 1].strip() if at + 1 < len(self.words) else ""
        return (
            not self.topics
            and bool(topics_of(words))
            and len(words) <= _SHORT * _SHORT * self.habits.width
            and len(below) > len(words)
        )

    def _after_heading(self) -> bool:
        return self.open is None and bool(self.blocks) and self.blocks[-1].kind == "heading"

    def _unknown(self, at: int, words: str) -> bool:
        """A short line alone over a longer one, though its words say nothing known."""
        if self._after_heading() or not self.habits.airy or len(words.split()) > _UNKNOWN_WORDS:
            return False
        if "," in words or any(c.isdigit() for c in words):
            return False
        if not self.blocks and at < 3:  # noqa: PLR2004 - the title stands at the top
            return True
        below = self.words[at + 1 : at + 3]
        if (
            is_led_in(self.words, at)
            and below
            and below[0].strip()
            and not TWO_SENTENCES.search(below[0])
        ):
            return bool(below[0].strip().endswith((".", ":")))
        if self.habits.heads_apart and below and not below[0].strip():
            sentence = below[-1].strip()
            return len(words.split()) <= _LABEL_WORDS and sentence.endswith(".")
        return bool(below) and len(below[0].strip()) > len(words)
