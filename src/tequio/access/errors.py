"""The refusals of signing in. None of them says whether a user exists."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.core.errors import DomainError


class Refused(DomainError):
    """What was typed does not open the door."""


class WeakPassword(DomainError):
    """A new password that somebody would guess."""


class MustWait(DomainError):
    """Too many failures: the answer says how long to wait and looks at nothing."""

    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(
            _("Hubo varios intentos fallidos seguidos."),
            hint=ngettext(
                "Espera %(seconds)d segundo y vuelve a intentar. Tu cuenta no está bloqueada.",
                "Espera %(seconds)d segundos y vuelve a intentar. Tu cuenta no está bloqueada.",
                seconds,
            )
            % {"seconds": seconds},
        )
        self.seconds = seconds


def wrong_password() -> Refused:
    """Return the one answer for an unknown user, a wrong password and a closed account."""
    return Refused(
        _("El usuario o la contraseña no coinciden."),
        hint=_(
            "Revisa que el usuario lleve la parte después de la @, como «maru@mi-organizacion»."
        ),
    )


def wrong_code() -> Refused:
    """Return the answer for a code that is wrong, old or already used."""
    return Refused(
        _("Ese código no sirve: está equivocado o ya se usó."),
        hint=_("Espera a que tu teléfono muestre uno nuevo y escríbelo antes de que cambie."),
    )


def wrong_reset_code() -> Refused:
    """Return the one answer for an unknown user and for a code that is wrong, old or used."""
    return Refused(
        _("El usuario o el código no coinciden, o el código ya venció."),
        hint=_("Un código sirve una sola vez y dura un día. Pide otro a quien administra."),
    )


def weak_password(problems: list[str]) -> WeakPassword:
    """Return why a new password is refused, all reasons at once."""
    return WeakPassword(
        _("Esa contraseña no es segura: %(problems)s") % {"problems": " ".join(problems)},
        hint=_("Una frase de seis palabras al azar es fácil de recordar y difícil de adivinar."),
    )
