"""What may be handed back of a form whose session ended while somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

# «current» and «repeated» are passwords too; «outside_code» is a man's number and must survive.
_SECRET: Final = re.compile(
    r"password|contrasena|secret|token|^(code|codigo|current|repeated)$", re.IGNORECASE
)


def same_origin(headers: Mapping[str, str], *, scheme: str, host: str) -> bool:
    """Tell whether the browser itself says that our own page sent this.

    A stranger's page could fill our form with its own text; handing that back with a button
    «Enviar de nuevo» would make the person send it. Silence is not enough either.
    """
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(headers.get("Origin", ""))
    return (origin.scheme, origin.netloc) == (scheme, host)


def kept_fields(fields: Iterable[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    """Return every posted name and value except secrets."""
    return [
        (name, value) for name, values in fields if not _SECRET.search(name) for value in values
    ]
