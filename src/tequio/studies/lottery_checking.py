"""What an outsider needs to repeat a lottery, with this system or without it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from evidencia.planning.lottery import ALGORITHM
from tequio.studies.models import Lottery
from tequio.studies.rules import lotteries as rules


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the public list: a code and what it got; nothing of whose it is."""

    code: str
    start: str
    rank: int


@dataclass(frozen=True, slots=True)
class Commands:
    """Lines for a terminal that has ``sha256sum`` and ``sort``; empty where it is too early."""

    seed: str = ""
    listed: str = ""
    key: str = ""
    tickets: str = ""
    whole: str = ""


def _facts(lottery: Lottery) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(lottery.record) if lottery.record else {}
    return found


def seed_of(lottery: Lottery) -> str:
    """Return the seed once it is public."""
    return str(_facts(lottery).get("seed", ""))


def rows_of(lottery: Lottery) -> list[Row]:
    """Return the result by code, or the closed list without one."""
    result = _facts(lottery).get("result")
    if result:
        return [Row(one["code"], one["start"], one["rank"]) for one in result]
    return [
        Row(code, rules.EXEMPT if exempt else "", 0)
        for code, exempt in rules.of_listing(lottery.listed)
    ]


def own(lottery: Lottery, typed: str) -> Row | None:
    """Return what the code on a slip got."""
    wanted = typed.replace(" ", "").replace("-", "")
    return next((row for row in rows_of(lottery) if row.code.replace("-", "") == wanted), None)


def commands(lottery: Lottery) -> Commands:
    """Return the lines by which anybody gets the same, in the order of the algorithm."""
    if not lottery.listed:
        return Commands()
    name = f"lista-{lottery.code}.txt"
    listed = f"sha256sum {name}"
    if not lottery.record:
        return Commands(listed=listed)
    seed, days = seed_of(lottery), lottery.max_delay_days
    parts = [seed, lottery.list_sha256, lottery.beacon, lottery.title, str(days)]
    given = " ".join(f"'{part}'" for part in parts)
    ticket = '$(printf \'%s\\n%s\' "$LLAVE" "$c" | sha256sum | cut -c1-64)'
    return Commands(
        seed=f"printf '{ALGORITHM}\\n%s' '{seed}' | sha256sum",
        listed=listed,
        key=f"LLAVE=$(printf '{ALGORITHM}\\n%s\\n%s\\n%s\\n%s\\n%s' {given} "
        "| sha256sum | cut -c1-64)",
        tickets=f"awk -F'\\t' '$3==\"\"{{print $1}}' {name} | while read -r c; do "
        f'echo "{ticket} $c"; done | sort',
        whole=f"python -m evidencia.planning.lottery verify sorteo-{lottery.code}.json",
    )
