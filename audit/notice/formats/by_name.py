"""The forms in which a reading is handed on, by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from audit.notice.document import Document
from audit.notice.formats.dpv import as_dpv
from audit.notice.formats.labels import as_labels
from audit.notice.formats.tilt import as_tilt, read_tilt
from audit.notice.formats.written import as_json, as_yaml
from audit.notice.model import Notice
from audit.notice.read import WRITTEN, read_notice
from audit.notice.reading import Reading, read_published
from audit.notice.review.defects import known_defects

__all__ = ["FORMATS", "open_notice"]


def open_notice(path: Path) -> Reading:
    """A reading of a published notice, or of one that is written down already."""
    if path.suffix.lower() not in WRITTEN:
        return read_published(path)
    notice = read_tilt(path) or read_notice(path)
    empty = Document(text="", plain="", blocks=(), form="text")
    return Reading(document=empty, language=notice.language, notices=(notice,))


def _yaml(reading: Reading) -> str:
    return "---\n".join(as_yaml(notice) for notice in reading.notices)


def _json(reading: Reading) -> str:
    """One notice as an object, several as a list of them."""
    if len(reading.notices) == 1:
        return as_json(reading.notice)
    whole = [json.loads(as_json(notice)) for notice in reading.notices]
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _labels(reading: Reading) -> str:
    defects = known_defects(reading.notices, date.today())
    return json.dumps(as_labels(reading, defects), ensure_ascii=False, indent=2) + "\n"


def _each_as(form: Callable[[Notice], Any]) -> Callable[[Reading], str]:
    """Each register's notice in another vocabulary: one as an object, several as a list."""

    def written(reading: Reading) -> str:
        each = [form(notice) for notice in reading.notices]
        whole = each[0] if len(each) == 1 else each
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"

    return written


FORMATS: dict[str, Callable[[Reading], str]] = {
    "yaml": _yaml,
    "json": _json,
    "labels": _labels,
    "tilt": _each_as(as_tilt),
    "dpv": _each_as(as_dpv),
}
"""A form by its name on the command line; each writes the whole reading as text."""
