"""Reads a notice: one that is written down in the model (``notice.yaml``), or a published one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from audit.errors import InputEmpty, InputMissing, InputNotAFile, NoticeInvalid
from audit.notice.model import NOTICE_SCHEMA, Notice

__all__ = ["WRITTEN", "first_problem", "load_yaml", "read_notice"]

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
    data = load_yaml(path)
    if not isinstance(data, dict) or data.get("schema") != NOTICE_SCHEMA:
        raise NoticeInvalid(
            path, "line 1", "it is no notice", f"begin it with `schema: {NOTICE_SCHEMA}`"
        )
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


def load_yaml(path: Path) -> Any:
    """The data of a YAML or JSON file; what it holds is not quoted in errors."""
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import DuplicateKeyError
    from ruamel.yaml.error import YAMLError

    if not path.exists():
        raise InputMissing(path)
    if not path.is_file():
        raise InputNotAFile(path, "a YAML file")
    try:
        data = YAML(typ="safe").load(path.read_text("utf-8"))
    except UnicodeDecodeError:
        raise NoticeInvalid(path, "the file", "it is not UTF-8", "save it as UTF-8") from None
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else "the file"
        problem, remedy = "it is not YAML", "mend the indentation or the quotes"
        if isinstance(error, DuplicateKeyError):
            problem, remedy = "a word stands there that stands above already", "keep one of the two"
        raise NoticeInvalid(path, place, problem, remedy) from None
    if data is None:
        raise InputEmpty(path)
    return data


_PLAIN = {
    "tuple_type": "a list belongs there",
    "missing": "it is missing",
    "extra_forbidden": "no such word is known there",
    "string_type": "words belong there: put them in quotes",
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "a whole number belongs there"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "`true` or `false` belongs there"),
    **dict.fromkeys(
        ("model_type", "model_attributes_type", "dict_type", "mapping_type"),
        "a word with a colon and its value belongs there, such as `file: customers.csv`",
    ),
    "string_pattern_mismatch": "it does not have the form that belongs there",
    **dict.fromkeys(
        (
            "date_type",
            "date_parsing",
            "date_from_datetime_parsing",
            "date_from_datetime_inexact",
        ),
        "a day belongs there, as YYYY-MM-DD",
    ),
}
"""The problems that people meet most, by pydantic's name, in the words of those who write plans."""


def first_problem(error: ValidationError) -> tuple[str, str]:
    """The place and the problem of the first validation error, without the value."""
    first = error.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"]) or "the file"
    return place, _PLAIN.get(first["type"]) or _as_told(first["msg"])


def _as_told(message: str) -> str:
    """What pydantic says, as a part of a sentence."""
    said = message.removeprefix("Value error, ")
    return said.replace("Input should be", "it should be").replace("Input should", "it should")


def _validated(path: Path, data: dict[str, Any]) -> Notice:
    try:
        return Notice.model_validate(data)
    except ValidationError as error:
        place, problem = first_problem(error)
        raise NoticeInvalid(path, place, problem, "correct it there") from None
