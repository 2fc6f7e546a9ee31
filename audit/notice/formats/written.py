"""``notice.yaml``: a reading written down for the auditor, and a new reading held against the old."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from audit.errors import NoticeInvalid
from audit.notice.model import NOTICE_SCHEMA, Declared, Notice
from audit.notice.read import read_notice
from audit.saving import write_whole

__all__ = ["as_json", "as_yaml", "correct", "differences", "save_notice", "write_notice"]

_HEADER = """\
Read by rule from {source}. Correct what is wrong: a value without `found` is taken as your own.
`found` says how a value was read and how surely; `unread` lists passages that no rule understood.
Spans are [start, end): characters of {text_file}, as it is. `promise` is the clause in one
sentence; put it in your own words where that helps."""
_FLOW = frozenset(("spans", "kinds", "checks", "clauses", "same_as", "topics", "found", "span"))
_WIDTHS = (100, 1_000_000)
_COMPARED = (
    "register_name", "language", "dated", "controller", "exhaustive", "purposes", "legal_bases",
    "data_subjects", "data_categories", "retention", "recipients", "sources",
    "disclosure_purposes", "transfers", "holds", "objections", "rights", "access_rules", "cookies",
    "third_party_services", "automated_decisions", "authority",
)  # fmt: skip
_ASIDE = frozenset(("clauses", "found", "text", "id"))
"""What does not make a value another one: where and in which words it stands."""


def as_yaml(notice: Notice) -> str:
    """The notice as ``notice.yaml``; it reads back as the same notice."""
    from ruamel.yaml.comments import CommentedMap

    data = notice.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    root = CommentedMap({"schema": NOTICE_SCHEMA})
    if notice.read_from:
        root.yaml_set_start_comment(
            _HEADER.format(source=notice.read_from, text_file=notice.text_file or "the text")
        )
    for key in type(notice).model_fields:
        name = "schema" if key == "schema_" else key
        if name in data:
            root[name] = _styled(name, data[name])
    return _dumped(root)


def _dumped(root: Any) -> str:
    """The document as YAML, in lines of a hundred characters where they read back to the letter."""
    from ruamel.yaml import YAML

    text = ""
    for width in _WIDTHS:
        yaml = YAML()
        yaml.width = width
        yaml.indent(mapping=2, sequence=4, offset=2)
        stream = StringIO()
        yaml.dump(root, stream)
        text = stream.getvalue()
        # A tab before a fold comes back with a blank: such a document is not folded.
        if YAML(typ="safe").load(text) == YAML(typ="safe").load(_unfolded(root)):
            break
    return text


def _unfolded(root: Any) -> str:
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = _WIDTHS[-1]
    stream = StringIO()
    yaml.dump(root, stream)
    return stream.getvalue()


def _quoted(value: Any) -> Any:
    """A text with a colon in quotes, for a list on one line takes the colon for a key's."""
    if isinstance(value, str) and ":" in value:
        from ruamel.yaml.scalarstring import DoubleQuotedScalarString

        return DoubleQuotedScalarString(value)
    return value


