"""The import contracts hold, and each would notice the import that it is there for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = (
    "import sys; from importlinter.cli import lint_imports;"
    "sys.exit(lint_imports({config!r}, no_cache=True))"
)

HOUSE = "The rooms of the house"
WALL = "Only studies and the list of addresses look over the wall"
LIBRARY = "evidencia knows neither Django nor the application"
INSIDE = "Inside a room"
CYCLES = "No cycles"

# Each is read by the linter anew; `./tequio check` reads the house itself at every save.
SEEDED = (
    ("tequio.people.seeded", "from tequio import circles", HOUSE),
    ("tequio.core.seeded", "import tequio.access", HOUSE),
    ("tequio.circles.seeded", "import tequio.desk", HOUSE),
    ("tequio.attic", "", HOUSE),  # a room that nobody gave a place
    ("tequio.people.models", "from tequio.people import actions", INSIDE),
    ("tequio.programmes.rules", "from tequio.programmes import queries", INSIDE),
    ("tequio.care.models", "from tequio.care import views", INSIDE),
    ("evidencia.words", "import django", LIBRARY),
    ("evidencia.words", "from tequio.core import clock", LIBRARY),
    ("tequio.simulation.people", "from tequio.survivors import models", WALL),
    ("tequio.config.settings", "from tequio.survivors.models import Case", WALL),
    ("tequio.people.seeded", "import tequio.survivors", HOUSE),
    ("tequio.survivors.rules", "import tequio.people", HOUSE),
    ("tequio.survivors.rules", "import tequio.outbox", None),
    ("tequio.studies.actions", "from tequio.survivors import models", None),
    ("tequio.config.urls", "import tequio.survivors.models", None),
)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    only_python = shutil.ignore_patterns("static", "templates", "__pycache__", "fonts", "vendor")
    shutil.copytree(ROOT / "src", folder / "src", ignore=only_python)
    shutil.copy(ROOT / ".importlinter", folder)
    return folder


@pytest.fixture
def house(untouched: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(untouched, tmp_path / "house"))


def add(house: Path, module: str, text: str = "") -> None:
    """Write a line into a module of the copy, and make the module if it is not there."""
    path = house.joinpath("src", *module.split("."))
    if path.is_dir():
        path /= "__init__.py"
    else:
        path = path.with_suffix(".py")
    package = path.parent
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").touch()
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


def lint(house: Path) -> tuple[bool, str]:
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(config=str(house / ".importlinter"))],
        cwd=house / "src",
        env={**os.environ, "PYTHONPATH": str(house / "src"), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr


def test_the_house_keeps_its_contracts(untouched: Path) -> None:
    kept, output = lint(untouched)
    assert kept, output


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("tequio.care.rules", "import tequio.survivors", WALL),
        *(pytest.param(*seeded, marks=pytest.mark.thorough) for seeded in SEEDED),
    ],
)
def test_a_seeded_import_is_judged_rightly(
    house: Path, module: str, line: str, contract: str | None
) -> None:
    for room in ("survivors.models", "outbox.models", "studies.rules"):
        add(house, f"tequio.{room}")
    for helper in ("people.actions", "programmes.queries", "care.views"):
        add(house, f"tequio.{helper}")
    add(house, module, line)
    kept, output = lint(house)
    if contract is None:
        assert kept, output
    else:
        assert not kept
        assert f"{contract} BROKEN" in output


@pytest.mark.thorough
def test_a_cycle_is_seen(house: Path) -> None:
    add(house, "tequio.core.one", "from tequio.core import two")
    add(house, "tequio.core.two", "from tequio.core import one")
    kept, output = lint(house)
    assert not kept
    assert f"{CYCLES} BROKEN" in output
