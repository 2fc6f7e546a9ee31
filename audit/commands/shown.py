"""Names from outside, fit for a file's name and for a terminal."""

from __future__ import annotations

import sys
from contextvars import ContextVar

import typer

from audit.report.texts import clean

__all__ = ["language", "plain", "say", "say_document", "say_error", "slug"]

language = ContextVar("language", default="en")
"""In which errors are said: that of the report, once ``--lang`` has been read."""

_LONGEST_LINE = 4000  # a path may be long, and is to be copied whole


def slug(name: str) -> str:
    """A name as the name of a file."""
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in name).strip("-") or "register"


def plain(text: object) -> str:
    """A name from the data, safe for a terminal: cleaned as the report's page cleans it."""
    return clean(text, 80)


def say(line: str, *, indent: int = 0, error: bool = False) -> None:
    """One line that may hold names from outside, without control and direction marks."""
    typer.echo(" " * indent + clean(line, _LONGEST_LINE), err=error)


def say_document(text: str) -> None:
    """A document of many lines: byte for byte into a file or a pipe, cleaned for a terminal."""
    if sys.stdout.isatty():
        text = "\n".join(
            "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
            for line in text.split("\n")
        )
    typer.echo(text, nl=False)


def say_error(sentence: str) -> None:
    """One sentence on standard error, in the language of the report where it is known there."""
    from audit.report.sentences import told

    said, _ = told(sentence, language.get())
    say(f"register-audit: {said}", error=True)
