"""What to say on the telephone: short, to be read aloud, different for each step.

Dignity and no threat; and nothing at all to anybody else who picks up.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Script:
    """What to mind before dialling, what to say, and what to leave out."""

    before: tuple[Words, ...]
    say: tuple[Words, ...]
    never: tuple[Words, ...]


_BEFORE = (
    _("Marca desde un lugar donde nadie más te oiga."),
    _("Si contesta otra persona, di solo: «Disculpe, vuelvo a marcar después», y cuelga."),
    _("Si entra el buzón, cuelga. No dejes recado con nadie, ni mensaje, ni de qué es la llamada."),
)
_HELLO = _("«Hola, soy ___. ¿Puedes hablar un minuto, sin que te oigan?»")
_LATER = _("Si no puede: «¿A qué hora te marco?» Anótala como próximo intento.")
_BYE = _("«Gracias por contestar. Tu lugar en el círculo sigue ahí.»")
_NEVER = (
    _("No reclames ni lo amenaces con darlo de baja, con el juzgado o con la constancia."),
    _("No preguntes por su pareja ni la menciones, y no le digas nada de ella."),
    _("Si cuenta que alguien corre peligro, deja la guía y sigue «Qué hacer, paso a paso»."),
)
_SCRIPTS = {
    "call": Script(
        _BEFORE,
        (
            _HELLO,
            _LATER,
            _("«El otro día no te vimos y quise saber cómo estás.» Escucha. No lo corrijas."),
            _("«¿Qué necesitarías para venir la próxima?»"),
            _BYE,
        ),
        _NEVER,
    ),
    "talk": Script(
        _BEFORE,
        (
            _HELLO,
            _LATER,
            _("«Ya van varias reuniones que no te vemos y me importa cómo vas.»"),
            _("«¿Podemos platicar tú y yo, quince minutos, antes de la próxima sesión?»"),
            _("«Si algo del grupo no te funciona, quiero oírlo.»"),
            _BYE,
        ),
        _NEVER,
    ),
    "review": Script(
        _BEFORE,
        (
            _HELLO,
            _LATER,
            _("«Te hemos extrañado varias semanas. No te llamo para regañarte.»"),
            _("«¿Cómo estás? ¿Cómo han estado las cosas en tu casa?» Escucha, sin interrogar."),
            _("«Quiero que alguien del equipo platique contigo esta semana. ¿Qué día puedes?»"),
            _BYE,
        ),
        _NEVER,
    ),
    "care": Script(
        _BEFORE,
        (
            _HELLO,
            _("«Te llamo para saber cómo estás después de lo que pasó. ¿Estás a salvo?»"),
            _("«¿Tienes dónde dormir, agua, comida? ¿Hay niñas o niños contigo? ¿Están bien?»"),
            _("«En estos días es normal dormir mal o enojarse más. ¿Te acuerdas del retiro?»"),
            _("«Estos son números de ayuda, si los necesitas.» Lee los de la emergencia."),
            _("«Las faltas de estos días no cuentan. Cuando puedas, aquí está tu lugar.»"),
        ),
        _NEVER,
    ),
}


def script_for(step: str) -> Script:
    """Return what to say for a step; a plain call where there is none."""
    return _SCRIPTS.get(step, _SCRIPTS["call"])
