"""Knowledge as data. Each file names its source on its first line; this module reads them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["load"]


@cache
def load(name: str) -> dict[str, Any]:
    """The data file ``<name>.toml`` of this folder."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
