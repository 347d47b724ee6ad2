"""The translations: what the code says is what the catalogues hold, and English is complete.

The texts in the code are Spanish, so Spanish is complete by itself; every other language has a
catalogue in `locale/`. The compiled file lies beside it: a person's machine has no gettext.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tequio.config import say
from tequio.config.checks import catalogue
from tequio.config.checks.verdict import Verdict, call
from tequio.config.environment import ROOT

LANGUAGES: Final = ("en",)
_NO_GETTEXT: Final = "faltan las herramientas de gettext (sudo apt install gettext)"
EXTRACT: Final = (
    "--no-obsolete",
    "--no-wrap",
    "--add-location=file",
    "--extension=html,txt,py,typ",
)


def look() -> Verdict:
    """Compare the committed catalogues with the texts in the code."""
    problems = [f"{lang}: {p}" for lang in LANGUAGES for p in _catalogue_problems(lang)]
    if shutil.which("xgettext") is None:
        if problems:
            return Verdict(problems="\n".join(problems))
        return Verdict(not_possible=_NO_GETTEXT)
    with tempfile.TemporaryDirectory(prefix="tequio-texts-") as name:
        folder = Path(name)
        for part in ("src", "locale"):
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, folder / part)
        code, output = extract(folder)
        if code:
            return Verdict(problems=output)
        for lang in LANGUAGES:
            found = differences(_keys(ROOT, lang), _keys(folder, lang))
            problems += [f"{lang}: {problem}" for problem in found]
    return Verdict(problems="\n".join(problems))


def gather(argv: Sequence[str]) -> int:
    """Bring the catalogues up to date with the code and compile them (`./tequio messages`)."""
    if shutil.which("xgettext") is None:
        say.line(_NO_GETTEXT)
        return 1
    if "--compile" not in argv:
        code, output = extract(ROOT)
        if code:
            say.line(output)
            return code
    for lang in LANGUAGES:
        messages = catalogue.read(path_of(ROOT, lang))
        path_of(ROOT, lang).with_suffix(".mo").write_bytes(catalogue.compiled(messages))
        open_ones = catalogue.problems(messages)
        say.line(f"{lang}: {len(messages) - 1} textos, {len(open_ones)} por resolver")
        for problem in open_ones[:20]:
            say.line(f"  {problem}")
    return 0


def path_of(root: Path, language: str) -> Path:
    """Return where a language's catalogue is."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def extract(root: Path) -> tuple[int, str]:
    """Write into `root/locale` the texts that `root/src` holds."""
    (root / "locale").mkdir(exist_ok=True)
    languages = [word for lang in LANGUAGES for word in ("-l", lang)]
    return call(
        [sys.executable, "-m", "django", "makemessages", *languages, *EXTRACT],
        {"PYTHONPATH": str(root / "src")},
        folder=root,
    )


def differences(committed: set[Key], extracted: set[Key]) -> list[str]:
    """Name the texts that only one of the two has."""
    lines = [f"in the code, not in the catalogue: {k[1]!r}" for k in sorted(extracted - committed)]
    lines += [f"in the catalogue, not in the code: {k[1]!r}" for k in sorted(committed - extracted)]
    return lines


Key = tuple[str, str, str]


def _keys(root: Path, language: str) -> set[Key]:
    path = path_of(root, language)
    return {m.key for m in catalogue.read(path) if m.key[1]} if path.exists() else set()


def _catalogue_problems(language: str) -> list[str]:
    path = path_of(ROOT, language)
    if not path.exists():
        return [f"{path.relative_to(ROOT)} is not there; ./tequio messages makes it"]
    messages = catalogue.read(path)
    found = catalogue.problems(messages)
    binary = path.with_suffix(".mo")
    if not binary.exists() or binary.read_bytes() != catalogue.compiled(messages):
        found.append("the compiled file is not up to date; ./tequio messages --compile makes it")
    return found
