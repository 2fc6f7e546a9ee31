"""
Archives: ZIP with its members, one level of ZIP inside ZIP, and gzip of one file.

Nothing is unpacked by the name that an archive gives it, no member may inflate beyond bounds, and
what is unpacked lies in the private folder of the run.
"""

from __future__ import annotations

import gzip
import hashlib
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from audit.errors import InputMissing, InputUnreadable

__all__ = ["check_package", "litter", "members", "unpack"]

_LARGEST = 16 << 30  # bytes that one archive may inflate to
_RATIO = 250  # text that repeats itself packs tighter only when it says nothing
_SMALL = 64 << 20  # bytes below which no ratio is suspicious
_MEMBERS = 10_000
_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, gzip.BadGzipFile)
_BOMB = "it inflates to far more than an export would"
_DAMAGED = "the archive is damaged"
_LEAVE_OUT = "unpack it yourself, or leave it out"


def members(path: Path, shown: str) -> list[str]:
    """The files of an archive, in order; a ZIP inside it adds its own as ``inner.zip/file``."""
    found: list[str] = []
    try:
        with zipfile.ZipFile(path) as archive:
            _check_total(archive, shown)
            for name, info in _named(archive).items():
                if info.is_dir() or _is_litter(info.filename):
                    continue
                if name.lower().endswith(".zip"):
                    found += _inside(archive, name, shown)
                else:
                    found.append(name)
    except _BROKEN:
        raise InputUnreadable(shown, _DAMAGED, "export it again") from None
    if len(found) > _MEMBERS:
        raise InputUnreadable(shown, f"it has more than {_MEMBERS} files", _LEAVE_OUT)
    return found


def litter(path: Path) -> list[str]:
    """What systems added to a ZIP of their own accord; its ``members`` say what is wrong with it."""
    with zipfile.ZipFile(path) as archive:
        named = _named(archive)
        return [name for name, info in named.items() if _is_litter(name) and not info.is_dir()]


def _inside(archive: zipfile.ZipFile, name: str, shown: str) -> list[str]:
    """The files of a ZIP inside an archive; the ZIP itself, if what is wrong with it is to be said."""
    try:
        with _opened(archive, name, shown) as inner, zipfile.ZipFile(inner) as deep:
            _check_total(deep, shown)
            return [f"{name}/{own}" for own, info in _named(deep).items() if not info.is_dir()]
    except (*_BROKEN, InputUnreadable):
        return [name]


def _named(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members by a name of their own: a second *list.csv* is *list (2).csv*, and not lost."""
    taken = {info.filename for info in archive.infolist()}
    found: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name, again = info.filename, 1
        while name in found or (again > 1 and name in taken):
            again += 1
            own = PurePosixPath(info.filename)
            name = str(own.with_name(f"{own.stem} ({again}){own.suffix}"))
        found[name] = info
    return found


def unpack(path: Path, member: str | None, folder: Path, shown: str) -> Path:
    """
    One member of a ZIP, or with None the content of a gzip, in the private folder.

    The file's ending is kept, since it helps to tell the form; nothing else of the name is.
    """
    inside = Path(member or path.stem)
    digest = hashlib.sha256(f"{path}\0{member}".encode()).hexdigest()[:16]
    target = folder / f"member_{digest}{inside.suffix[:12]}"
    if target.exists():
        return target
    try:
        if member is None:
            with gzip.open(path) as stream:
                _copy(stream, target, path.stat().st_size, shown)
        else:
            with zipfile.ZipFile(path) as archive:
                _check_total(archive, shown)
                with _opened(archive, member, shown) as stream:
                    _copy(stream, target, path.stat().st_size, shown)
    except KeyError:
        raise InputMissing(shown) from None
    except _BROKEN:
        target.unlink(missing_ok=True)
        raise InputUnreadable(shown, _DAMAGED, "export it again") from None
    return target


def check_package(path: Path, shown: str) -> None:
    """
    Refuse a workbook or document that inflates without end, is damaged, or declares entities.

    Every member is inflated once, and thrown away: what its directory says may be a lie.
    """
    try:
        with zipfile.ZipFile(path) as package:
            _check_total(package, shown)
            for info in package.infolist():
                if info.flag_bits & _ENCRYPTED:
                    raise InputUnreadable(shown, "it is protected with a password", "remove it")
                with package.open(info) as stream:
                    start = stream.read(_CHUNK)
                    if info.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in start:
                        raise InputUnreadable(
                            shown,
                            "its XML declares entities, which no spreadsheet program writes",
                            "save it again in a spreadsheet program",
                        )
                    if info.filename == "META-INF/manifest.xml" and b"encryption-data" in start:
                        raise InputUnreadable(
                            shown, "it is protected with a password", "save it without the password"
                        )
                    while stream.read(_CHUNK):
                        pass
    except _BROKEN:
        raise InputUnreadable(shown, "the file is damaged", "save or export it again") from None


def _check_total(archive: zipfile.ZipFile, shown: str) -> None:
    total = sum(info.file_size for info in archive.infolist())
    packed = sum(info.compress_size for info in archive.infolist())
    overlapping = len({info.header_offset for info in archive.infolist()}) < len(archive.infolist())
    if total > _LARGEST or total > max(_SMALL, packed * _RATIO) or overlapping:
        raise InputUnreadable(shown, _BOMB, _LEAVE_OUT)


def _opened(archive: zipfile.ZipFile, member: str, shown: str) -> IO[bytes]:
    """A member's stream; ``inner.zip/file`` names one of a ZIP inside."""
    named = _named(archive)
    if member in named:
        if named[member].flag_bits & _ENCRYPTED:
            raise InputUnreadable(
                shown, "it is protected with a password", "unpack it and pack it without one"
            )
        _refuse_link(named[member], shown)
        return archive.open(named[member])
    for outer in named:
        if outer.lower().endswith(".zip") and member.startswith(f"{outer}/"):
            inner = zipfile.ZipFile(_opened(archive, outer, shown))
            _check_total(inner, shown)
            info = _named(inner)[member.removeprefix(f"{outer}/")]
            if info.flag_bits & _ENCRYPTED:
                raise InputUnreadable(shown, "it is protected with a password", "pack it without")
            _refuse_link(info, shown)
            return inner.open(info)
    raise KeyError(member)


def _refuse_link(info: zipfile.ZipInfo, shown: str) -> None:
    """What is packed of a link is the name of a file that is elsewhere."""
    if stat.S_ISLNK(info.external_attr >> 16):
        raise InputUnreadable(shown, "it is a link", "pack the file itself")


def _copy(stream: IO[bytes] | gzip.GzipFile, target: Path, packed: int, shown: str) -> None:
    written = 0
    with target.open("wb") as file:
        for chunk in _chunks(stream):
            written += len(chunk)
            if written > _LARGEST or written > max(_SMALL, packed * _RATIO):
                file.close()
                target.unlink()
                raise InputUnreadable(shown, _BOMB, _LEAVE_OUT)
            file.write(chunk)


def _chunks(stream: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _is_litter(name: str) -> bool:
    """What systems add to archives of their own accord."""
    last = name.rsplit("/", 1)[-1]
    return (
        name.startswith("__MACOSX/") or last in (".DS_Store", "Thumbs.db") or last.startswith("~$")
    )
