"""Knowledge as data. Each file names its source on its first line; this module reads them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["ENDED_WORDS", "NO_HOLD", "NO_WORDS", "load"]


@cache
def load(name: str) -> dict[str, Any]:
    """The data file ``<name>.toml`` of this folder."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


#: States that say a relationship has ended, and words that say no, lower case.
ENDED_WORDS: tuple[str, ...] = tuple(load("states")["ended"])
NO_WORDS: tuple[str, ...] = tuple(load("states")["no"])

#: A hold that says itself that it is none: denied, released, or without ground in Art. 17(3).
NO_HOLD: str = f"(?i)(?:{'|'.join(load('states')['no_hold'])})"
