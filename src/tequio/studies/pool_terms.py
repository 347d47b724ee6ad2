"""What was agreed with others, and what of ours would leave, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidencia.estimate import Effect
from evidencia.pooling import Packet, PooledDesign
from tequio.instruments import definitions
from tequio.studies.models import PoolAgreement
from tequio.studies.rules import pooling as rules
from tequio.ui.parts import Column, Fact, Row, Table

_ARMS: Final = {"programme", "now"}


@dataclass(frozen=True, slots=True)
class Unit:
    """How the agreed measure is spoken of."""

    name: str
    # Shares are told in points of a hundred.
    share: bool = False
    # Of which kind of violence it is; empty where it is of something else.
    violence: str = ""
    # More of it is worse for somebody.
    worse: bool = True

    def size(self, value: float) -> str:
        """Return how much, without its sign."""
        if self.share:
            return _("%(n)s puntos de cada cien") % {"n": f"{abs(100 * value):.1f}"}
        return ngettext("%(n)s punto", "%(n)s puntos", 1 if abs(value) == 1 else 2) % {
            "n": f"{abs(value):.2f}"
        }

    def number(self, value: float) -> str:
        """Return the number with its sign, for tables and pictures."""
        told = 100 * value if self.share else value
        places = 1 if self.share else 2
        sign = "−" if round(told, places) < 0 else "+" if round(told, places) > 0 else ""
        return f"{sign}{abs(told):.{places}f}"

    def between(self, effect: Effect) -> str:
        """Return a number with its interval."""
        words = {
            "at": self.number(effect.estimate),
            "low": self.number(effect.ci_low),
            "high": self.number(effect.ci_high),
        }
        return _("%(at)s (%(low)s a %(high)s)") % words


def unit_of(agreement: PoolAgreement) -> Unit:
    """Return how the measure of an agreement is called."""
    found = definitions.find(agreement.instrument, agreement.version)
    scale = found.instrument.scale(agreement.measure) if found else None
    if found is None or scale is None:
        return Unit(agreement.measure)
    worse = scale.direction == "higher_is_worse"
    return Unit(scale.name.now(), scale.method == "any", scale.about, worse)


def terms(agreement: PoolAgreement, design: PooledDesign) -> tuple[Fact, ...]:
    """Return what was agreed, line by line."""
    found = definitions.find(agreement.instrument, agreement.version)
    name = found.instrument.name.now() if found else agreement.instrument
    return (
        Fact(_("Código"), agreement.code),
        Fact(_("Qué se mide"), unit_of(agreement).name),
        Fact(
            _("Con qué"),
            _("%(name)s, versión %(version)s") % {"name": name, "version": agreement.version},
        ),
        Fact(
            _("De quién son las palabras"), _("De los hombres. Nunca prueban que ella está bien.")
        ),
        Fact(_("Momentos"), ", ".join(design.waves)),
        Fact(_("Grupos"), arms_in_words(design)),
        Fact(_("Mínimo de personas por renglón de sumas"), str(design.threshold)),
        Fact(
            _("Cómo aparece tu organización"),
            agreement.label if agreement.named else _("Sin nombre (%s)") % agreement.label[-9:],
        ),
        Fact(_("Huella del acuerdo"), design.sha256[:16]),
    )


def arms_in_words(design: PooledDesign) -> str:
    """Return what is compared, or that nothing is."""
    if design.arms == rules.ARMS["wait"]:
        return _("Quien empezó primero contra quien esperó, por sorteo")
    if design.arms == rules.ARMS["comparison"]:
        return _("El programa contra un lugar de comparación")
    return _("Uno solo: se ve un cambio, no lo que lo causó")


def cells(packet: Packet) -> Table:
    """Return what would leave, sum by sum: of whom, how many, and how many numbers."""
    design = packet.design
    rows = []
    for cell in packet.cells:
        answered = [
            wave for wave, seen in zip(design.waves, cell.products.observed[0], strict=True) if seen
        ]
        n = len(answered)
        rows.append(
            Row(
                (
                    _("%(arm)s: contestaron en %(waves)s")
                    % {"arm": _arm_name(cell.arm), "waves": ", ".join(answered)},
                    cell.n,
                    n,
                    n * (n + 1) // 2,
                )
            )
        )
    columns = (
        Column(_("De quiénes")),
        Column(_("Cuántos hombres"), number=True),
        Column(_("Sumas"), number=True),
        Column(_("Sumas de productos"), number=True),
    )
    return Table(_("Lo que sale"), columns, rows)


def _arm_name(arm: str) -> str:
    if arm in _ARMS:
        return _("Con el programa")
    return _("Quienes esperaron") if arm == "later" else _("Lugar de comparación")


def loss(packet: Packet) -> tuple[Fact, ...]:
    """Return what the rule took away before anything left."""
    lost = packet.loss
    return (
        Fact(_("Hombres con alguna respuesta"), f"{lost.people_given:,}"),
        Fact(_("Conservan solo sus primeros momentos"), f"{lost.people_merged:,}"),
        Fact(_("Quedan fuera"), f"{lost.people_dropped:,}"),
        Fact(
            _("Respuestas que no salen"),
            _("%(lost)s de %(given)s")
            % {"lost": f"{lost.answers_lost:,}", "given": f"{lost.answers_given:,}"},
        ),
    )


def all_alike(packet: Packet, unit: Unit) -> str:
    """Return a warning where a line of yes and no would tell of each man in it; else nothing."""
    if not unit.share:
        return ""
    centre = packet.design.centre
    for cell in packet.cells:
        seen = cell.products.observed[0]
        yes = cell.products.zy[0][0][seen] + centre * cell.n
        if any(round(float(sum_)) in (0, cell.n) for sum_ in yes):
            return _(
                "Hay un renglón en que todos contestaron lo mismo a un «sí o no»: quien lo lea "
                "sabe qué contestó cada uno de ellos, aunque no sepa quiénes son. Piensen si "
                "conviene un mínimo más alto, en otro acuerdo."
            )
    return ""


def stays() -> tuple[str, ...]:
    """Return what never leaves."""
    return (
        _("Ningún renglón: ni uno de un hombre."),
        _("Ningún folio, alias, nombre, fecha, sede ni grupo."),
        _("Nada de lo que dicen las mujeres: eso no se junta así."),
        _("Ninguna suma de menos personas que el mínimo acordado."),
    )
