"""What an account never says, whatever it counted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tequio.reports.accounts.blocks import Block, Items


def limits() -> list[Block]:
    """Return the sentences, the same for everybody."""
    return [
        Items(
            _("No se puede decir con estos números"),
            (
                _("Que alguien esté a salvo porque otro vino a sesiones. Venir no es seguridad."),
                _(
                    "Que la violencia bajó porque los hombres cuentan menos. Lo que ellos cuentan "
                    "no prueba cómo viven ellas."
                ),
                _("Que un cambio se debe al programa, si no hubo con quién comparar."),
                _("Que quienes faltan por contestar están igual que quienes contestaron."),
                _("Que una sede, una vía de llegada o un grupo funciona mejor que otro."),
            ),
        ),
    ]


def plain() -> list[Block]:
    """Return them in few words, for a wall."""
    return [
        Items(
            _("No sabemos todavía"),
            (
                _("Si las mujeres viven más seguras. Eso lo dicen ellas, cuando pueden y quieren."),
                _("Si quien viene a un grupo deja la violencia. Venir no es prueba."),
            ),
        )
    ]
