"""Which registers a notice describes, and which of its parts are about which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from audit.notice.extract.periods import periods
from audit.notice.lexicon import Language, pattern
from audit.notice.outline import Part
from audit.notice.passages import Passage
from audit.notice.told_alike import OWN, beside, one_by_one, told_alike, told_whole
from audit.notice.topics import names_register

__all__ = ["addressed", "in_prose", "several"]

_NUMBER = re.compile(
    r"^\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.):]?|\(?[A-HÅÄÖ][.):]|[IVX]{1,4}[.):]?(?=\s+[A-ZÅÄÖ])|"
    r"(?i:osa|del|part|section|avsnitt|luku|kapitel|chapter)\s+(?:[IVXivx]{1,5}|\d{1,2})[.:)]?)\s+"
)
_NUMBERS = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})*)[.)]?\s")
_OF_ALL = frozenset(
    ("transfers", "rights", "right_access", "right_portability", "right_rectification",
     "right_erasure", "right_restriction", "right_objection", "right_withdraw", "complaint",
     "other_rights", "automated", "protection", "cookies", "requirement", "changes", "date",
     "controller", "contact", "dpo", "disclosures", "recipients")
)  # fmt: skip
"""Topics of which a notice can speak once for all its registers."""
_SCOPED = frozenset(
    ("contents", "retention", "legal_basis", "purpose", "sources", "recipients", "disclosures")
)
_SHORT = 60
_IN_A_TABLE = 5  # the level of the heading of a register that a table describes
_SAME = 8  # letters in which forms of one name begin alike
_OPENING = 2  # words with which a sentence says what it is about
_MOST_LISTED = 6  # lines of a list of names
_STEM = 5
_LEAST_STEM = 4


def several(parts: Sequence[Part], plain: str, language: Language) -> tuple[list[Part], list[str]]:
    """The parts with the number of their register, and the registers' names; none for a single one.

    A register of several begins at a heading that names one and stands over what only a register
    has: its contents, its retention, its ground.
    """
    for found, names in (_in_each_section(parts, language), one_by_one(parts, plain)):
        if names:
            return found, names
    names = []
    alike = told_alike(parts)
    whole = set() if alike else told_whole(parts, plain, language)
    heads = [n for n, part in enumerate(parts) if n in alike | whole or _names_one(part, language)]
    heads = sorted({*heads, *beside(parts, heads, plain, language)})
    heads = _last_named(
        [n for n in heads if n in whole or _is_described(parts, n, plain, language, heads)], parts
    )
    if len(heads) < 2:  # noqa: PLR2004 - one register is no several
        return _listed(parts, plain, language)
    found = list(parts)
    for n in heads:
        number = len(names)
        names.append(_name(parts[n].title, language))
        for m in _extent(parts, n, heads, language):
            found[m] = replace(parts[m], register=number)
    return _shared(found, len(names)), names


def _in_each_section(parts: Sequence[Part], language: Language) -> tuple[list[Part], list[str]]:
    """The registers that each section tells apart: "3.1 Patient register", "4.1 Patient register"."""
    under: dict[str, dict[int, int]] = {}  # the parts that bear a name, by the part above each
    for n, part in enumerate(parts):
        above = part.parent
        if above is None or part.topics != parts[above].topics or not names_register(part.title):
            continue
        if _SCOPED.intersection(part.topics):
            under.setdefault(_name(part.title, language), {})[above] = n
    names = [name for name, places in under.items() if len(places) > 1]
    if len(names) < 2:  # noqa: PLR2004 - one register is no several
        return list(parts), []
    own = {n: number for number, name in enumerate(names) for n in under[name].values()}
    found: list[Part] = []
    for n, part in enumerate(parts):
        inherited = found[part.parent].register if part.parent is not None else None
        found.append(replace(part, register=own.get(n, inherited)))
    return found, names


def _last_named(heads: Sequence[int], parts: Sequence[Part]) -> list[int]:
    """The headings, of those with one name the last: before it, the name stood in a list."""
    last = {_NUMBER.sub("", parts[n].title).strip().lower(): n for n in heads}
    return sorted(last.values())


def _listed(parts: Sequence[Part], plain: str, language: Language) -> tuple[list[Part], list[str]]:
    """The registers that stand in one list under the heading for their names; none for fewer."""
    for part in parts:
        if not {"register_name", "registers"}.intersection(part.topics) or not part.blocks:
            continue
        words = "\n".join(plain[block.start : block.end] for block in part.blocks[:_MOST_LISTED])
        names = [each.strip(" .•-–") for each in re.split(r"[;\n]", words) if each.strip()]
        word = pattern(language, "registers", "word")
        if len(names) > 1 and all(
            len(name) < _SHORT and word.search(name.lower()) for name in names
        ):
            stems = _stems(names, language)
            return [replace(each, register=_whose(each.title, stems)) for each in parts], names
    return list(parts), []


def in_prose(
    passages: Sequence[Passage], names: Sequence[str], language: Language
) -> tuple[list[Passage], list[str]]:
    """
    The passages with the registers that paragraphs introduce, and the registers' names.

    A paragraph introduces one with its first words: "The mailing list contains ...". Where
    headings name the registers, or one register alone is described, all is as it was.
    """
    if names or any(passage.about("register_name") for passage in passages):
        return list(passages), list(names)
    opens = [_introduced(passage, language) for passage in passages]
    called: dict[str, str] = {}
    for name in opens:
        called.setdefault(name.lower()[:_SAME], name)
    called.pop("", None)
    if len(called) < 2:  # noqa: PLR2004 - one register is no several
        return list(passages), []
    found: list[Passage] = []
    numbers = {start: number for number, start in enumerate(called)}
    current: int | None = None
    before: Passage | None = None
    for passage, name in zip(passages, opens, strict=True):
        if before is not None and passage.part != before.part:
            current = None
        current = numbers.get(name.lower()[:_SAME], current)
        goes_on = before is not None and passage.block == before.block
        own = name or goes_on or _SCOPED.intersection(passage.topics)
        shared = pattern(language, "registers", "all").search(passage.lower)
        found.append(
            replace(passage, register=current)
            if current is not None and own and not shared
            else passage
        )
        before = passage
    return found, [name[:1].upper() + name[1:] for name in called.values()]


def _introduced(passage: Passage, language: Language) -> str:
    """The register whose contents a sentence begins to tell, where no heading has told them."""
    if not (passage.inferred or passage.about("contents")):
        return ""
    match = pattern(language, "registers", "introduces").match(passage.lower)
    # Each expression has one group: the name.
    name = passage.words[slice(*match.span(match.lastindex or 0))].strip() if match else ""
    return name if " " in name or _names_its_kind(name, language) else ""


def _names_its_kind(name: str, language: Language) -> bool:
    """Whether one word says which register it is: "asiakasrekisteri", not "rekisteri"."""
    return bool(pattern(language, "registers", "tail").sub("", name.lower()).strip())


def addressed(
    passages: Sequence[Passage], names: Sequence[str], language: Language
) -> list[Passage]:
    """
    The passages, those of no register in particular with the one that their label names.

    A sentence that begins with a register's name is about it, and so is what follows it in the
    paragraph, until something is said of all registers, or of all transfers.
    """
    if not names:
        return list(passages)
    stems = _stems(names, language)
    found: list[Passage] = []
    block, current = 0, None
    for whole in _told_apart(passages, stems):
        parts = _at_semicolons(whole, stems)
        for passage in parts:
            if passage.block != block:
                block, current = passage.block, None
            # What a section on protection says of how long, it says of one register's data.
            scoped = _SCOPED.intersection(passage.topics) or (
                passage.about("protection") and periods(passage.lower, language)
            )
            if passage.register is None and scoped:
                own = _whose(_subject(passage.words), stems)
                if own is not None and len(parts) == 1 and _is_whom(passage, language):
                    own = None
                if own is None and _is_of_all(passage, language):
                    current = None
                current = own if own is not None else current
                found.append(replace(passage, register=current))
            else:
                found.append(passage)
    return found


def _told_apart(passages: Sequence[Passage], stems: Sequence[set[str]]) -> list[Passage]:
    """The passages, those of a part whose rows or labels name several registers with the one they name.

    Such a part is of all of them, though it stands below the heading of the last.
    """
    own = [_whose(_label(passage), stems) for passage in passages]
    named: dict[int, set[int]] = {}
    for passage, number in zip(passages, own, strict=True):
        if number is not None and _SCOPED.intersection(passage.topics):
            named.setdefault(passage.part, set()).add(number)
    return [
        replace(passage, register=number)
        if len(named.get(passage.part, ())) > 1 and passage.register is not None
        else passage
        for passage, number in zip(passages, own, strict=True)
    ]


def _label(passage: Passage) -> str:
    """What a row or a labelled line begins with; nothing for a sentence."""
    if passage.kind == "row" and passage.cells:
        return passage.cell(0)[0]
    label, colon, _ = passage.words[:_SHORT].partition(":")
    return label if colon else ""


def _is_whom(passage: Passage, language: Language) -> bool:
    """Whether a sentence on sources begins with people: from patients comes data of all registers."""
    subject = _subject(passage.words).lower()
    return (
        passage.about("sources")
        and ":" not in passage.words[:_SHORT]
        and not pattern(language, "registers", "word").search(subject)
        and not pattern(language, "retention", "data").search(subject)
    )


def _is_of_all(passage: Passage, language: Language) -> bool:
    """Whether a sentence without a register's name leaves the one that was spoken of."""
    return bool(
        pattern(language, "registers", "all").search(passage.lower)
        or pattern(language, "registers", "others").match(passage.lower)
        or pattern(language, "transfers", "abroad").search(passage.lower)
    )


