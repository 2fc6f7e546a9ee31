"""The items of a run with commas, and the parts of an item that "and" joins."""

from __future__ import annotations

from collections.abc import Iterator

from audit.notice.lexicon import Language, pattern

__all__ = ["pieces", "single"]


def single(
    words: str, begin: int, stop: int, language: Language, joins: str = "and"
) -> Iterator[tuple[int, int]]:
    """The parts of an item that "and" joins, but where they share a word or a bracket."""
    for match in pattern(language, "parties", joins).finditer(words, begin, stop):
        before = words[begin : match.start()]
        bare = before.strip()
        # "Kasvun ja oppimisen tuki" is one thing: the first genitive waits for its noun.
        waits = language == "fi" and bare.endswith("n") and " " not in bare
        shared = waits or bare.endswith("-") or words[match.end() :].startswith("-")
        if shared or before.count("(") > before.count(")"):
            continue
        yield begin, match.start()
        begin = match.end()
    yield begin, stop


def pieces(words: str) -> list[tuple[int, int]]:
    """The items of a run with commas; what stands in brackets stays with its item."""
    cuts = [0]
    depth = 0
    begin = 0
    if (colon := words.find(": ")) >= 0:
        begin = colon + 2
        cuts = [begin]
    for place in range(begin, len(words)):
        character = words[place]
        depth += (character == "(") - (character == ")")
        if depth <= 0 and character in ",;":
            cuts.append(place + 1)
    found = []
    for number, cut in enumerate(cuts):
        stop = cuts[number + 1] - 1 if number + 1 < len(cuts) else len(words)
        piece = words[cut:stop]
        left = len(piece) - len(piece.lstrip())
        if piece.strip(" ."):
            found.append((cut + left, cut + len(piece.rstrip())))
    return found
