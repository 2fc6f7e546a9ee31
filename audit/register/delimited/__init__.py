"""
Delimited text: what Excel and its kin export.

A file is read one of two ways, and each keeps every physical line. A *plain* file (UTF-8, every
record as wide as the header) is scanned where it lies. Anything else is rewritten once, streaming,
into the private workspace: re-encoded, or, where lines are broken, *repaired*, each record with
its line number and each unreadable line quarantined with a reason.

``encoding`` and ``lines`` turn bytes into lines, ``split`` a line into cells (``fixed_width`` where
nothing but blanks part them); ``dialect``,
``header`` and ``head`` decide from the start of a file how it is written; ``align`` mends a record
that is not as wide as its table, and ``repair`` a whole file.
"""

from audit.register.delimited.count import count_lines
from audit.register.delimited.encoding import encoding_of, is_text, reencode, wide_encoding
from audit.register.delimited.head import read_head, read_heads, titles
from audit.register.delimited.header import (
    are_headers,
    are_values,
    begins_table,
    looks_like_data,
    titles_above,
)
from audit.register.delimited.lines import first_bytes
from audit.register.delimited.model import (
    CLEAN,
    HEAD_BYTES,
    MARKERS,
    Head,
    LineCount,
    Part,
    Repaired,
    Told,
)
from audit.register.delimited.repair import repair
from audit.register.delimited.shape import is_drawn

__all__ = [
    "CLEAN",
    "HEAD_BYTES",
    "MARKERS",
    "Head",
    "LineCount",
    "Part",
    "Repaired",
    "Told",
    "are_headers",
    "are_values",
    "begins_table",
    "count_lines",
    "encoding_of",
    "first_bytes",
    "is_drawn",
    "is_text",
    "looks_like_data",
    "read_head",
    "read_heads",
    "reencode",
    "repair",
    "titles",
    "titles_above",
    "wide_encoding",
]