def _at_semicolons(passage: Passage, stems: Sequence[set[str]]) -> list[Passage]:
    """A sentence whose parts at semicolons are each about a register of their own, in those parts."""
    if passage.kind != "sentence" or passage.register is not None or ";" not in passage.words:
        return [passage]
    places = [match.span() for match in re.finditer(r"[^;]+", passage.words)]
    parts = [passage.words[begin:stop] for begin, stop in places]
    own = {_whose(_subject(part), stems) for part in parts} - {None}
    if len(own) < 2:  # noqa: PLR2004 - one register is no several
        return [passage]
    return [
        replace(
            passage,
            start=passage.start + begin + len(part) - len(part.lstrip()),
            end=passage.start + stop,
            words=part.lstrip(),
        )
        for part, (begin, stop) in zip(parts, places, strict=True)
        if part.strip()
    ]


def _subject(words: str) -> str:
    """The label of a passage, or the words with which its sentence begins."""
    label, colon, _ = words[:_SHORT].partition(":")
    return label if colon else " ".join(words.split()[:_OPENING])


def _stems(names: Sequence[str], language: Language) -> list[set[str]]:
    """What tells each name from the others: the beginnings of its words, of compounds the first part."""
    found = []
    for name in names:
        words = re.findall(r"[^\W\d_]{4,}", name.lower())
        kind = pattern(language, "registers", "word")
        words = [word for word in words if kind.search(word) and not kind.match(word)] or words
        firsts = [pattern(language, "registers", "tail").sub("", word) for word in words]
        found.append({first[:_STEM] for first in firsts if len(first) >= _LEAST_STEM})
    return [own - {stem for other in found if other is not own for stem in other} for own in found]


