"""Names from outside, fit for a file's name and for a terminal."""

from __future__ import annotations

import typer

__all__ = ["plain", "say_error", "slug"]


def slug(name: str) -> str:
    """A name as the name of a file."""
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in name).strip("-") or "register"


def plain(text: str) -> str:
    """A name from the data, safe for a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)[:80]


def say_error(sentence: str) -> None:
    """One sentence on standard error, its control characters made visible."""
    shown = "".join(c if c.isprintable() else chr(0xFFFD) for c in sentence)
    typer.echo(f"register-audit: {shown}", err=True)
