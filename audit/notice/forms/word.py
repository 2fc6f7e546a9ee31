"""What a Word document shows, put where paragraphs and tables stand: controls, insertions, text boxes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["dated_margins", "unwrapped"]

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{_WORD}txbxContent"
_PARAGRAPH = f"{_WORD}p"
_CONTROL = f"{_WORD}sdt"
_GONE = tuple(f"{_WORD}{name}" for name in ("del", "moveFrom"))
"""What has been struck out, while changes are tracked."""
_WRAPPERS = tuple(f"{_WORD}{name}" for name in ("ins", "moveTo", "smartTag", "customXml"))
"""What stands around text without being any: insertions that are tracked, tags."""
_DATE = re.compile(r"\d.{0,14}\b(?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d")
_LONGEST = 120  # characters of a line in a margin that can say when the notice was drawn up


def unwrapped(opened: WordDocument) -> None:
    """
    Put all that a document shows where its paragraphs and tables are looked for.

    Forms are filled in content controls, addresses stand in text boxes, and a notice may be sent
    out with its changes still tracked: none of that is a paragraph of the body by itself.
    """
    body = opened.element.body
    for other in list(body.iter(_FALLBACK, *_GONE)):
        _replace(other, ())  # a fallback repeats what stands beside it
    for control in list(body.iter(_CONTROL)):
        prompts = control.find(f"{_WORD}sdtPr/{_WORD}showingPlcHdr") is not None
        content = control.find(f"{_WORD}sdtContent")
        _replace(control, () if prompts or content is None else list(content))
    for wrapper in list(body.iter(*_WRAPPERS)):
        _replace(wrapper, list(wrapper))
    for box in reversed(list(body.iter(_BOX))):
        host = next((each for each in box.iterancestors(_PARAGRAPH)), None)
        if host is not None:
            for block in reversed(list(box)):
                host.addnext(block)


def _replace(element: Any, others: Any) -> None:
    """Put others where an element of the tree stands."""
    for other in others:
        element.addprevious(other)
    element.getparent().remove(element)


def dated_margins(opened: WordDocument) -> list[str]:
    """The lines of headers and footers that hold a date: what else stands there is of no section."""
    margins = [part for each in opened.sections for part in (each.header, each.footer)]
    lines = [paragraph.text.strip() for part in margins for paragraph in part.paragraphs]
    dated = [line for line in lines if len(line) <= _LONGEST and _DATE.search(line)]
    return list(dict.fromkeys(dated))
