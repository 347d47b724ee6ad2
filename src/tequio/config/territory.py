"""`./tequio territory load|pack FOLDER`: open data of every municipality."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tequio.config import say
from tequio.config.options import Options
from tequio.config.words import gettext as _
from tequio.territory.actions import data
from tequio.territory.loading import folders, packing


def run(argv: Sequence[str]) -> int:
    """Load a folder into the database, or write the files that ship."""
    options = Options("territory", _("Datos abiertos de los municipios de México."))
    options.add_argument("what", choices=("load", "pack"), help=_("load: cargar; pack: empacar"))
    options.add_argument("folder", type=Path, help=_("la carpeta con los archivos publicados"))
    options.add_argument("--to", type=Path, help=_("dónde dejar lo empacado"))
    asked = options.parse_args(list(argv))
    if asked.what == "pack":
        if asked.to is None:
            options.error("the following arguments are required: --to")
        return _pack(asked.folder, asked.to)
    return _load(asked.folder)


def _load(folder: Path) -> int:
    """Say of each set how many rows it has, what they add up to, and whether it was new."""
    for one, table in folders.read_all(folder):
        changed = data.load(table=table)
        state = _("cargado") if changed else _("ya estaba")
        words = {
            "kind": table.kind,
            "rows": f"{table.rows:,}",
            "sha": table.sha256[:16],
            "state": state,
            "folder": one.name,
        }
        say.line(_("%(kind)s · %(rows)s renglones · %(sha)s · %(state)s · %(folder)s") % words)
        for name, total in table.totals:
            say.line(f"    {name}: {total}")
    return 0


def _pack(folder: Path, to: Path) -> int:
    for entry in packing.pack(folder, to):
        say.line(f"{entry['file']} · {entry['rows']:,} · {entry['bytes']:,} B · {entry['sha256']}")
    return 0
