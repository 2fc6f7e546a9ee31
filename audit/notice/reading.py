"""A published notice read by rule: the text into the model, each value tied to its words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from audit.errors import InputUnreadable, NoticeInvalid
from audit.notice.compose import compose
from audit.notice.document import Document
from audit.notice.forms.reader import decode, read_document
from audit.notice.infer import inferred
from audit.notice.lexicon import LANGUAGES, Language, language_of, pattern
from audit.notice.model import Notice
from audit.notice.outline import outline
from audit.notice.passages import passages
from audit.notice.registers import addressed, in_prose, several
from audit.notice.sections import sections_in
from audit.notice.tie import tie
from audit.notice.tongues import in_one_language

__all__ = ["Reading", "read_published"]

_NEAR = 70  # of 100: names of registers that mean the same
_MOST_TEXT = 400_000  # characters: a book of two hundred pages
_LEAST_LISTED = 4  # kinds of data in prose that is a notice
_LEAST_SIGNS = 2  # words of data protection, or known headings, in a text that is a notice


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was read of a published notice: one ``Notice`` per register that it describes."""

    document: Document
    language: Language
    notices: tuple[Notice, ...]

    @property
    def notice(self) -> Notice:
        """The notice of the first register."""
        return self.notices[0]

    def of(self, register: str | None) -> Notice:
        """The notice of the register that a name is nearest to; the first if it is near none."""
        from rapidfuzz.fuzz import token_set_ratio

        if register is None or len(self.notices) == 1:
            return self.notices[0]
        near = [token_set_ratio(register.lower(), n.register_name.lower()) for n in self.notices]
        best = max(range(len(near)), key=near.__getitem__)
        return self.notices[best if near[best] >= _NEAR else 0]


def read_published(path: Path) -> Reading:
    """Read a published notice of any form; raises an ``AuditError`` that says what is wrong."""
    document = in_one_language(read_document(path))
    if len(document.plain) > _MOST_TEXT:
        raise InputUnreadable(
            path,
            f"it has {len(document.plain):,} characters of text, and a notice has far fewer",
            "save the notice's own text as a file",
        )
    language = language_of(document.plain)
    if language is None or not _is_notice(document):
        raise NoticeInvalid(
            path,
            "the text",
            "it says nothing of personal data in Finnish, Swedish or English",
            "name the privacy notice itself, or its notice.yaml",
        )
    return _read(path, document, language)


def _is_notice(document: Document) -> bool:
    from audit.notice.topics import topics_of

    words = document.plain.lower()
    signs = {
        match[0] for lang in LANGUAGES for match in pattern(lang, "signs", "notice").finditer(words)
    }
    known = {
        topic
        for block in document.blocks
        if block.kind == "heading"
        for topic in topics_of(document.words(block.start, block.end))
    }
    if signs and _describes(document, words):
        return True
    return (
        len(signs) + len(known & {"retention", "controller", "contents", "transfers"})
        >= _LEAST_SIGNS
    )


def _describes(document: Document, words: str) -> bool:
    """Whether prose lists data about people and says how long it is kept."""
    from audit.notice.extract.terms import keys_of

    language = language_of(document.plain)
    return language is not None and (
        len({hit.key for hit in keys_of(words, language)}) >= _LEAST_LISTED
        and bool(pattern(language, "retention", "verbs").search(words))
        and bool(pattern(language, "holding", "verbs").search(words))
    )


def _read(path: Path, document: Document, language: Language) -> Reading:
    parts, names = several(outline(document, language), document.plain, language)
    told, names = in_prose(inferred(passages(document, parts), language), names, language)
    found = addressed(told, names, language)
    composed = compose(document, parts, found, names, language)
    tied = tie(document, parts, found, composed, language)
    # Spans count the characters of the file: of one whose letters were made whole there are none.
    own = document.form in ("text", "markdown") and document.text == decode(path, path.read_bytes())
    digest = _digest(path) if own else None
    sections = sections_in(document, parts, names)
    notices = [
        notice.model_copy(
            update={
                "text_file": path.name if own else None,
                "text_sha256": digest,
                "other_registers": tuple(n for n in names if n != notice.register_name),
                "read_from": path.name,
                "sections": sections,
            }
        )
        for notice in tied
    ]
    return Reading(document=document, language=language, notices=tuple(notices))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
