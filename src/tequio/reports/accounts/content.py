"""The whole account as data: counted once, read back for ever."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from tequio.reports.accounts import blocks
from tequio.reports.accounts.blocks import Block, Quotations
from tequio.reports.accounts.counting import (
    answers,
    came,
    community,
    done,
    framework,
    limits,
    released,
    spent,
    stayed,
    tens,
)
from tequio.reports.accounts.counting.men import Way, ways
from tequio.reports.accounts.counting.scope import Scope, rule
from tequio.reports.accounts.definitions import Section, Template
from tequio.reports.accounts.sources import Release, Spent

SCHEMA: Final = 1
Content = dict[str, Any]
_OF_MEN: Final = {
    "done": done.done,
    "came": came.came,
    "sources": came.sources,
    "reasons": came.reasons,
    "behaviours": answers.behaviours,
    "missing": answers.missing,
    "tens": tens.tens,
}


@dataclass(frozen=True, slots=True)
class Sources:
    """What comes from other rooms: releases until the last day, and the costs of the period."""

    releases: Sequence[Release] = ()
    spent: Spent | None = None


@dataclass(frozen=True, slots=True)
class _Counting:
    template: Template
    scope: Scope
    sources: Sources
    ways: Sequence[Way]


def made(template: Template, scope: Scope, sources: Sources, organisation: str) -> Content:
    """Count everything that a template shows. It is Spanish whoever makes it."""
    with translation.override("es-mx"):
        men = ways(scope) if template.kinds & (_OF_MEN.keys() | {"framework"}) else ()
        counting = _Counting(template, scope, sources, men)
        whole = {
            "schema": SCHEMA,
            "name": template.name,
            "purpose": template.purpose,
            "source": template.source,
            "form": template.form,
            "organisation": organisation,
            "period": scope.period.name,
            "site": scope.site.name if scope.site else "",
            "rule": rule(),
            "sections": [_section(counting, section) for section in template.sections],
        }
    # As it comes back from the database, so that nothing depends on whether it was there.
    read: Content = json.loads(json.dumps(whole))
    return read


def _section(counting: _Counting, section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "intro": section.intro,
        "words": section.words,
        "blocks": [blocks.body(block) for block in _blocks(counting, section)],
    }


def _blocks(counting: _Counting, section: Section) -> Sequence[Block]:
    of_men = _OF_MEN.get(section.block)
    if of_men is not None:
        return of_men(counting.scope, counting.ways)
    other = _OTHERS.get(section.block)
    return other(counting, section) if other else []


def _framework(counting: _Counting, section: Section) -> list[Block]:
    found = counting.sources.releases
    return framework.framework(counting.scope, counting.ways, found, section.lines)


def _hers(counting: _Counting, section: Section) -> list[Block]:
    if section.about is None:
        return []
    return released.hers(counting.sources.releases, section.about)


def _releases(counting: _Counting, _section: Section) -> list[Block]:
    tell = released.in_short if counting.template.form == "poster" else released.releases
    return tell(counting.sources.releases)


def _limits(counting: _Counting, _section: Section) -> list[Block]:
    return limits.plain() if counting.template.form == "poster" else limits.limits()


def _testimonies(_counting: _Counting, _section: Section) -> list[Block]:
    return [Quotations(_quotations())]


_OTHERS: Final[Mapping[str, Callable[[_Counting, Section], list[Block]]]] = {
    "stayed": lambda counting, _section: stayed.stayed(counting.scope),
    "community": lambda counting, _section: community.community(counting.scope),
    "framework": _framework,
    "releases": _releases,
    "hers": _hers,
    "pairs": lambda counting, _section: released.pairs(counting.sources.releases),
    "plan": lambda counting, _section: released.plan(counting.sources.releases),
    "costs": lambda counting, _section: spent.costs(counting.sources.spent),
    "limits": _limits,
    "testimonies": _testimonies,
}


def _quotations() -> str:
    return _(
        "Son las palabras de quienes quisieron darlas, con permiso por escrito y hasta una fecha. "
        "Acompañan a los números y no los sustituyen: quien está contento habla más."
    )


def fingerprint(content: Mapping[str, Any], words: Mapping[str, str], *keys: Sequence[str]) -> str:
    """Return the SHA-256 of what an account says and of what it takes from elsewhere."""
    whole = [content, words, *(list(one) for one in keys)]
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
