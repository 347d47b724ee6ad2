"""What the tutorial of the evaluation says is what happens: every command, every number."""

from __future__ import annotations

import contextlib
import dataclasses
import html
import io
import re
import runpy
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, get_args

import pytest

from evidencia.designs import DESIGNS, Kind
from evidencia.findings.strength import RULES
from evidencia.planning.lottery.__main__ import main as lottery
from evidencia.plans import Data, Inference, Missing, Plan, read_plan
from evidencia.plans.keys import INTERCURRENT, TABLES, Key
from evidencia.results import Result
from tequio.config import evaluate

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TUTORIALS = ("tutorial-evaluacion.md", "tutorial-evaluation.md")
REFERENCES = ("evaluacion.md", "evaluation.md")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON: Final = ["PYTHONPATH=src", ".venv/bin/python"]
SAY_CODE: Final = "; echo $?"
# The antidepressant trial under jump to reference, and the error that everybody allows himself.
PUBLISHED: Final = {"2.169", "1.120", "0.05"}


@dataclasses.dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text."""

    language: str
    text: str


def blocks(page: str) -> list[Block]:
    return [Block(*found) for found in FENCE.findall(page)]


def quotes(page: str) -> list[str]:
    """Return what the page quotes from a report: the lines that begin with «> »."""
    return [line[2:].strip("*_ ") for line in page.splitlines() if line.startswith("> ")]


# --- A reader who does what the page says ---------------------------------------------------


class Reader:
    """Saves each file, runs each command in a folder of its own, and keeps what was printed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.printed: list[str] = []

    def follow(self, page: str) -> list[tuple[str, str]]:
        """Return, for every block of output, what the page shows and what was printed."""
        compared: list[tuple[str, str]] = []
        for block in blocks(page):
            if block.language in ("python", "toml"):
                self._save(block.text)
            elif block.language == "sh":
                self.printed = [self._run(line) for line in block.text.splitlines() if line]
            elif block.language == "text":
                compared.append((block.text, "".join(self.printed)))
            else:
                raise AssertionError(f"A block of {block.language!r} is not checked by anything.")
        return compared

    def _save(self, text: str) -> None:
        name = re.match(r"# (tutorial/[\w.]+)\n", text)
        assert name is not None, f"A file without its name: {text[:40]!r}"
        (self.folder / name[1]).write_text(text, encoding="utf-8")

    def _run(self, line: str) -> str:
        command = line.removesuffix(SAY_CODE)
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = self._carry_out(shlex.split(command))
        if command == line:
            assert code == 0, f"{line}\n{out.getvalue()}"
            return out.getvalue()
        return f"{out.getvalue()}{code}\n"

    def _carry_out(self, words: list[str]) -> int:
        if words == ["mkdir", "tutorial"]:
            (self.folder / "tutorial").mkdir()
            return 0
        if words[:2] == ["./tequio", "evaluate"]:
            return evaluate.run(words[2:])
        assert words[:2] == PYTHON, f"Nothing here can check {words}."
        if words[2:4] == ["-m", "evidencia.planning.lottery"]:
            return lottery(words[4:])
        return _script(words[2:])


def _script(words: list[str]) -> int:
    before, path = sys.argv, list(sys.path)
    sys.argv = words
    sys.path.insert(0, str(Path(words[0]).resolve().parent))
    try:
        runpy.run_path(words[0], run_name="__main__")
    finally:
        sys.argv, sys.path[:] = before, path
        sys.modules.pop("pooling", None)
    return 0


@dataclasses.dataclass(frozen=True)
class Followed:
    """A tutorial that was followed to its end."""

    page: str
    compared: list[tuple[str, str]]
    reports: str


@pytest.fixture(scope="module", params=TUTORIALS)
def followed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Followed]:
    folder = tmp_path_factory.mktemp("tutorial")
    (folder / "examples").symlink_to(ROOT / "examples")
    page = (DOCS / request.param).read_text(encoding="utf-8")
    with contextlib.chdir(folder):
        compared = Reader(folder).follow(page)
    reports = " ".join(
        seen(file.read_text(encoding="utf-8")) for file in sorted(folder.rglob("report.html"))
    )
    yield Followed(page, compared, reports)
    shutil.rmtree(folder)


def seen(page: str) -> str:
    """Return what somebody reads on a page of HTML, with single spaces."""
    bare = re.sub(r"<style.*?</style>|<svg.*?</svg>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


@pytest.mark.thorough
def test_every_output_that_the_page_shows_is_printed(followed: Followed) -> None:
    assert len(followed.compared) >= 12
    for shown, printed in followed.compared:
        assert printed == shown


@pytest.mark.thorough
def test_every_sentence_that_the_page_quotes_stands_in_a_report(followed: Followed) -> None:
    asked = quotes(followed.page)
    assert len(asked) >= 8
    assert [quote for quote in asked if " ".join(quote.split()) not in followed.reports] == []


def unknown_numbers(page: str, known: str) -> list[str]:
    """Return the decimals of the prose that stand in nothing that was printed or run."""
    prose = FENCE.sub("", page).replace("−", "-")
    plain = known.replace("−", "-")
    return [n for n in re.findall(r"-?\d+\.\d+", prose) if n not in plain and n not in PUBLISHED]


@pytest.mark.thorough
def test_every_decimal_of_the_prose_was_printed_or_run(followed: Followed) -> None:
    code = [block.text for block in blocks(followed.page)]
    assert unknown_numbers(followed.page, " ".join((followed.reports, *code))) == []


def test_a_decimal_of_nowhere_would_be_seen() -> None:
    assert unknown_numbers("So it is −0.74.\n```text\n-0.75\n```\n", "-0.75") == ["-0.74"]


def test_a_wrong_number_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "tutorial").mkdir()
    page = (
        "```python\n# tutorial/a.py\nprint(1.25)\n```\n```sh\nPYTHONPATH=src .venv/bin/python "
        "tutorial/a.py\n```\n```text\n1.26\n```\n"
    )
    with contextlib.chdir(tmp_path):
        ((shown, printed),) = Reader(tmp_path).follow(page)
    assert (shown, printed) == ("1.26\n", "1.25\n")


