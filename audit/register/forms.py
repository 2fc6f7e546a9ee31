"""
Which form a file is of, told by its first bytes and, where they leave it open, by its ending.

To add a form, write a module with ``tables(path, shown)`` beside this one and name it in
``_MODULES``.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from audit.errors import InputUnreadable
from audit.register.delimited import (
    encoding_of,
    first_bytes,
    is_drawn,
    is_text,
    reencode,
    wide_encoding,
)
from audit.register.extract import Extract
from audit.register.model import Dialect

__all__ = ["Form", "Unread", "ending_of", "forget", "form_of", "in_narrow", "open_tables"]

_START = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"RIFF",
    b"\0\0\0\x18ftyp",
)
_PICTURE_ENDINGS = frozenset(
    ".png .jpg .jpeg .gif .bmp .tif .tiff .webp .heic .svg .ico .mp3 .mp4 .mov .avi .wav".split()
)
_PROSE_ENDINGS = frozenset(
    ".pdf .doc .docx .odt .rtf .md .htm .html .eml .msg .pages .ppt .pptx .odp .tex".split()
)
_TABLE_ENDINGS = frozenset(
    ".csv .tsv .txt .tab .psv .ssv .dsv .asc .dat .log .lst .prn .rpt .unl .del .xls .xlsx".split()
)
_OF_COPIES = re.compile(r"~|[._ -]?(?:bak|backup|old|orig|copy|tmp|[0-9]+)")
_BINARY_ENDINGS = frozenset(".zip .gz .db .sqlite .sqlite3 .parquet .xlsm .xlsb .ods".split())
_PERHAPS_TABLES = frozenset(".txt .dat .log .lst .prn .rpt .del".split())
_PERHAPS_LABELLED = frozenset({*_PERHAPS_TABLES, "", ".asc", ".ldif", ".ldf"})
_MADE_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_OTHER_ENDINGS = frozenset(".ndjson .jsonl .json .har .vcf .vcard".split())


class Form(StrEnum):
    """A form that is read."""

    DELIMITED = "delimited"
    WORKBOOK = "workbook"
    JSON = "json"
    NDJSON = "ndjson"
    WEBSITE = "website"
    PARQUET = "parquet"
    SQLITE = "sqlite"
    VCARD = "vcard"
    WEB_LOG = "web_log"
    SERVER_LOG = "server_log"
    SYSTEM_LOG = "system_log"
    LABELLED = "labelled"
    MARKUP = "markup"
    ZIP = "zip"
    GZIP = "gzip"


class Unread(StrEnum):
    """Why a file is left out of a drafted plan."""

    FORM = "form"
    PICTURE = "picture"
    PROSE = "prose"
    LOCK_FILE = "lock_file"
    SYSTEM = "system"
    REPORT = "own_report"
    """What an audit wrote: its findings are about a register, and are none."""


_MODULES = {
    Form.WORKBOOK: "sheets.workbook",
    Form.JSON: "json.records",
    Form.NDJSON: "json.lines",
    Form.WEBSITE: "web.site",
    Form.PARQUET: "parquet",
    Form.SQLITE: "sqlite",
    Form.VCARD: "vcard",
    Form.WEB_LOG: "web.log",
    Form.SERVER_LOG: "web.server_log",
    Form.SYSTEM_LOG: "system_log",
    Form.LABELLED: "labelled",
    Form.MARKUP: "sheets.markup",
}


#: Forms whose readers take the bytes of a line end for one.
_TEXTS = frozenset(
    {
        Form.JSON,
        Form.NDJSON,
        Form.WEBSITE,
        Form.VCARD,
        Form.WEB_LOG,
        Form.SERVER_LOG,
        Form.SYSTEM_LOG,
        Form.LABELLED,
    }
)
_NONE: frozenset[str] = frozenset()
_BEGINNINGS: tuple[tuple[tuple[bytes, ...], frozenset[str], Form | Unread], ...] = (
    ((b"PAR1",), _NONE, Form.PARQUET),
    ((b"SQLite format 3\0",), _NONE, Form.SQLITE),
    ((b"\x1f\x8b",), _NONE, Form.GZIP),
    (
        (b"\x09\x08\x10\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00"),
        _NONE,
        Form.WORKBOOK,
    ),  # old XLS
    (_PICTURES, _PICTURE_ENDINGS, Unread.PICTURE),
    ((b"%PDF", b"{\\rtf"), _PROSE_ENDINGS, Unread.PROSE),
)


def form_of(path: Path, shown: str) -> Form | Unread:
    """The form of a file; raises ``InputUnreadable`` for one that pretends to be another."""
    name, ending = Path(shown).name.lower(), ending_of(shown)
    if name.startswith(("~$", ".~lock.")):
        return Unread.LOCK_FILE
    if name in _MADE_BY_SYSTEMS:
        return Unread.SYSTEM
    start = first_bytes(path, shown, _START)
    if not start and ending in _OTHER_ENDINGS | _TABLE_ENDINGS | _BINARY_ENDINGS:
        return Form.DELIMITED  # whose reader says that it is empty
    form = _by_bytes(path, start, ending)
    if form is not None and not (ending == ".md" and _is_drawn_table(_decoded(start))):
        return form
    if is_text(start):
        return _by_text(path, shown, start, ending)
    if ending in _TABLE_ENDINGS - _PERHAPS_TABLES:
        raise InputUnreadable(shown, "it is not text, whatever its name says", "export it again")
    return Unread.FORM


def ending_of(shown: str) -> str:
    """
    A file's ending, in small letters; of an older copy, that which it had before.

    >>> [ending_of(name) for name in ("a.CSV", "a.csv.bak", "a.csv~", "a.csv_old", "members.001", "as of 1.10.2025", "a.py")]
    ['.csv', '.csv', '.csv', '.csv', '', '', '.py']
    """
    path = Path(shown.lower())
    while path.suffix and _OF_COPIES.fullmatch(path.suffix):
        path = path.with_suffix("")
    bare = re.sub(f"{_OF_COPIES.pattern}$", "", path.suffix)
    return bare if bare in _TABLE_ENDINGS else path.suffix


def in_narrow(path: Path, form: Form | Unread, folder: Path) -> Path:
    """The file, or a copy of it in UTF-8 in a ``folder``, if its form is text and its characters are wide."""
    if form not in _TEXTS:
        return path
    with path.open("rb") as file:
        encoding = wide_encoding(file.read(_START))
    if encoding is None:
        return path
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:16]
    target = folder / f"narrow_{digest}{path.suffix[:12]}"
    with target.open("wb") as copy:
        reencode(path, Dialect(encoding=encoding), copy)
    return target


def open_tables(path: Path, form: Form, shown: str) -> list[Extract]:
    """The tables of a file of any form but delimited text and archives."""
    stat = path.stat()
    return list(_opened(path, form, shown, stat.st_size, stat.st_mtime_ns))


def forget() -> None:
    """Let go of the file that was opened last."""
    _opened.cache_clear()


@lru_cache(maxsize=1)  # the sheets of one workbook are asked for one after the other
def _opened(path: Path, form: Form, shown: str, _size: int, _changed: int) -> tuple[Extract, ...]:
    module = import_module(f"audit.register.{_MODULES[form]}")
    return tuple(module.tables(path, shown))


def _by_bytes(path: Path, start: bytes, ending: str) -> Form | Unread | None:
    """The form, where the first bytes settle it."""
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path, ending)
    if start.startswith(_OLE):
        return Unread.PROSE if ending in _PROSE_ENDINGS else Form.WORKBOOK
    if start.startswith(b"PAR1") and _is_evidence(path):
        return Unread.REPORT
    for beginnings, endings, form in _BEGINNINGS:
        if start.startswith(beginnings) or ending in endings:
            return form
    return None


def _zipped(path: Path, ending: str) -> Form | Unread:
    """A ZIP, or one of the documents that are ZIPs inside."""
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            kind = package.read("mimetype")[:200] if "mimetype" in names else b""
            core = package.read(_CORE)[:_START] if _CORE in names else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError):
        return Form.WORKBOOK if ending in (".xlsx", ".xlsm", ".xlsb", ".ods") else Form.ZIP
    if b"<cp:keywords>register-audit</cp:keywords>" in core:
        return Unread.REPORT
    if {"xl/workbook.xml", "xl/workbook.bin"} & names or b"spreadsheet" in kind:
        return Form.WORKBOOK
    if "[Content_Types].xml" in names or kind:
        return Form.WORKBOOK if ending in (".xlsx", ".xlsm", ".xlsb", ".ods") else Unread.PROSE
    return Form.ZIP


def _by_text(path: Path, shown: str, start: bytes, ending: str) -> Form | Unread:
    text = _decoded(start).lstrip("\ufeff \t\r\n")
    low = text[:2000].lower()
    if low.startswith("begin:vcard"):
        return Form.VCARD
    if low.startswith(("<!doctype", "<html", "<table", "<?xml", "<meta")):
        return _marked_up(text, shown, ending)
    if ending in (".ndjson", ".jsonl"):
        return Form.NDJSON
    if ending in (".json", ".har") or (text.startswith(("{", "[")) and _is_json(text)):
        return _json_form(path, text, ending)
    if (by_lines := _by_lines(text, ending)) is not None:
        return by_lines
    if ending in (".vcf", ".vcard"):
        raise InputUnreadable(shown, "it holds no card", "export the contacts again")
    return Form.DELIMITED if ending in {"", ".md", *_TABLE_ENDINGS} else Unread.FORM


def _is_drawn_table(text: str) -> bool:
    """Whether a text is a table as Markdown has it, beneath a title at most."""
    lines = [line for line in text.splitlines() if line.strip()]
    rows = sum(line.lstrip().startswith("|") for line in lines)
    return rows * 10 >= len(lines) * 8 and any(map(is_drawn, lines))


def _marked_up(text: str, shown: str, ending: str) -> Form | Unread:
    """The form of a web page or XML: a spreadsheet where it goes by such a name and has a table."""
    from audit.register.sheets.markup import is_markup

    if ending not in _TABLE_ENDINGS:
        return Unread.FORM
    if is_markup(text):
        return Form.MARKUP
    raise InputUnreadable(
        shown, "it is a web page or XML under another name", "save it as XLSX or CSV"
    )


def _by_lines(text: str, ending: str) -> Form | None:
    """The form of a text that its lines tell: of logs, and of fields one below the other."""
    from audit.register.labelled import is_labelled
    from audit.register.system_log import is_system_log
    from audit.register.web.log import is_web_log
    from audit.register.web.server_log import is_server_log

    if is_web_log(text):
        return Form.WEB_LOG
    if is_server_log(text):
        return Form.SERVER_LOG
    if is_system_log(text):
        return Form.SYSTEM_LOG
    labelled = ending in _PERHAPS_LABELLED and is_labelled(text)
    return Form.LABELLED if labelled else None


def _is_evidence(path: Path) -> bool:
    """Whether a Parquet file has the columns of an audit's evidence; its last bytes name them."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _START))
        last = file.read()
    return all(name in last for name in _EVIDENCE)


