"""House rules about the wall and about what is dangerous anywhere, read from the code itself.

Each rule looks at one file. Where something is allowed all the same it stands here with its reason,
and a reason without a place is a problem too.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from tequio.config.checks.verdict import Verdict, from_lines
from tequio.config.environment import ROOT

Rule = Callable[[str, ast.Module], Iterator[tuple[int, str]]]
_ROOM: Final = "tequio/survivors/"

# --- What is allowed all the same ---------------------------------------------------------------

MAY_LOOK: Final[Mapping[str, str]] = {
    "tequio/studies/": "releases that a wall member approved (design.md, section 5)",
    "tequio/simulation/": "makes the demonstration's invented women",
    "tequio/config/bench/wall/": "measures the wall on invented cases",
}
MARKED_SAFE: Final[Mapping[str, str]] = {
    "tequio/ui/templatetags/ui.py": "our own drawings and rendered templates, escaped there",
    "tequio/ui/seats.py": "fixed attributes without anything that somebody typed",
}
RAW_SQL: Final[Mapping[str, str]] = {
    "tequio/audit/triggers.py": "triggers, in migrations only",
    "tequio/care/triggers.py": "triggers, in migrations only",
    "tequio/core/fixed_rows.py": "triggers, in migrations only",
    "tequio/programmes/history.py": "triggers, in migrations only",
    "tequio/reports/triggers.py": "triggers, in migrations only",
    "tequio/studies/lottery_triggers.py": "triggers, in migrations only",
    "tequio/config/backups/": "SQLite's own words for copying and checking a file",
    "tequio/config/bench/": "a database of its own, for measuring",
    "tequio/config/doctor/looking.py": "asks SQLite how it is set, fixed words",
    "tequio/config/moving.py": "moves an installation between databases, nobody is signed in",
    "tequio/core/questions.py": "statements that Django made, with its own parameters",
    "tequio/core/wiping.py": "empties the write-ahead log, fixed words",
    "tequio/instruments/actions/receiving.py": "one fixed statement with its own parameters",
}
OPENS: Final[Mapping[str, str]] = {
    "tequio/survivors/actions/": "each reading leaves a line in the wall's log",
    "tequio/survivors/queries/": "called by actions that leave the line",
    "tequio/survivors/extracts.py": "rows for a release, in memory; one line for each case opened",
    "tequio/survivors/log.py": "the log itself is sealed",
    "tequio/survivors/log_marks.py": "how far the log has come is sealed",
    "tequio/survivors/vault.py": "where opening is made",
    "tequio/config/bench/wall/": "measures the wall on invented cases",
}

# --- The rules ----------------------------------------------------------------------------------

_NOT_BEHIND: Final = (
    "django.contrib.messages", "tequio.audit", "logging", "structlog", "tequio.outbox",
    "tequio.people", "tequio.circles", "tequio.care", "tequio.programmes", "django_tasks",
)  # fmt: skip
# Shared jobs have a row outside; the clock itself has none.
_JOBS_ALLOWED: Final = {"tequio.jobs.schedule"}
_POINTERS: Final = ("ForeignKey", "OneToOneField", "ManyToManyField")
_RAW: Final = frozenset({"raw", "extra", "cursor", "executescript", "execute", "executemany"})
_RAW_NAMES: Final = frozenset({"RawSQL"})
_BY_NAME: Final = frozenset({"get_model", "get_app_config", "get_registered_model"})
_SAFE: Final = frozenset({"mark_safe", "SafeString", "SafeText"})


def looks_over(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Outside the room nothing imports it, nor finds its models by name."""
    if path.startswith((_ROOM, *MAY_LOOK)):
        return
    for line, name in _imports(tree):
        if name == "tequio.survivors" or name.startswith("tequio.survivors."):
            yield line, f"imports {name}"
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        first = _first(node)
        if node.func.attr in _BY_NAME and first.startswith("survivors"):
            yield node.lineno, f"finds a walled model by its name: {first}"


def points_there(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """No column outside points at the wall."""
    if path.startswith(_ROOM):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(_POINTERS):
            target = _first(node)
            if target.startswith("survivors."):
                yield node.lineno, f"points at {target}"


def speaks_outside(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Behind the wall nothing is told to the men's side: no messages, shared log, jobs, lines."""
    if not path.startswith(_ROOM):
        return
    for line, name in _imports(tree):
        jobs = name.startswith("tequio.jobs") and not any(
            name == allowed or allowed.startswith(f"{name}.") or name.startswith(f"{allowed}.")
            for allowed in _JOBS_ALLOWED
        )
        if jobs or any(name == bad or name.startswith(f"{bad}.") for bad in _NOT_BEHIND):
            yield line, f"imports {name}"


def opens_seals(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Only actions and queries behind the wall open what is sealed there."""
    if path.startswith(tuple(OPENS)):
        return
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, whose = node.func.attr, ast.unparse(node.func.value)
        behind = path.startswith(_ROOM) and whose.split(".")[-1] == "vault"
        if (behind and (name.startswith("open_") or name == "key_of")) or name == "pair_of":
            yield node.lineno, f"opens a seal: {whose}.{name}()"


def marks_safe(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What is written into a page is escaped, except where a reason stands above."""
    if path.startswith(tuple(MARKED_SAFE)):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).split(".")[-1]
            if name in _SAFE:
                yield node.lineno, f"{name}()"


def raw_sql(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Statements are made by Django, except where a reason stands above."""
    if path.startswith(tuple(RAW_SQL)):
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr in _RAW:
            yield node.lineno, ast.unparse(node.func)[:60] + "()"
        elif isinstance(node.func, ast.Name) and node.func.id in _RAW_NAMES:
            yield node.lineno, f"{node.func.id}()"


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield node.lineno, _first(node)


def _first(call: ast.Call) -> str:
    """Return the first argument where it is written out."""
    given = call.args[0] if call.args else None
    return str(given.value) if isinstance(given, ast.Constant) else ""


RULES: Final[tuple[Rule, ...]] = (
    looks_over, points_there, speaks_outside, opens_seals, marks_safe, raw_sql,
)  # fmt: skip
ALLOWED: Final = (MAY_LOOK, MARKED_SAFE, RAW_SQL, OPENS)


def problems_of(path: str, code: str) -> list[str]:
    """Return what every rule finds in one file, by its path below `src`."""
    tree = ast.parse(code)
    return [
        f"{path}:{line}: {rule.__name__}: {words}"
        for rule in RULES
        for line, words in rule(path, tree)
    ]


def look(source: Path = ROOT / "src") -> Verdict:
    """Look at every file of the application; migrations are written by Django."""
    found = []
    for path in sorted(source.rglob("*.py")):
        if "migrations" not in path.parts:
            name = path.relative_to(source).as_posix()
            found += problems_of(name, path.read_text(encoding="utf-8"))
    # The room of studies has its place before it is built.
    for place in (p for allowed in ALLOWED for p in allowed if p != "tequio/studies/"):
        if not (source / place).exists():
            found.append(f"{place}: is allowed something and is not there")
    return from_lines(found)