def _whose(label: str, stems: Sequence[set[str]]) -> int | None:
    """The one register whose name a short label takes up; None for none, or for several."""
    words = re.findall(r"[^\W\d_]+", label.lower())
    hits = [
        number
        for number, own in enumerate(stems)
        if any(word.startswith(stem) for word in words for stem in own)
    ]
    return hits[0] if len(hits) == 1 else None


def _shared(parts: Sequence[Part], number: int) -> list[Part]:
    """Parts behind the last register that speak of what none of the others has: of all of them."""
    last = number - 1
    of_others = {
        topic for part in parts if part.register not in (None, last) for topic in part.topics
    }
    return [
        replace(part, register=None)
        if part.register == last
        and part.topics
        and set(part.topics) <= _OF_ALL
        and not set(part.topics) & of_others
        else part
        for part in parts
    ]


def _names_one(part: Part, language: Language) -> bool:
    title = part.title.lower()
    if not title or len(title) > 2 * _SHORT or title.endswith("?"):
        return False
    if pattern(language, "registers", "all").search(title):
        return False
    if pattern(language, "registers", "asks").match(_NUMBER.sub("", title)):
        return False  # "Which registers this notice is about" names none
    known = set(part.topics) - {"registers", "title"}
    if pattern(language, "registers", "numbered").search(title):
        return True
    if known - {"cookies"}:
        return False
    bare = _NUMBER.sub("", title)
    return bool(pattern(language, "registers", "name").search(bare))


def _extent(
    parts: Sequence[Part], head: int, heads: Sequence[int], language: Language
) -> list[int]:
    """The parts from a register's heading to where it ends."""
    found = [head]
    for n in range(head + 1, len(parts)):
        part = parts[n]
        if n in heads or pattern(language, "registers", "all").search(part.title.lower()):
            break
        if _IN_A_TABLE <= parts[head].level > part.level:
            break  # what follows the table is of all its registers
        if 0 < _depth(part.title) < _depth(parts[head].title):
            break  # "4. Recipients" is of all that "3.1" to "3.9" tell apart
        if part.level <= parts[head].level:
            if parts[head].blocks:
                break
            if not _SCOPED.union(OWN).intersection(part.topics):
                if not any(later > n for later in heads) and not _recurs(part, parts[: heads[-1]]):
                    break
                continue
        found.append(n)
    return found


def _depth(title: str) -> int:
    """How many numbers a heading begins with: two of "3.13 If you visit us", 0 without any."""
    found = _NUMBERS.match(title)
    return len(found[1].split(".")) if found else 0


def _recurs(part: Part, before: Sequence[Part]) -> bool:
    """Whether an earlier register has a section of the same kind, so that each has its own."""
    return bool(part.topics) and any(set(part.topics) == set(other.topics) for other in before)


def _is_described(
    parts: Sequence[Part], head: int, plain: str, language: Language, heads: Sequence[int]
) -> bool:
    """Whether what stands under a heading is what a register has."""
    extent = _extent(parts, head, heads, language)
    if OWN.intersection(topic for n in extent[1:] for topic in parts[n].topics):
        return True
    words = " ".join(plain[b.start : b.end] for n in extent for b in parts[n].blocks).lower()
    signs = pattern(language, "registers", "described")
    return len({match[0] for match in signs.finditer(words)}) > 1


def _name(title: str, language: Language) -> str:
    bare = _NUMBER.sub("", title).strip(" :–-")
    bare = pattern(language, "registers", "label").sub("", bare).strip(" :–-")
    return bare.capitalize() if bare.isupper() else bare
