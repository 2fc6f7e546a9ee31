"""UTF-8 that was taken for what Windows writes, and made UTF-8 once more: “MÃ¤ki” for “Mäki”."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

__all__ = ["TWICE", "is_twice"]

#: The encoding's name, in plans as in Python.
TWICE = "utf-8-twice"

_WINDOWS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MORE = f"[\u0080-\u00bf{_WINDOWS}]"  # what the bytes behind the first of a letter became
_LETTER = re.compile(
    f"[\u00c2-\u00df]{_MORE}|[\u00e0-\u00ef]{_MORE}{{2}}|[\u00f0-\u00f4]{_MORE}{{3}}"
)
_OPEN = re.compile(f"[\u00c2-\u00f4]{_MORE}{{0,2}}\\Z")  # may go on in what is read next
_MADE_TWICE = re.compile(b"\xc3\x83[\xc2-\xef]")
_ONCE = re.compile(b"(?<!\xc3\x83)\xc3[\x84\x85\x96\xa4\xa5\xb6]")
_RARE = 4  # letters made twice for each that was made once


def is_twice(raw: bytes) -> bool:
    """
    Whether the letters of a text in UTF-8 were encoded twice, nearly all.

    >>> is_twice("Mäki".encode().decode("cp1252").encode()), is_twice("Mäki São SÃO".encode())
    (True, False)
    """
    twice = len(_MADE_TWICE.findall(raw))
    return twice > 0 and len(_ONCE.findall(raw)) * _RARE <= twice


def _undone(text: str) -> str:
    return _LETTER.sub(lambda found: _as_meant(found[0]), text)


def _as_meant(letters: str) -> str:
    """The letter that was meant; these themselves where they were no bytes of UTF-8."""
    data = b"".join(map(_byte, letters))
    try:
        return data.decode()
    except UnicodeDecodeError:
        return letters


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:  # five bytes that Windows has no letter for
        return letter.encode("latin-1")


class _Decoder(codecs.IncrementalDecoder):
    def __init__(self, errors: str = "strict") -> None:
        super().__init__(errors)
        self._once = codecs.getincrementaldecoder("utf-8")(errors)
        self._held = ""

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override] # noqa: FBT001
        text = self._held + self._once.decode(data, final)
        cut = None if final else _OPEN.search(text)
        self._held = "" if cut is None else cut[0]
        return _undone(text[: len(text) - len(self._held)])


def _decode(data: Buffer, errors: str = "strict", /) -> tuple[str, int]:
    raw = bytes(data)
    return _undone(raw.decode("utf-8", errors)), len(raw)


def _codec(name: str) -> codecs.CodecInfo | None:
    if name != TWICE.replace("-", "_"):
        return None
    return codecs.CodecInfo(
        codecs.utf_8_encode,
        _decode,
        incrementaldecoder=_Decoder,
        name=TWICE,
    )


codecs.register(_codec)
