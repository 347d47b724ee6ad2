"""Rules of the house that can be read from the code, each with proof that it would notice."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.reading import trees

from tequio.config.checks import house

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
Function = ast.FunctionDef | ast.AsyncFunctionDef

# Actions and their helpers that no signed-in person carries out, each with its reason.
NOBODY_ACTS = {
    "tequio/access/actions/account.py:begin_authenticator": "writes nothing",
    "tequio/access/actions/attempts.py:key_of": "counts before anybody is known",
    "tequio/access/actions/attempts.py:reserve": "counts before anybody is known",
    "tequio/access/actions/attempts.py:forgive": "counts before anybody is known",
    "tequio/access/actions/entry_codes.py:use_reset_code": "who has a code cannot sign in yet",
    "tequio/access/actions/housekeeping.py:forget_old_attempts": "the clock acts",
    "tequio/circles/actions/imports/housekeeping.py:forget_old_files": "the clock acts",
    "tequio/circles/actions/forgetting.py:forget_drafts": "the clock acts",
    "tequio/circles/actions/forgetting.py:forget_old_words": "the clock acts",
    "tequio/care/actions/housekeeping.py:forget_words": "the clock acts",
    "tequio/care/actions/referrals.py:forget_words": "the clock acts",
    "tequio/studies/actions/freezing.py:forget_rows": "the clock acts",
    "tequio/people/actions/identities.py:keep": "register and correct checked who may",
    "tequio/people/actions/identities.py:replace": "correct checked who may",
    "tequio/people/actions/identities.py:index_sounds": "the clock acts",
    "tequio/people/actions/assessments.py:forget_drafts": "the clock acts",
    "tequio/people/actions/texts.py:forget_texts": "the clock acts",
    "tequio/outreach/actions/notes.py:forget_old_notes": "the clock acts",
    "tequio/outreach/actions/third_absences.py:raise_third_absences": "the clock acts",
    "tequio/care/actions/talks.py:plan_talks": "the clock acts",
    "tequio/care/actions/talks.py:plan_for": "the room of circles checked who may begin",
    "tequio/circles/actions/starts.py:tell": "the mark of attendance checked who may",
    "tequio/instruments/actions/forgetting.py:forget_answers": "the clock acts",
    "tequio/instruments/actions/forgetting.py:forget_drafts": "the clock acts",
    "tequio/instruments/actions/link_rows.py:make_decoys": "rows that are nobody's",
    "tequio/instruments/actions/link_rows.py:stir_links": "the clock acts",
    "tequio/instruments/actions/link_rows.py:take_a_place": "rows that are nobody's",
    "tequio/letters/actions/calling.py:ask": "a woman without an account writes",
    "tequio/letters/actions/forgetting.py:forget_old_letters": "the clock acts",
    "tequio/network/actions/importing.py:forget_old": "the clock acts",
    "tequio/network/actions/literacy.py:forget": "the clock acts",
    "tequio/network/actions/slips.py:keep_stock": "the clock acts",
    "tequio/network/actions/slips.py:keep_stock_of": "the clock acts",
    "tequio/network/actions/slips.py:take": "who sends a referral was asked on their own side",
    "tequio/network/actions/slips.py:answer": "another organisation answers, without an account",
    "tequio/network/actions/slips.py:withdraw": "who takes a referral back was asked before",
    "tequio/territory/actions/data.py:load": "who keeps the machine acts, and the data are public",
    "tequio/survivors/actions/forgetting.py:forget_cases": "the clock acts",
    "tequio/survivors/actions/traces.py:forget_traces": "the clock acts",
    "tequio/survivors/actions/letters.py:received": "a page reads; its line in the log is written",
    "tequio/survivors/actions/letters.py:read": "a page reads; its line in the log is written",
    "tequio/survivors/actions/listing.py:found": "a page reads; its line in the log is written",
    "tequio/survivors/actions/rotation.py:give_share": "admit and recover checked who may",
    "tequio/survivors/actions/sheets.py:in_step": "whoever wrote the sheet acts",
    "tequio/access/actions/signing_in.py:sign_in_password": "nobody is signed in yet",
    "tequio/access/actions/signing_in.py:need_of": "a question of the sign-in",
}
# Where randomness and the clock come from, and the first secret of an installation.
OWN_SOURCES = {
    "tequio/access/session_store.py",  # Django writes the end of a session by its own clock
    "tequio/core/clock.py",
    "tequio/core/entropy.py",
    "tequio/core/ids.py",
    "tequio/config/environment.py",
}
LUCK = re.compile(
    r"^(datetime|dt|date|datetime\.datetime|dt\.datetime|datetime\.date|dt\.date)"
    r"\.(now|utcnow|today)$|^timezone\.now$|^uuid[.]?uuid[14]$|^uuid[14]$|^(random|secrets)\."
)
WRITES = {
    "save",
    "create",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    yield from trees("src")


def functions(tree: ast.AST) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def part_of_room(path: str, part: str) -> bool:
    """Whether a file is a room's `views.py`, or lies in its folder `views`."""
    pieces = Path(path).with_suffix("").parts
    return len(pieces) > 2 and pieces[0] == "tequio" and pieces[2] == part


