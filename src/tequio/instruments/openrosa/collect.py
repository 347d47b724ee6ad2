"""The picture with which ODK Collect sets itself up: settings as JSON, compressed, as a QR code."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Final

# What a telephone does by itself: it has the forms of the list and no others, and it sends what
# is finished as soon as there is signal and then takes it off its memory.
_GENERAL: Final = {
    "form_update_mode": "match_exactly",
    "periodic_form_updates_check": "every_one_hour",
    "autosend": "wifi_and_cellular",
    "delete_send": True,
    "analytics": False,
}
_COLOUR: Final = "#0B6E5D"


def settings(server: str, project: str) -> dict[str, object]:
    """Return the settings that ODK Collect imports. `project` is read on the telephone's screen."""
    return {
        "general": {"server_url": server, **_GENERAL},
        "admin": {"change_server": False, "analytics": False},
        "project": {"name": project, "icon": project[:1].upper() or "T", "color": _COLOUR},
    }


def packed(made: dict[str, object]) -> str:
    """Return what the QR code holds."""
    plain = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(zlib.compress(plain, 9)).decode()


def unpacked(held: str) -> dict[str, object]:
    """Read it back, as the telephone does."""
    found: dict[str, object] = json.loads(zlib.decompress(base64.b64decode(held)))
    return found
