"""The table of numbers in `docs/simulator.md`, from the files that hold them.

To bring the page up to date: ``python -m evidencia.simulate.programme.document PATH``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from evidencia.simulate.parameters import FILE, Parameter, parameters
from evidencia.simulate.programme.models import COMMON, FOLDER, models

BEGIN: Final = "<!-- numbers: begin -->"
END: Final = "<!-- numbers: end -->"


def numbers() -> str:
    """Return every number of the simulator as Markdown, a table per file."""
    files = [
        ("Every simulated study", FILE),
        ("Men's programmes", COMMON),
        *((f"Model `{slug}`", FOLDER / f"{slug}.toml") for slug in models()),
    ]
    return "\n\n".join(_section(title, path) for title, path in files)


def refreshed(page: str) -> str:
    """Return a page with the tables between its two marks brought up to date.

    Raises
    ------
    ValueError
        If a mark is missing.
    """
    before, mark, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError(f"The page needs {BEGIN} and {END}.")
    return f"{before}{BEGIN}\n{numbers()}\n{END}{after}"


def _section(title: str, path: Path) -> str:
    rows = [_row(name, number) for name, number in parameters(path).items()]
    head = "| number | value | unit | source | confirmed |\n|---|--:|---|---|---|"
    return "\n".join([f"### {title}", "", head, *rows])


def _row(name: str, number: Parameter) -> str:
    confirmed = "yes" if number.confirmed else "**no**"
    return f"| `{name}` | {number.value:g} | {number.unit} | {number.source} | {confirmed} |"


def main(words: list[str]) -> None:
    """Bring one page up to date."""
    page = Path(words[0])
    page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