def _styled(name: str, value: Any) -> Any:
    """Short lists on a line of their own, everything else spread out."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if isinstance(value, dict):
        mapped = CommentedMap({key: _styled(key, each) for key, each in value.items()})
        if name in _FLOW:
            mapped.fa.set_flow_style()
        return mapped
    if isinstance(value, list):
        listed = CommentedSeq([_styled("", each) for each in value])
        if not any(isinstance(each, dict) for each in value):
            listed = CommentedSeq([_quoted(each) for each in listed])
            listed.fa.set_flow_style()
        return listed
    if isinstance(value, str) and not value.isprintable():
        from ruamel.yaml.scalarstring import DoubleQuotedScalarString

        return DoubleQuotedScalarString(value)  # line breaks of the text are kept to the letter
    return value


def as_json(notice: Notice) -> str:
    """The notice as JSON, with the keys of ``notice.yaml``."""
    import json

    data = {"schema": NOTICE_SCHEMA}
    data |= notice.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def write_notice(notice: Notice, text: str, source: Path, out: Path) -> list[Path]:
    """Write ``notice.yaml``, and beside it the text that its spans count; the files written."""
    written = [out]
    beside = notice.text_file is not None and source.parent.resolve() == out.parent.resolve()
    if not beside:
        # The published form has no characters of its own, or lies elsewhere.
        copy = out.with_name(f"{source.stem}.{out.stem}.txt")
        copy.write_bytes(text.encode("utf-8"))
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        notice = notice.model_copy(update={"text_file": copy.name, "text_sha256": digest})
        written.append(copy)
    write_whole(out, as_yaml(notice))
    return written


def save_notice(source: Path, out: Path, register: str | None = None) -> list[str]:
    """
    Read a published notice and write ``notice.yaml``.

    Where the file is there already it is left alone, an auditor's work may be in it: what the text
    now says otherwise is returned, a line each.
    """
    from audit.notice.reading import read_published

    reading = read_published(source)
    notice = reading.of(register)
    if out.exists():
        return differences(read_notice(out), notice)
    write_notice(notice, reading.document.text, source, out)
    return []


def correct(path: Path, place: str, **values: Any) -> Notice:
    """
    Correct one value of ``notice.yaml``, such as ``correct(path, "retention[0]", period="P5Y")``.

    Comments and everything else stay as they are. The value counts as the auditor's own from then
    on: it no longer says how it was read. Raises ``NoticeInvalid`` where the file has no such
    place, or where the notice would not hold; then nothing is written.
    """
    from ruamel.yaml import YAML

    before = path.read_text("utf-8")
    data = YAML().load(before)
    target = _at(path, data, place)
    for key, value in values.items():
        target[key] = value
    target.pop("found", None)
    write_whole(path, _dumped(data))
    try:
        return read_notice(path)
    except NoticeInvalid:
        write_whole(path, before)
        raise


def _at(path: Path, data: Any, place: str) -> Any:
    """What stands at a place such as ``retention[0]`` or ``transfers``."""
    match = re.fullmatch(r"(\w+)(?:\[(\d+)\])?", place)
    found = data.get(match[1]) if match else None
    if match and match[2] and isinstance(found, list) and int(match[2]) < len(found):
        found = found[int(match[2])]
    if not isinstance(found, dict):
        raise NoticeInvalid(
            path, place, "there is no such value", "name one as `declared()` lists them"
        )
    return found


def differences(old: Notice, new: Notice) -> list[str]:
    """What a new reading says otherwise than a file that is there, a line each; corrections too."""
    found: list[str] = []
    for name in _COMPARED:
        before, after = getattr(old, name), getattr(new, name)
        if isinstance(before, tuple):
            found += _of_lists(name, before, after)
        elif _bare(before) != _bare(after):
            found += [f"- {name}: {_shown(before)}", f"+ {name}: {_shown(after)}"]
    return found


def _of_lists(name: str, before: Sequence[Declared], after: Sequence[Declared]) -> Iterator[str]:
    left = [_bare(value) for value in after]
    for value in before:
        if _bare(value) in left:
            left.remove(_bare(value))
        else:
            own = "" if value.found else " (written by a person)"
            yield f"- {name}: {_shown(value)}{own}"
    remaining = list(left)
    for value in after:
        if _bare(value) in remaining:
            remaining.remove(_bare(value))
            yield f"+ {name}: {_shown(value)}"


def _bare(value: Any) -> Any:
    """A value without where and how it was read."""
    if isinstance(value, Declared) or hasattr(value, "model_dump"):
        data = value.model_dump(mode="json", exclude_defaults=True)
        return {key: each for key, each in data.items() if key not in _ASIDE}
    return value


def _shown(value: Any) -> str:
    bare = _bare(value)
    if isinstance(bare, dict):
        return ", ".join(f"{key} {_plain(each)}" for key, each in bare.items()) or "nothing"
    return _plain(bare)


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value))
    return re.sub(r"\s+", " ", str(value))