# --- The rules: path and tree in, problems out --------------------------------------------------


def deferred_imports(path: str, tree: ast.Module) -> Iterator[str]:
    """A first-party import inside a function hides a cycle."""
    for function in functions(tree):
        # Django itself asks for these two: models exist only once the registry is ready.
        if (path.endswith("/apps.py") and function.name == "ready") or path.endswith(
            "config/cli.py"
        ):
            continue
        for node in ast.walk(function):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [("." * node.level) + (node.module or "")]
            for name in names:
                if name.split(".")[0] in {"tequio", "evidencia", ""}:
                    yield f"{path}:{node.lineno}: deferred import of {name}"


def luck(path: str, tree: ast.Module) -> Iterator[str]:
    """The clock, identifiers and randomness come from core, so that a world can be replayed."""
    if path in OWN_SOURCES:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and LUCK.search(ast.unparse(node)):
            yield f"{path}:{node.lineno}: {ast.unparse(node)}"
        if isinstance(node, ast.Import):
            found = {"random", "secrets"}.intersection(a.name for a in node.names)
            yield from (f"{path}:{node.lineno}: import {name}" for name in sorted(found))
        if isinstance(node, ast.ImportFrom) and node.module in {"random", "secrets"}:
            yield f"{path}:{node.lineno}: import of {node.module}"


def writing_views(path: str, tree: ast.Module) -> Iterator[str]:
    """Only actions write."""
    if not part_of_room(path, "views"):
        return
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        receiver = ast.unparse(node.func.value)
        name = node.func.attr
        is_query = re.search(r"\bobjects\b|filter\(|visible_to|\.all\(", receiver)
        if name in WRITES or (name == "update" and is_query):
            yield f"{path}:{node.lineno}: {receiver}.{name}()"


def loose_actions(path: str, tree: ast.Module) -> Iterator[str]:
    """An action says who acts, and nothing is passed to it by position."""
    if not part_of_room(path, "actions"):
        return
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if f"{path}:{node.name}" in NOBODY_ACTS or not writes(node):
            continue
        where = f"{path}:{node.lineno}: {node.name}"
        if node.args.posonlyargs or node.args.args or node.args.vararg:
            yield f"{where} takes arguments by position"
        if not any(argument.arg == "by" for argument in node.args.kwonlyargs):
            yield f"{where} does not say who acts"


CHANGES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "update_or_create"}


def writes(node: ast.FunctionDef) -> bool:
    """Tell whether a function changes something by itself, or says that it does."""
    if any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list):
        return True
    return any(
        isinstance(inner, ast.Call)
        and (
            (isinstance(inner.func, ast.Attribute) and inner.func.attr in CHANGES)
            or ast.unparse(inner.func) in {"record", "log.write", "slot.deposit"}
        )
        for inner in ast.walk(node)
    )


def undocumented(path: str, tree: ast.Module) -> Iterator[str]:
    """Everything public in the library explains itself."""
    if not path.startswith("evidencia/"):
        return
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            yield f"{path}:{node.lineno}: {node.name}"


# --- They hold, and they notice -----------------------------------------------------------------

Rule = Callable[[str, ast.Module], Iterator[str]]
RULES: list[Rule] = [deferred_imports, luck, writing_views, loose_actions, undocumented]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_code_keeps_the_rule(rule: Rule) -> None:
    assert [line for path, tree in modules() for line in rule(path, tree)] == []


