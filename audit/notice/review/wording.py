"""
What could be written instead: proposed wording in the notice's own language.

The templates are ``wording/<language>.toml``, by code and, where a check knows several sorts of
what it finds, by its detail. They are filled from the notice; what only the controller knows stands
in square brackets, for the owner to fill in.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from audit.notice.model import Notice
from audit.notice.review.remark import Remark

__all__ = ["proposed", "wordings"]


@cache
def wordings(language: str) -> dict[str, Any]:
    """The templates of a language: a text by code, or texts by code and detail."""
    path = files("audit.notice.review").joinpath("wording", f"{language}.toml")
    return tomllib.loads(path.read_text("utf-8"))


def proposed(code: str, remark: Remark, notice: Notice) -> str:
    """The wording proposed for a remark; empty where the template has none for it."""
    template = wordings(notice.language).get(code, "")
    if isinstance(template, dict):
        template = template.get(remark.detail, template.get("otherwise", ""))
    controller = notice.controller
    values = {
        "controller": controller.name or "[…]",
        "register": notice.register_name or "[…]",
        "contact": controller.email or controller.phone or "[…]",
        **remark.values,
    }
    return str(template).format_map(values).strip()
