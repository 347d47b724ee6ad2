"""What stands twice in a file is put together; the report says which line went into which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tequio.network.rules.directory.drafts import Draft, merged


@dataclass(frozen=True, slots=True)
class Kept:
    """One service of the file, the line that brought it and the lines that said the same."""

    draft: Draft
    line: int
    also: tuple[int, ...] = ()


def together(drafts: Iterable[tuple[int, Draft]]) -> list[Kept]:
    """Put the same together, in the order in which each came first."""
    found: dict[tuple[str, ...], Kept] = {}
    for line, draft in drafts:
        first = found.get(draft.identity)
        if first is None:
            found[draft.identity] = Kept(draft, line)
        else:
            found[draft.identity] = Kept(
                merged(first.draft, draft), first.line, (*first.also, line)
            )
    return list(found.values())