def test_a_command_that_nobody_checks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="Nothing here can check"):
        Reader(tmp_path).follow("```sh\nrm -r tutorial\n```\n")


def test_both_languages_show_the_same_files_and_commands() -> None:
    spanish, english = ((DOCS / name).read_text(encoding="utf-8") for name in TUTORIALS)
    for language in ("python", "toml", "sh"):
        both = [
            [block.text for block in blocks(page) if block.language == language]
            for page in (spanish, english)
        ]
        assert len(both[0]) == len(both[1])
        heads = [[text.splitlines()[0].split(" --language")[0] for text in page] for page in both]
        assert heads[0] == heads[1]


@pytest.mark.parametrize("name", TUTORIALS + REFERENCES)
def test_every_picture_and_page_that_is_named_is_there(name: str) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page):
        if not target.startswith("https://"):
            assert (DOCS / target).exists(), target
    for picture in re.findall(r"\]\((images/[^)]+)\)", page):
        assert (DOCS / picture).stat().st_size <= 150_000


# --- The reference ---------------------------------------------------------------------------

ROW = re.compile(r"^\| `(?P<key>\w+\.\w+)` \| (?P<allowed>[^|]*) \| (?P<default>[^|]*) \|", re.M)
# Defaults that depend on the rest of the plan, or on the data; the page says them in words.
IN_WORDS: Final = {
    "study.design",
    "study.randomised",
    "outcome.name",
    "outcome.label",
    "outcome.primary",
    "missing.methods",
    "intercurrent.event",
    "intercurrent.strategy",
}


@dataclasses.dataclass(frozen=True)
class Row:
    """A key as a reference page tells it."""

    allowed: set[str]
    default: str


def told(page: str) -> dict[str, Row]:
    return {
        found["key"]: Row(set(re.findall(r"`([^`]+)`", found["allowed"])), found["default"].strip())
        for found in ROW.finditer(page)
    }


def keys() -> dict[str, Key]:
    nested = {f"intercurrent.{name}": key for name, key in INTERCURRENT.items()}
    return nested | {
        f"{table}.{name}": key for table, found in TABLES.items() for name, key in found.items()
    }


def smallest() -> Plan:
    return read_plan(b'[[outcome]]\nname = "score"\n[data]\nwaves = ["T0", "T1"]\n')


def default(name: str) -> object:
    """Return what a plan that says next to nothing holds under a key."""
    plan, (table, key) = smallest(), name.split(".")
    blank = {"data": Data(), "missing": Missing(), "inference": Inference()}
    holders = {
        "study": plan.study,
        "estimand": plan.study.estimand,
        "outcome": plan.outcomes[0],
        **blank,
    }
    return getattr(holders[table], "intercurrent_events" if key == "intercurrent" else key)


def as_written(value: object) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return " ".join(as_written(one) for one in value)
    return f"`{int(value) if isinstance(value, float) and value.is_integer() else value}`"


@pytest.fixture(scope="module", params=REFERENCES)
def reference(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return (DOCS / name).read_text(encoding="utf-8")


def test_the_reference_tells_every_key_and_no_other(reference: str) -> None:
    assert set(told(reference)) == set(keys())


def test_the_reference_tells_every_value_that_a_key_may_have(reference: str) -> None:
    rows = told(reference)
    for name, key in keys().items():
        if key.choices:
            assert rows[name].allowed == set(key.choices), name
        for limit in (key.low, key.high):
            # The largest whole number of a seed is told by its meaning.
            if limit is not None and limit < 2**62:
                assert as_written(limit).strip("`") in rows[name].allowed, name


def test_the_reference_tells_every_default(reference: str) -> None:
    rows = told(reference)
    for name in keys():
        if name in IN_WORDS:
            continue
        value = default(name)
        if value in (None, "", ()):
            assert "`" not in rows[name].default, name
        elif name == "estimand.intercurrent":
            assert "`treatment_policy`" in rows[name].default
        elif name == "missing.deltas":
            assert rows[name].default == "`0`, `0.1`, …, `1`"
        else:
            assert rows[name].default == as_written(value), name


def test_the_reference_names_designs_kinds_rules_and_fields(reference: str) -> None:
    fields = [field.name for field in dataclasses.fields(Result)]
    words = [*DESIGNS, *get_args(Kind), *fields, *(rule.code for rule in RULES)]
    assert [word for word in words if f"`{word}`" not in reference] == []


def test_the_coverage_that_the_reference_tells_is_that_of_the_proofs(reference: str) -> None:
    proofs = "".join(page.read_text(encoding="utf-8") for page in (DOCS / "proofs").glob("*.md"))
    shares = re.findall(r"(9\d\.\d) %", reference)
    assert len(shares) >= 5
    assert [share for share in shares if f"0.{share.replace('.', '')} |" not in proofs] == []


def test_a_default_that_drifts_would_be_seen() -> None:
    page = "| `missing.imputations` | `2` … `10000` | `50` | how many |"
    assert told(page)["missing.imputations"].default != as_written(default("missing.imputations"))
