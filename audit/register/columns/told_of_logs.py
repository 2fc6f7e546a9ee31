"""What the content of a system's or a web server's log tells, and which of its fields matter to nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.categories.headers import words
from audit.register.columns.told_roles import by_content, roles_in
from audit.register.model import Certainty, Column, Role
from audit.register.words import UNREAD, reader
from audit.vocabulary import load

__all__ = ["with_told_of_logs"]


def with_told_of_logs(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], kind: str
) -> list[Column]:
    """The columns of a log, with what its filled ``cells`` tell of the events."""
    if kind not in ("access_log", "web_log"):
        return list(columns)
    found = [_of_the_program(column) for column in columns]
    if kind == "access_log":
        _tell(found, cells, Role.EVENT_KIND, _OF_LOGINS)
        _tell(found, cells, Role.EVENT_OUTCOME, frozenset({"failed"}))
    return found


def _of_the_program(column: Column) -> Column:
    """The column; what programs write of an event beside who did what is no person's: *level*."""
    if column.role is not None or words(column.header) not in load("generic")["of_logs"]:
        return column
    ground = f"header: “{words(column.header)}”"
    told = {"category": "technical", "ground": ground, "certainty": Certainty.LIKELY}
    return column.model_copy(update=told)


def _tell(
    found: list[Column], cells: Sequence[Sequence[str]], role: Role, telling: frozenset[str]
) -> None:
    """Give a log its one column the role, of whose words some are ``telling``: *Handling*, *Vad*, *status*."""
    if role in roles_in(found):
        return
    read = reader(role)
    said = {
        n: {read(cell)[0] for cell in set(cells[n])}
        for n, column in enumerate(found)
        if column.role in (None, Role.STATUS)
    }
    may = [n for n, words_of in said.items() if words_of & telling]
    if role is Role.EVENT_OUTCOME:  # it says nothing but how an event ended: no address does
        may = [n for n in may if UNREAD not in said[n] and all(map(_ENDED.fullmatch, cells[n]))]
    if len(may) == 1:
        found[may[0]] = by_content(found[may[0]], role, cells[may[0]])


_ENDED = re.compile(r"[1-5][0-9]{2}|[^\W\d_]+(?: [^\W\d_]+)?")
_OF_LOGINS = frozenset({"login", "login_failed"})
