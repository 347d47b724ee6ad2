"""What the network says, in sentences: who joins, who stands alone, what nobody attends to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.core.text import join_names
from tequio.network import needs
from tequio.network.models import Commitment, Stakeholder, Tie
from tequio.network.queries.stakeholders import Network, level_on

# Through whom this share of all ways leads, on that person the network hangs.
_HANGS: Final = 0.2
_NAMED: Final = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence, and whether somebody should do something about it."""

    title: str
    text: str
    look: bool = False


def findings(network: Network) -> list[Finding]:
    """Return what is worth saying, in the order in which it presses."""
    if len(network.who) < 2:
        return []
    said = [
        _unattended(network),
        _centre(network),
        _alone(network),
        _pieces(network),
        _against(network),
    ]
    return [one for one in said if one is not None]


def _unattended(network: Network) -> Finding:
    missing = needs.said(network.unattended)
    if not missing:
        return Finding(
            _("Cada necesidad tiene a alguien"),
            _("Para cada una hay en la red, o en el directorio, quien la atienda."),
        )
    title = ngettext(
        "Una necesidad que no atiende nadie",
        "%(n)s necesidades que no atiende nadie",
        len(missing),
    ) % {"n": len(missing)}
    text = _("Ni en la red ni entre los servicios comprobados hay quien atienda: %(needs)s.")
    return Finding(title, text % {"needs": join_names(missing).lower()}, look=True)


def _centre(network: Network) -> Finding | None:
    degree, through = network.measures.degree, network.measures.betweenness
    ranked = sorted(network.who, key=lambda one: (-through[one.pk], -degree[one.pk], one.name_key))
    first = ranked[0]
    if degree[first.pk] < 2:
        return None
    values = {
        "name": _name(first),
        "ties": degree[first.pk],
        "share": f"{100 * through[first.pk]:.0f}\u00a0%",
    }
    if through[first.pk] >= _HANGS:
        text = _(
            "%(name)s se liga con %(ties)s y está en medio del %(share)s de los pares que "
            "forman los demás. Si un día falta, muchos dejan de alcanzarse."
        )
        return Finding(_("De quién depende la red"), text % values, look=not first.is_us)
    text = _(
        "%(name)s es quien más une: se liga con %(ties)s y está en medio del %(share)s de los "
        "pares que forman los demás. La red no depende de una sola parte."
    )
    return Finding(_("Quién une más"), text % values)


def _alone(network: Network) -> Finding | None:
    alone = [one for one in network.who if network.measures.degree[one.pk] == 0]
    if not alone:
        return None
    title = ngettext("Alguien sin ningún lazo", "%(n)s sin ningún lazo de trabajo", len(alone)) % {
        "n": len(alone)
    }
    return Finding(
        title, _("Nadie trabaja con ellos todavía: %(names)s.") % _names(alone), look=True
    )


def _pieces(network: Network) -> Finding | None:
    groups = [piece for piece in network.measures.pieces if len(piece) > 1]
    if len(groups) < 2:
        return None
    apart = [one for one in network.who if one.pk in groups[1]]
    text = _("No hay camino entre el grupo mayor y: %(names)s.")
    title = _("La red está partida en %(n)s") % {"n": len(groups)}
    return Finding(title, text % _names(apart), look=True)


def _against(network: Network) -> Finding | None:
    against = [one for one in network.who if level_on(one, network.on) == Commitment.Level.AGAINST]
    blocking = {tie.source_id for tie in network.ties if tie.kind == Tie.Kind.BLOCKS}
    against += [one for one in network.who if one.pk in blocking and one not in against]
    if not against:
        return None
    text = _("Se oponen o estorban a alguien de la red: %(names)s.") % _names(against)
    return Finding(_("Con quién hay que hablar"), text, look=True)


def _names(some: list[Stakeholder]) -> dict[str, str]:
    names = [_name(one) for one in some[:_NAMED]]
    more = len(some) - _NAMED
    if more > 0:
        names.append(ngettext("%(n)s más", "%(n)s más", more) % {"n": more})
    return {"names": join_names(names)}


def _name(one: Stakeholder) -> str:
    return _("%(name)s (nuestra organización)") % {"name": one.name} if one.is_us else one.name


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in the network between two days, in lists of sentences."""

    came: list[str]
    went: list[str]
    begun: list[str]
    over: list[str]
    figures: list[tuple[str, str, str]]

    @property
    def nothing(self) -> bool:
        """Whether both days look the same."""
        return not (self.came or self.went or self.begun or self.over)


def change(before: Network, after: Network) -> Change:
    """Compare two days of the same network."""
    names = {one.pk: one.name for one in (*before.who, *after.who)}
    was, is_now = {one.pk for one in before.who}, {one.pk for one in after.who}
    first = {tie.pk: tie for tie in before.ties}
    second = {tie.pk: tie for tie in after.ties}

    def sentence(tie: Tie) -> str:
        return _("%(one)s %(does)s %(other)s") % {
            "one": names[tie.source_id],
            "does": tie.get_kind_display(),
            "other": names[tie.target_id],
        }

    return Change(
        came=sorted(names[key] for key in is_now - was),
        went=sorted(names[key] for key in was - is_now),
        begun=[sentence(tie) for key, tie in second.items() if key not in first],
        over=[sentence(tie) for key, tie in first.items() if key not in second],
        figures=_figures(before, after),
    )


def _figures(before: Network, after: Network) -> list[tuple[str, str, str]]:
    def row(network: Network) -> tuple[str, ...]:
        alone = len(network.measures.isolated)
        missing = len(network.unattended)
        return (
            str(len(network.who)),
            str(len(network.ties)),
            _("%(n)s de %(of)s") % {"n": alone, "of": len(network.who)},
            _("%(n)s de %(of)s") % {"n": missing, "of": len(network.attended)},
        )

    labels = (
        _("Actores en la red"),
        _("Lazos"),
        _("Sin ningún lazo de trabajo"),
        _("Necesidades que no atiende nadie"),
    )
    return list(zip(labels, row(before), row(after), strict=True))
