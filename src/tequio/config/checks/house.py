"""The house rules that can be read from the files: contracts, locks, vendored files, lengths."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tequio.config.checks.verdict import Verdict, call, from_lines, program
from tequio.config.environment import ROOT

LONGEST: Final = 400
_COUNTED: Final = {".py", ".html", ".css", ".js", ".typ"}
# Files that others wrote, and that we ship as they are.
_VENDORED_FOLDERS: Final = ("vendor", "fonts")
VENDORED: Final = Path("locks/vendored.txt")


def launcher_types() -> Verdict:
    """Check the launcher apart: it has the same name as the package."""
    own = ("--config-file=", "--cache-dir=.cache/launcher")
    return program("mypy", "--strict", *own, "tequio.py")()


def contracts() -> Verdict:
    """Run the import contracts."""
    # From src: the tool looks where it stands first, and at the top lies the launcher, tequio.py.
    code, output = call([sys.executable, "-c", _LINT_IMPORTS], {}, folder=ROOT / "src")
    return Verdict(problems=output if code else "")


_LINT_IMPORTS: Final = (
    "import sys; from importlinter.cli import lint_imports;"
    "sys.exit(lint_imports(config_filename='../.importlinter', cache_dir='../.cache/imports',"
    " no_logo=True))"
)


def locks(root: Path = ROOT) -> Verdict:
    """No lock names an address: a registry is the reader's choice, and every pin has its hash."""
    problems = []
    for path in sorted((root / "locks").glob("*.txt")):
        name = path.relative_to(root)
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), start=1):
            if "://" in line or line.lstrip().startswith(("-i", "--index", "--extra", "--find")):
                problems.append(f"{name}:{number}: names an address: {line.strip()}")
        pins = [line for line in text.splitlines() if "==" in line and not line.startswith(" ")]
        problems += [f"{name}: without a hash: {p}" for p in pins if not p.endswith("\\")]
    return from_lines(problems)


def lengths(root: Path = ROOT) -> Verdict:
    """A file longer than about 400 lines is two files."""
    problems = []
    for path in sorted(_own_files(root)):
        count = len(path.read_text(encoding="utf-8").splitlines())
        if count > LONGEST:
            problems.append(f"{path.relative_to(root)}: {count} lines, at most {LONGEST}")
    return from_lines(problems)


def _own_files(root: Path) -> Iterator[Path]:
    yield from root.glob("*.py")
    for folder in ("src", "tests"):
        for path in (root / folder).rglob("*"):
            written_by_others = {"vendor", "__pycache__", "migrations"}.intersection(path.parts)
            if path.suffix in _COUNTED and path.is_file() and not written_by_others:
                yield path


# --- Files of others --------------------------------------------------------------------------


def vendored(root: Path = ROOT) -> Verdict:
    """Every file of others is listed with its hash and its licence, and is unchanged."""
    listed = _listed(root)
    present = {path.relative_to(root).as_posix(): path for path in _vendored_files(root)}
    problems = [f"{name}: not listed in {VENDORED}" for name in present if name not in listed]
    for name, (digest, licence) in listed.items():
        if name not in present:
            problems.append(f"{name}: listed in {VENDORED}, but not there")
        elif _digest(present[name]) != digest:
            problems.append(f"{name}: is not the file whose hash is in {VENDORED}")
        if not (root / licence).is_file():
            problems.append(f"{name}: its licence {licence!r} is not there")
    return from_lines(sorted(problems))


def accept_vendored(root: Path = ROOT) -> None:
    """Write the list anew after somebody has looked at the new files; licences are kept."""
    known = _listed(root)
    lines = []
    for path in sorted(_vendored_files(root)):
        name = path.relative_to(root).as_posix()
        licence = known[name][1] if name in known else _guess_licence(root, path)
        lines.append(f"{_digest(path)}  {name}  {licence}\n")
    (root / VENDORED).write_text("".join(lines), encoding="utf-8", newline="\n")


def _guess_licence(root: Path, path: Path) -> str:
    """Find the text whose name begins like the file's; somebody fills in the others by hand."""
    plain = path.name.lower().replace("-", "")
    for text in sorted((root / "src").glob("tequio/*/licences/*.txt")):
        if plain.startswith(text.stem.replace("-", "")):
            return text.relative_to(root).as_posix()
    return "?"


def _listed(root: Path) -> dict[str, tuple[str, str]]:
    path = root / VENDORED
    rows = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {name: (digest, licence) for digest, name, licence in (row.split() for row in rows)}


def _vendored_files(root: Path) -> Iterator[Path]:
    for path in (root / "src").rglob("*"):
        if path.is_file() and set(_VENDORED_FOLDERS).intersection(path.parent.parts):
            yield path


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
