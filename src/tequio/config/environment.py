"""What the settings read from outside: the data folder, the mode, and secrets kept in files."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final, Literal, get_args

from django.core.exceptions import ImproperlyConfigured

from tequio.config import installation

Mode = Literal["production", "demo", "development", "test"]

ROOT: Final = Path(__file__).resolve().parents[3]


def mode() -> Mode:
    """Return TEQUIO_MODE; without it the strictest one."""
    value = os.environ.get("TEQUIO_MODE", "production")
    for known in get_args(Mode):
        if value == known:
            return known  # type: ignore[no-any-return]
    raise ImproperlyConfigured(
        f"TEQUIO_MODE={value!r} is not a mode of Tequio. "
        f"Use one of: {', '.join(get_args(Mode))}; or leave it out for production."
    )


def data_folder() -> Path:
    """Return the folder of the database, keys and logs (TEQUIO_DATA, else ./data)."""
    return Path(os.environ.get("TEQUIO_DATA", ROOT / "data")).resolve()


def hosts() -> list[str]:
    """Return the names under which this server answers: TEQUIO_HOSTS, else what set-up chose."""
    given = [h.strip() for h in os.environ.get("TEQUIO_HOSTS", "").split(",") if h.strip()]
    return given or list((installation.read(data_folder()) or installation.Installation()).hosts)


def neutral_page() -> str:
    """Return where who leaves in a hurry ends: TEQUIO_NEUTRAL_PAGE, else the weather."""
    given = os.environ.get("TEQUIO_NEUTRAL_PAGE", "").strip()
    if given and not given.startswith(("https://", "http://")):
        raise ImproperlyConfigured(
            "TEQUIO_NEUTRAL_PAGE must be a whole address such as https://example.org/."
        )
    return given or "https://smn.conagua.gob.mx/"


def secret(name: str) -> str:
    """Return a secret from the data folder, making it on first use (mode 0600)."""
    path = data_folder() / "keys" / f"{name}.secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
