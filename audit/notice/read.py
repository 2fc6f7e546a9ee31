"""Reads a notice: one that is written down in the model (``notice.yaml``), or a published one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from audit.errors import InputEmpty, NoticeInvalid
from audit.notice.keys import reject_unknown_keys
from audit.notice.model import NOTICE_SCHEMA, Notice
from audit.notice.validation import first_problem, follows, load_yaml

__all__ = ["WRITTEN", "read_notice"]

WRITTEN = (".yaml", ".yml", ".json")
"""Endings of files in which a notice stands as data."""


def read_notice(path: Path, register: str | None = None) -> Notice:
    """
    Read ``notice.yaml``, or a published notice as text, Markdown, HTML, DOCX or PDF.

    Raises ``NoticeInvalid`` with the place in the file, or another ``AuditError`` where the file
    itself cannot be read. Of a published notice that describes several registers, ``register``
    chooses; the first if it names none of them.
    """
    if path.suffix.lower() not in WRITTEN:
        from audit.notice.reading import read_published

        return read_published(path).of(register)
    begin = f"begin it with `schema: {NOTICE_SCHEMA}`"
    try:
        data = load_yaml(path)
    except InputEmpty:
        begin = f"{begin}, or name the published notice instead"
        raise NoticeInvalid(path, "line 1", "it is empty", begin) from None
    if not follows(data, Notice, NOTICE_SCHEMA):
        raise NoticeInvalid(path, "line 1", "it is no notice", begin)
    notice = _validated(path, data)
    if notice.text_file and (text := path.parent / notice.text_file).is_file():
        digest = hashlib.sha256(text.read_bytes()).hexdigest()
        if notice.text_sha256 and digest != notice.text_sha256:
            raise NoticeInvalid(
                path,
                "text_sha256",
                f"{notice.text_file} has changed since the notice was read",
                "read the notice again, so that quotes stand where they are said to",
            )
        return _with_sections(notice, text)
    return notice


def _with_sections(notice: Notice, text: Path) -> Notice:
    """The notice with the sections of its text, which are read anew each time."""
    from audit.notice.sections import sections_of

    markdown = text.suffix.lower() in (".md", ".markdown")
    try:
        words = text.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return notice
    return notice.model_copy(update={"sections": sections_of(words, markdown=markdown)})


def _validated(path: Path, data: dict[str, Any]) -> Notice:
    try:
        notice = Notice.model_validate(data)
    except ValidationError as error:
        place, problem = first_problem(error, Notice)
        raise NoticeInvalid(path, place, problem, "correct it there") from None
    reject_unknown_keys(notice, path)
    return notice
