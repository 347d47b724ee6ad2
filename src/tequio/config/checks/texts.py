"""The translations: what the code says is what the catalogues hold, and English is complete.

The texts in the code are Spanish, so Spanish is complete by itself; every other language has a
catalogue in `locale/`. The compiled file lies beside it: a person's machine has no gettext.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
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


_FIELDS: Final = (
    "Project-Id-Version: Tequio",
    "Language: {language}",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=UTF-8",
    "Content-Transfer-Encoding: 8bit",
    "Plural-Forms: nplurals=2; plural=(n != 1);",
)


def look() -> Verdict:
    """Compare the committed catalogues with the texts in the code."""
    absent = [path_of(ROOT, lang) for lang in LANGUAGES if not path_of(ROOT, lang).exists()]
    if absent:
        return Verdict(problems=f"{absent[0].relative_to(ROOT)}: ./tequio messages makes it")
    problems = [f"{lang}: {p}" for lang in LANGUAGES for p in _catalogue_problems(lang)]
    if shutil.which("xgettext") is None:
        if problems:
            return Verdict(problems="\n".join(problems))
        return Verdict(not_possible=_NO_GETTEXT)
    with _extracted() as (folder, failure):
        if failure:
            return Verdict(problems=failure)
        for lang in LANGUAGES:
            found = differences(_keys(ROOT, lang), _keys(folder, lang))
            problems += [f"{lang}: {problem}" for problem in found]
    return Verdict(problems="\n".join(problems))


def gather(argv: Sequence[str]) -> int:
    """Bring the catalogues up to date with the code and compile them (`./tequio messages`)."""
    if "--compile" not in argv:
        if shutil.which("xgettext") is None:
            say.line(_NO_GETTEXT)
            return 1
        with _extracted() as (folder, failure):
            if failure:
                say.line(failure)
                return 1
            for lang in LANGUAGES:
                path_of(ROOT, lang).parent.mkdir(parents=True, exist_ok=True)
                fresh = path_of(folder, lang).read_text(encoding="utf-8")
                path_of(ROOT, lang).write_text(tidy(fresh, lang), encoding="utf-8", newline="\n")
    for lang in LANGUAGES:
        messages = catalogue.read(path_of(ROOT, lang))
        path_of(ROOT, lang).with_suffix(".mo").write_bytes(catalogue.compiled(messages))
        open_ones = catalogue.problems(messages)
        say.line(f"{lang}: {len(messages) - 1} textos, {len(open_ones)} por resolver")
        for problem in open_ones[:20]:
            say.line(f"  {problem}")
    return 0


@contextlib.contextmanager
def _extracted() -> Iterator[tuple[Path, str]]:
    """Yield a folder whose `locale` holds what `src` says now, and what went wrong, if anything.

    In a copy: the tool reads every file below the folder where it stands, the tests' too.
    """
    with tempfile.TemporaryDirectory(prefix="tequio-texts-") as name:
        folder = Path(name)
        (folder / "locale").mkdir()
        for part in ("src", "locale"):
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, folder / part, dirs_exist_ok=True)
        languages = [word for lang in LANGUAGES for word in ("-l", lang)]
        code, output = call(
            [sys.executable, "-m", "django", "makemessages", *languages, *EXTRACT],
            {"PYTHONPATH": str(folder / "src")},
            folder=folder,
        )
        yield folder, output if code else ""


def tidy(text: str, language: str) -> str:
    """Give a catalogue a header that says something, without the hour of the last extraction."""
    _first, _separator, entries = text.partition("\n\n")
    fields = [f'"{field.format(language=language)}\\n"' for field in _FIELDS]
    return "\n".join(['msgid ""', 'msgstr ""', *fields, "", entries])


def path_of(root: Path, language: str) -> Path:
    """Return where a language's catalogue is."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def differences(committed: set[Key], extracted: set[Key]) -> list[str]:
    """Name the texts that only one of the two has."""
    lines = [f"in the code, not in the catalogue: {k[1]!r}" for k in sorted(extracted - committed)]
    lines += [f"in the catalogue, not in the code: {k[1]!r}" for k in sorted(committed - extracted)]
    return lines


Key = tuple[str, str, str]


def _keys(root: Path, language: str) -> set[Key]:
    return {m.key for m in catalogue.read(path_of(root, language)) if m.key[1]}


def _catalogue_problems(language: str) -> list[str]:
    messages = catalogue.read(path_of(ROOT, language))
    found = catalogue.problems(messages)
    binary = path_of(ROOT, language).with_suffix(".mo")
    if not binary.exists() or binary.read_bytes() != catalogue.compiled(messages):
        found.append("the compiled file is not up to date; ./tequio messages --compile makes it")
    return found
