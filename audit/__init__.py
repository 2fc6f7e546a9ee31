"""register-audit: holds a register's exports against its published privacy notice."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audit.api import (
        Audit,
        Register,
        audit,
        audit_frames,
        columns,
        compare,
        draft_plan,
        load,
        open_plan,
        read_notice,
    )

__all__ = [
    "Audit",
    "Register",
    "audit",
    "audit_frames",
    "columns",
    "compare",
    "draft_plan",
    "load",
    "open_plan",
    "read_notice",
]


def __getattr__(name: str) -> Any:
    # Importing the package costs nothing; what it offers is imported when it is asked for.
    if name in __all__:
        return getattr(import_module("audit.api"), name)
    raise AttributeError(f"module 'audit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
