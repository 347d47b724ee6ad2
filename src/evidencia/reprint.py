"""A report from what was kept: ``python -P -m evidencia.reprint`` reads a result, writes a PDF.

Standard input holds one JSON document, ``{"result": …, "language": "es"}``; standard output takes
the bytes. Drawing needs libraries that no page of a house should have to load.
"""

from __future__ import annotations

import json
import sys

from evidencia.publishing import RELEASED
from evidencia.report import document, pdf
from evidencia.results import read_result
from evidencia.words import Language


def main() -> int:
    """Print one report."""
    asked = json.loads(sys.stdin.buffer.read())
    language: Language = "en" if asked.get("language") == "en" else "es"
    made = pdf(document(read_result(str(asked["result"])), language, RELEASED))
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
