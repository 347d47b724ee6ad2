"""What is read to whoever gives a testimony: versioned texts with their fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from django.utils.translation import gettext_lazy
from pydantic import Field

from tequio.core.datafiles import BadDataFile, Read, Strict, read_as

FOLDER: Final = Path(__file__).parent.parent / "testimony_texts"
LONGEST: Final = timedelta(days=3 * 365)
# In which accounts a testimony may stand.
USES: Final = (
    ("funders", gettext_lazy("Para financiadoras")),
    ("public", gettext_lazy("Públicos: el informe anual")),
    ("community", gettext_lazy("En la comunidad")),
)


class Text(Strict):
    """One version of what is read."""

    schema_version: Literal[1] = Field(alias="schema")
    version: str = Field(pattern=r"^[0-9]+$")
    origin: Literal["ours", "published", "seed"] = Field(alias="from")
    title: str
    lines: tuple[str, ...] = Field(min_length=1)


@lru_cache(maxsize=1)
def versions() -> Mapping[str, Read[Text]]:
    """Return every version that ever shipped."""
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        read = read_as(path, Text)
        if read.content.version != path.stem:
            raise BadDataFile(f"{path.name}: {read.content.version}")
        found[path.stem] = read
    return found


def current() -> Read[Text]:
    """Return the text that is read today."""
    return versions()[max(versions(), key=int)]


def latest_day(agreed_on: date) -> date:
    """Return the last day that a consent given on a day may reach."""
    return agreed_on + LONGEST