@pytest.mark.parametrize(
    ("rule", "path", "code", "count"),
    [
        (deferred_imports, "tequio/people/queries.py", "def f():\n from tequio import core", 1),
        (deferred_imports, "tequio/people/queries.py", "def f():\n from . import models", 1),
        (deferred_imports, "tequio/people/queries.py", "def f():\n import numpy", 0),
        (deferred_imports, "tequio/people/apps.py", "def ready():\n from tequio import core", 0),
        (luck, "tequio/people/rules.py", "import datetime as dt\nx = dt.datetime.now()", 1),
        (luck, "tequio/people/rules.py", "x = timezone.now()", 1),
        (luck, "tequio/people/rules.py", "import uuid\nx = uuid.uuid4", 1),
        (luck, "tequio/people/rules.py", "from random import choice", 1),
        (luck, "tequio/people/rules.py", "import secrets", 1),
        (luck, "tequio/core/entropy.py", "import secrets", 0),
        (luck, "evidencia/survival.py", "import numpy as np\nx = np.random.default_rng(1)", 0),
        (writing_views, "tequio/circles/views/tap.py", "Mark.objects.create(a=1)", 1),
        (writing_views, "tequio/circles/views.py", "group.save()", 1),
        (writing_views, "tequio/circles/views.py", "Group.objects.filter(a=1).update(b=2)", 1),
        (writing_views, "tequio/circles/views.py", "context.update(a=1)", 0),
        (writing_views, "tequio/circles/actions.py", "group.save()", 0),
        (loose_actions, "tequio/circles/actions/groups.py", "def join(by, folio): m.save()", 2),
        (loose_actions, "tequio/circles/actions.py", "def join(*, folio): m.save()", 1),
        (loose_actions, "tequio/circles/actions.py", "def join(*, by, folio): m.save()", 0),
        (loose_actions, "tequio/circles/actions.py", "def _check(a): m.save()", 0),
        (undocumented, "evidencia/survival.py", "def curve(): pass", 1),
        (undocumented, "evidencia/survival.py", "class Curve: pass", 1),
        (undocumented, "evidencia/survival.py", "def curve():\n '''Return it.'''", 0),
    ],
)
def test_a_seeded_defect_is_noticed(rule: Rule, path: str, code: str, count: int) -> None:
    assert len(list(rule(path, ast.parse(code)))) == count


def test_the_list_of_exceptions_names_only_what_is_there() -> None:
    present = {f"{path}:{f.name}" for path, tree in modules() for f in functions(tree)}
    assert set(NOBODY_ACTS) - present == set()


# --- Lengths ------------------------------------------------------------------------------------


def function_lengths() -> list[int]:
    return [
        (function.end_lineno or 0) - function.lineno + 1
        for _path, tree in modules()
        for function in functions(tree)
    ]


def ninetieth(lengths: list[int]) -> float:
    return statistics.quantiles(lengths, n=10, method="inclusive")[-1]


def test_nine_of_ten_functions_fit_on_half_a_screen() -> None:
    lengths = function_lengths()
    long = ninetieth(lengths)
    median = statistics.median(lengths)
    assert long <= 30, (
        f"{len(lengths)} functions, median {median:.0f}, nine of ten within {long:.0f}"
    )


def test_long_functions_would_be_noticed() -> None:
    assert ninetieth([5] * 80 + [60] * 20) > 30


def test_no_file_is_longer_than_the_limit() -> None:
    assert house.lengths().problems == ""


def test_a_long_file_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "long.py").write_text("\n" * 401)
    (tmp_path / "src" / "short.py").write_text("\n" * 400)
    assert house.lengths(tmp_path).problems.startswith("src/long.py")
    assert "short" not in house.lengths(tmp_path).problems


# --- Locks and decisions ------------------------------------------------------------------------


def test_no_lock_names_an_address() -> None:
    assert house.locks().problems == ""


@pytest.mark.parametrize(
    "text",
    [
        "--index-url https://example.org/simple\n",
        "thing @ https://example.org/thing.whl \\\n    --hash=sha256:0\n",
        "--find-links /somewhere\n",
        "thing==1.0\n",
    ],
)
def test_an_address_or_a_pin_without_its_hash_is_noticed(tmp_path: Path, text: str) -> None:
    (tmp_path / "locks").mkdir()
    (tmp_path / "locks" / "run.txt").write_text(text)
    assert house.locks(tmp_path).problems


def decision_problems(folder: Path) -> list[str]:
    """The number in the name, the number in the heading and the place in the row are one."""
    lines = []
    for place, path in enumerate(sorted(folder.glob("[0-9]*.md")), start=1):
        number = int(path.name.split("-")[0])
        heading = path.read_text(encoding="utf-8").split("\n", 1)[0]
        found = re.search(r"\d+", heading)
        if not heading.startswith("# ") or not found or int(found[0]) != number:
            lines.append(f"{path.name}: its heading is {heading!r}")
        if number != place:
            lines.append(f"{path.name}: number {number} stands in place {place}")
    return lines


def test_each_decision_has_the_number_of_its_heading() -> None:
    assert decision_problems(ROOT / "docs" / "adr") == []


def test_a_wrong_number_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "0001-a.md").write_text("# 2. A decision\n")
    (tmp_path / "0003-b.md").write_text("# 3. Another\n")
    assert len(decision_problems(tmp_path)) == 2