_EVIDENCE = (b"check", b"result", b"record_key", b"category", b"detail", b"source", b"line")
_CORE = "docProps/core.xml"


def _json_form(path: Path, text: str, ending: str) -> Form | Unread:
    if not text.startswith(("{", "[")):
        return Form.JSON  # whose reader says what is wrong with it, and where
    if ending == ".har" or ('"entries"' in text and '"log"' in text[:200]):
        return Form.WEBSITE
    if text.startswith("{"):
        first = text.splitlines()[0].rstrip().rstrip("\r")
        if first.endswith("}") and len(text.splitlines()) > 1 and _is_json(first):
            return Form.NDJSON
        raw = path.read_bytes() if path.stat().st_size < _WHOLE else b""
        if _SCHEMA.search(raw):
            return Unread.REPORT
        if _is_inspection(raw):
            return Form.WEBSITE
    return Form.JSON


_WHOLE = 64 << 20  # bytes of a document that is looked at whole
_SCHEMA = re.compile(rb'^ *"schema": "register-audit/', re.MULTILINE)


def _is_inspection(raw: bytes) -> bool:
    return b'"cookies"' in raw and (b'"uri_ins"' in raw or b'"firstPartyStorage"' in raw)


def _is_json(text: str) -> bool:
    """Whether a text begins with a JSON object or array, not with a bracket in a table."""
    inner = text[1:].lstrip()
    return inner[:1] in ('"', "{", "[", "}", "]") and (text[0] == "[" or ":" in inner)


def _decoded(start: bytes) -> str:
    return start.decode(encoding_of(start, whole=len(start) < _START), "replace")
