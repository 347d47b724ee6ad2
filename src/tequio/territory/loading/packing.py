"""Writes the tables that ship with the system, and the list of what they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tequio.territory.loading import folders
from tequio.territory.loading.tables import pressed, sha256

MANIFEST: Final = "manifest.json"
_GEOMETRY: Final = ("municipios", "estados")
_SOURCES: Final = {
    "context": ["conapo-2020", "coneval-2020", "inegi-2020", "homicides"],
    "files": ["files"],
    "calls": ["calls"],
    "survey": ["survey"],
    "geometry": ["geometry"],
}


def pack(folder: Path, to: Path) -> list[dict[str, Any]]:
    """Write every table and boundary of a folder, and the list with its checksums."""
    to.mkdir(parents=True, exist_ok=True)
    listed = []
    for name, raw, entry in _files(folder):
        (to / name).write_bytes(raw)
        listed.append({"file": name, **entry, "bytes": len(raw)})
    text = json.dumps(listed, ensure_ascii=False, indent=2) + "\n"
    (to / MANIFEST).write_text(text, encoding="utf-8")
    return listed


def _files(folder: Path) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    for _one, table in folders.read_all(folder):
        entry = _entry(table.kind, table.sha256, table.rows) | {"totals": dict(table.totals)}
        yield f"{table.kind}.csv.gz", table.pressed, entry
    for name in _GEOMETRY:
        path = folder / "mx_geometry" / f"{name}.topojson"
        if path.is_file():
            raw = path.read_bytes()
            (collection,) = json.loads(raw)["objects"].values()
            entry = _entry("geometry", sha256(raw), len(collection["geometries"]))
            yield f"{name}.topojson.gz", pressed(raw), entry


def _entry(kind: str, checksum: str, rows: int) -> dict[str, Any]:
    return {"kind": kind, "sources": _SOURCES[kind], "rows": rows, "sha256": checksum}
