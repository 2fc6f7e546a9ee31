"""
YAML that people write by hand, and its mistakes in their words: the place, and the word that was meant.

What a file holds is never quoted, but for words that look like keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from audit.errors import InputEmpty, InputMissing, InputNotAFile, NoticeInvalid

__all__ = ["first_problem", "follows", "load_yaml", "no_such"]

_KEY = re.compile("[a-z_]{1,40}")  # anything else might be somebody's data in a wrong place


def load_yaml(path: Path) -> Any:
    """The data of a YAML or JSON file; what it holds is not quoted in errors."""
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import DuplicateKeyError, SafeConstructor
    from ruamel.yaml.error import YAMLError

    class Days(SafeConstructor):
        """A day that does not exist stays as it is written: the model says where it stands."""

        def construct_yaml_timestamp(self, node: Any, values: Any = None) -> Any:
            try:
                return super().construct_yaml_timestamp(node, values)
            except ValueError:
                return self.construct_scalar(node)

    Days.add_constructor("tag:yaml.org,2002:timestamp", Days.construct_yaml_timestamp)
    if not path.exists():
        raise InputMissing(path)
    if not path.is_file():
        raise InputNotAFile(path, "a YAML file")
    yaml = YAML(typ="safe")
    yaml.Constructor = Days
    try:
        data = yaml.load(path.read_text("utf-8"))
    except UnicodeDecodeError:
        raise NoticeInvalid(path, "the file", "it is not UTF-8", "save it as UTF-8") from None
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else "the file"
        problem, remedy = "it is not YAML", "mend the indentation or the quotes"
        if isinstance(error, DuplicateKeyError):
            problem, remedy = "a word stands there that stands above already", "keep one of the two"
        raise NoticeInvalid(path, place, problem, remedy) from None
    if data is None:
        raise InputEmpty(path)
    return data


def follows(data: Any, model: type[BaseModel], schema: str) -> bool:
    """
    Whether data from a file is meant as ``model``.

    It says so under ``schema``, or says nothing there and has a word of the model's own: its JSON
    Schema lets that line be left out.
    """
    if not isinstance(data, dict) or "schema" in data:
        return isinstance(data, dict) and data["schema"] == schema
    return not data.keys().isdisjoint(_words(model))


def no_such(what: str, word: str, known: Iterable[str], more: str = "") -> str:
    """
    That a word is none of those that are known there, with the one that was probably meant.

    >>> no_such("role", "record_kye", ["record_key", "status"])
    '“record_kye” is no role (is it `record_key`?)'
    >>> no_such("role", "Aino Mäki", ["record_key", "status"])
    'it is no role: it is one of record_key, status'
    """
    named = f"“{word}”" if _KEY.fullmatch(word) else "it"
    return f"{named} is no {what}{_meant(word, list(known), more)}"


def _meant(word: str, known: Sequence[str], more: str = "") -> str:
    """Which of the known words was probably meant; all of them where none is near."""
    if near := get_close_matches(word, known, 1, 0.75):
        return f" (is it `{near[0]}`?){more}"
    return more or f": it is one of {', '.join(known)}"


_PLAIN = {
    "tuple_type": "a list belongs there",
    "missing": "it is missing",
    "string_type": "words belong there: put them in quotes",
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "a whole number belongs there"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "`true` or `false` belongs there"),
    **dict.fromkeys(
        ("model_type", "model_attributes_type", "dict_type", "mapping_type"),
        "a word with a colon and its value belongs there, such as `file: customers.csv`",
    ),
    "string_pattern_mismatch": "it does not have the form that belongs there",
    **dict.fromkeys(
        (
            "date_type",
            "date_parsing",
            "date_from_datetime_parsing",
            "date_from_datetime_inexact",
        ),
        "a day belongs there, as YYYY-MM-DD",
    ),
}
"""The problems that people meet most, by pydantic's name, in the words of those who write plans."""


def first_problem(error: ValidationError, model: type[BaseModel]) -> tuple[str, str]:
    """The place and the problem of the first validation error of a ``model``, without the value."""
    first = error.errors(include_url=False)[0]
    loc = first["loc"]
    place = ".".join(str(part) for part in loc) or "the file"
    if first["type"] == "extra_forbidden":
        meant = _meant(str(loc[-1]), _words(_model_at(model, loc)))
        return place, f"no such word is known there{meant}"
    if first["type"] in ("enum", "literal_error") and isinstance(first["input"], str):
        known = re.findall("'([^']+)'", first["ctx"]["expected"])
        if len(known) > 1:
            return place, no_such(str(loc[-1]).replace("_", " "), first["input"], known)
    return place, _PLAIN.get(first["type"]) or _as_told(first["msg"])


def _as_told(message: str) -> str:
    """What pydantic says, as a part of a sentence."""
    said = message.removeprefix("Value error, ")
    return re.sub(r"^(?:Input|String|List|Tuple|Value) should", "it should", said)


def _words(model: type[BaseModel]) -> list[str]:
    """The words that a file may have in the place of a model; those it never writes are not among them."""
    return [field.alias or name for name, field in model.model_fields.items() if not field.exclude]


def _model_at(model: type[BaseModel], loc: Iterable[int | str]) -> type[BaseModel]:
    """The model of the innermost mapping on the way to a place."""
    for part in loc:
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if part in fields:
            model = next(_models(fields[str(part)].annotation), model)
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation names, such as ``tuple[Model, ...] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inside in get_args(annotation):
        yield from _models(inside)
