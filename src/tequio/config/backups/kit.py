"""The kit of keys: one file that opens the back-ups, and a phrase that opens the file.

The secret half of the back-ups' key exists in the kit alone. Whoever steals the server cannot read
older back-ups with it, and whoever finds a back-up cannot read it at all. A kit that is made again
brings a new key with it: the old kit opens the old back-ups until they are thirty-five days old.

The phrase goes through Argon2id with a cost that the file names. (The age format measures a cost
when it seals: a kit made by a fast machine may be refused by the slow one that has to open it.)
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyrage
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tequio.config import environment, installation
from tequio.config.installation import write_private
from tequio.config.words import gettext as _
from tequio.core import clock, entropy, erased
from tequio.core.errors import DomainError

_WORDS: Final = 7
_COST: Final = {"time": 4, "memory_kib": 128 * 1024, "lanes": 2}
_BOUND: Final = b"tequio kit v1"
_PLACES: Final = {"keys": "*.key", "https": "authority.*"}


@dataclass(frozen=True, slots=True)
class Kit:
    """What the file holds: the identity that opens back-ups, and this machine's key files."""

    identity: str = field(repr=False)
    files: dict[str, bytes] = field(repr=False)
    # Who had been erased when it was made: keyed hashes.
    erased: str = ""


def make(data: Path, target: Path) -> tuple[Path, str]:
    """Write a new kit into a folder; return its file and the phrase, which is kept nowhere."""
    if not target.is_dir():
        raise DomainError(
            _("No existe la carpeta %(target)s.") % {"target": target},
            hint=_("Conecta la memoria o créala."),
        )
    if data.resolve() in (target.resolve(), *target.resolve().parents):
        raise DomainError(
            _("El llavero no se guarda junto a los datos: se perderían o se robarían juntos."),
            hint=_("Elige una memoria u otra carpeta."),
        )
    identity = pyrage.x25519.Identity.generate()
    files = {
        f"{place}/{path.name}": path.read_bytes()
        for place, pattern in _PLACES.items()
        for path in sorted((data / place).glob(pattern))
    }
    body = {
        "schema": 1,
        "identity": str(identity),
        "files": {name: base64.b64encode(content).decode() for name, content in files.items()},
        "erased": _erased(data),
    }
    phrase = new_phrase()
    path = target / f"tequio-llavero-{clock.now():%Y%m%dT%H%M%SZ}.json"
    write_private(path, _seal(json.dumps(body).encode(), phrase))
    if open_with(path, phrase).files != files:  # read back from the stick, which may be broken
        raise DomainError(_("El llavero no se pudo leer de vuelta."), hint=_("Usa otra memoria."))
    names = tuple(sorted(Path(name).name for name in files if name.startswith("keys/")))
    installation.change(data, backup_recipient=str(identity.to_public()), kit_holds=names)
    return path, phrase


def open_with(path: Path, phrase: str) -> Kit:
    """Open a kit."""
    try:
        sealed = json.loads(path.read_text(encoding="utf-8"))
        key = _key(phrase, base64.b64decode(sealed["salt"]), sealed["cost"])
        nonce, box = (base64.b64decode(sealed[name]) for name in ("nonce", "box"))
        plain = AESGCM(key).decrypt(nonce, box, _BOUND)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DomainError(
            _("El archivo %(path)s no es un llavero o no se puede leer.") % {"path": path}
        ) from error
    except InvalidTag as error:
        raise DomainError(
            _("Esa frase no abre el llavero."),
            hint=_("Escríbela con todas sus palabras, en su orden."),
        ) from error
    body = json.loads(plain)
    files = {name: base64.b64decode(content) for name, content in body["files"].items()}
    return Kit(body["identity"], files, str(body.get("erased", "")))


def put_keys(kit: Kit, data: Path) -> list[str]:
    """Write the key files that are missing; one that is there and differs is never touched."""
    written = []
    for name, content in kit.files.items():
        place, _slash, own = name.partition("/")
        if place not in _PLACES or own != Path(own).name or own.startswith("."):
            raise DomainError(_("El llavero trae un archivo que no es de Tequio."))
        path = data / place / own
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            write_private(path, content)
            written.append(name)
        elif path.read_bytes() != content:
            raise DomainError(
                _("La llave %(own)s que está en la carpeta no es la del llavero.") % {"own": own},
                hint=_("No se cambió nada. Averigua cuál de las dos abre los datos."),
            )
    return written


def _erased(data: Path) -> str:
    path = data / "keys" / erased.FILE
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def new_phrase() -> str:
    """Return seven words (72 bits) that can be copied by hand."""
    path = environment.ROOT / "src" / "tequio" / "access" / "data" / "palabras.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if line and not line.startswith("#")]
    return " ".join(words[entropy.below(len(words))] for _i in range(_WORDS))


def _seal(plain: bytes, phrase: str) -> bytes:
    salt, nonce = entropy.token_bytes(16), entropy.token_bytes(12)
    box = AESGCM(_key(phrase, salt, _COST)).encrypt(nonce, plain, _BOUND)
    parts = {"salt": salt, "nonce": nonce, "box": box}
    body = {name: base64.b64encode(part).decode() for name, part in parts.items()}
    return json.dumps({"schema": 1, "what": "tequio kit", "cost": _COST, **body}).encode()


def _key(phrase: str, salt: bytes, cost: Any) -> bytes:
    return hash_secret_raw(
        " ".join(phrase.lower().split()).encode(),
        salt,
        time_cost=cost["time"],
        memory_cost=cost["memory_kib"],
        parallelism=cost["lanes"],
        hash_len=32,
        type=Type.ID,
    )
