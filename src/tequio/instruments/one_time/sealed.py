"""What lies in a link's box: who asks what of whom, and further in, under the PIN, the answers."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Final

from tequio.core import entropy, keys
from tequio.core.keys import WrongSecret
from tequio.core.sealing import Key, SealBroken, Stored
from tequio.instruments.definitions import Shipped
from tequio.instruments.one_time import codes
from tequio.instruments.stores import FormKey

# Every box weighs this, or, with answers at great length, a multiple of it.
STEP: Final = 16 * 1024
# What `Key.seal` adds: a version, a nonce, the length inside and the tag.
WEIGHS: Final = STEP + 1 + 12 + 16
_LENGTH: Final = 4

ASKING: Final = "asking"
OTHER: Final = "other"  # she is not alone, or left the questions: something harmless is asked
DONE: Final = "done"


@dataclass(frozen=True, slots=True)
class Asked:
    """One instrument of a link, exactly; `number` makes its answer count once."""

    slug: str
    version: str
    sha256: str
    number: str

    @property
    def form(self) -> FormKey:
        """Which form it is."""
        return FormKey(self.slug, self.version, self.sha256)


@dataclass(frozen=True, slots=True)
class Outside:
    """What the code alone opens: enough to ask for a PIN, and to count wrong ones."""

    owner: str
    organisation: str
    # Whatever the owner knows it by; it says nothing to this room.
    about: Mapping[str, str]
    asks: tuple[Asked, ...]
    language: str
    until: str
    # The key of what lies further in, wrapped by the PIN; and that, sealed with the key.
    wrapped: str = ""
    inside: str = ""
    wrong: int = 0
    last_wrong: str = ""
    # No PIN opens it any more: answered, or tried too often.
    over: bool = False

    def open_on(self, day: date) -> bool:
        """Tell whether a PIN is looked at on a day."""
        return not self.over and day <= date.fromisoformat(self.until)

    @property
    def last(self) -> datetime | None:
        """When the last wrong PIN came."""
        return datetime.fromisoformat(self.last_wrong) if self.last_wrong else None


@dataclass(frozen=True, slots=True)
class Inside:
    """What only the code with the PIN opens."""

    mode: str = ASKING
    began: str = ""
    at: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    # Of what was handed over: the kinds of what could not wait, for the page that is shown again.
    raised: tuple[str, ...] = ()


def asked(shipped: Shipped, number: str) -> Asked:
    """Return an instrument as a link asks it."""
    one = shipped.instrument
    return Asked(one.slug, one.version, shipped.sha256, number)


def begun(outside: Outside, pin: str, row: str) -> Outside:
    """Return a new link with a key of its own further in, wrapped by its PIN."""
    secret = entropy.token_bytes(32, stream="walled")
    box = keys.wrap(secret, codes.peppered(pin), bound_to=f"instruments.link|{row}")
    return put_inside(replace(outside, wrapped=_text(box)), _text(secret), Inside(), row)


def secret_of(outside: Outside, pin: str, row: str) -> str:
    """Return the key further in for a PIN; empty where it is another PIN."""
    try:
        box = _bytes(outside.wrapped)
        return _text(keys.unwrap(box, codes.peppered(pin), bound_to=f"instruments.link|{row}"))
    except WrongSecret:
        return ""


def inside_of(outside: Outside, secret: str, row: str) -> Inside | None:
    """Return what lies further in; None where the key is another."""
    try:
        plain = _key(secret).open(_bytes(outside.inside), bound_to=_place(row, "inside"))
    except (SealBroken, ValueError):
        return None
    body = json.loads(zlib.decompress(plain))
    return Inside(**{**body, "raised": tuple(body["raised"])})


def put_inside(outside: Outside, secret: str, inside: Inside, row: str) -> Outside:
    """Return the link with something else further in; what lay there is gone."""
    # Pressed together, a hundred answers fit into the box that every link weighs.
    plain = zlib.compress(json.dumps(asdict(inside)).encode())
    box = _key(secret).seal(plain, bound_to=_place(row, "inside"))
    return replace(outside, inside=_text(box))


def sealed(outside: Outside, code: str, row: str) -> bytes:
    """Seal a link with its code; all weigh the same."""
    plain = json.dumps(asdict(outside), ensure_ascii=False).encode()
    whole = -(-(len(plain) + _LENGTH) // STEP) * STEP - _LENGTH
    return codes.key_of(code).seal(plain.ljust(whole), bound_to=_place(row, "outside"))


def opened(box: Stored, code: str, row: str) -> Outside:
    """Open a link with its code, or raise :class:`SealBroken`."""
    body = json.loads(codes.key_of(code).open(box, bound_to=_place(row, "outside")))
    return Outside(**{**body, "asks": tuple(Asked(**one) for one in body["asks"])})


def _place(row: str, part: str) -> str:
    return f"instruments.link|{row}|{part}"


def _key(secret: str) -> Key:
    return Key.from_master(_bytes(secret), stream="walled")


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode())
