"""Codes that people type: from the authenticator, from paper, from the administrator."""

from __future__ import annotations

import base64
import hmac
import re
from datetime import datetime
from typing import Final

import pyotp

from tequio.core import entropy, ids

STEP_SECONDS: Final = 30
# One step to each side forgives a telephone whose clock is a little off.
_STEPS_AROUND: Final = (-1, 0, 1)
_RECOVERY_DIGITS: Final = 16
_RESET_CHARACTERS: Final = 12
_ISSUER: Final = "Tequio"


def new_secret() -> str:
    """Return an authenticator's secret: 160 bits in base 32, as authenticators read it."""
    return base64.b32encode(entropy.token_bytes(20)).decode()


def provisioning_uri(secret: str, login: str) -> str:
    """Return what the QR code says. The name beside the code in the telephone is neutral."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=_ISSUER)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step whose code this is, or None. Looks at every step in equal time."""
    totp = pyotp.TOTP(secret)
    current = int(now.timestamp()) // STEP_SECONDS
    found = None
    for around in _STEPS_AROUND:
        if hmac.compare_digest(totp.generate_otp(current + around), code):
            found = current + around
    return found


def digits_of(typed: str) -> str:
    """Return only the digits: people type codes with spaces and dashes."""
    return re.sub(r"[^0-9]", "", typed)


def is_recovery_code(typed: str) -> bool:
    """Tell a code from paper from one of the authenticator, by its length."""
    return len(digits_of(typed)) == _RECOVERY_DIGITS


def new_recovery_code() -> str:
    """Return sixteen digits in four groups: digits, so that the number pad is enough."""
    digits = "".join(str(entropy.below(10)) for _i in range(_RECOVERY_DIGITS))
    return in_groups(digits, 4, "-")


def new_reset_code() -> str:
    """Return sixty random bits as ``7K2M-9QXC-40HV``, which survive a telephone call."""
    body = "".join(ids.ALPHABET[entropy.below(32)] for _i in range(_RESET_CHARACTERS))
    return in_groups(body, 4, "-")


def plain_reset_code(typed: str) -> str:
    """Return what was meant: capital letters, no dashes, O heard as zero, I and L as one."""
    plain = re.sub(r"[\s-]", "", typed.upper())
    return plain.translate(str.maketrans("OIL", "011"))


def in_groups(text: str, size: int, between: str = " ") -> str:
    """Return the text in groups that an eye can follow."""
    return between.join(text[i : i + size] for i in range(0, len(text), size))
