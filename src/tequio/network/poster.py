"""The page for the wall of the community centre: what was chosen, who does it, and what was done.

Anybody who passes reads it, so it holds no quotation, no place of a meeting, no money line by line
and no action that should not be known. What a committee carries stands there as the committee's and
not as one person's: who is named on a wall can be waited for.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.core import clock
from tequio.core.money import pesos
from tequio.network.models import Action, Assembly, Community, Money
from tequio.network.policies.learning import committees_visible_to
from tequio.network.queries import demands as queries
from tequio.ui import printing
from tequio.ui.templatetags.ui import day

_FIRST = 6
_ROWS = 8
_DONE = 5


def pdf(data: Mapping[str, object]) -> bytes:
    """Compile the page."""
    return printing.pdf("tequio.network:typst/poster.typ", data)


def data(user: User, community: Community) -> dict[str, object]:
    """Gather what the page says."""
    today = clock.today(user.organisation.timezone)
    rows = list(
        queries.actions(user, community).filter(on_the_wall=True).select_related("committee")
    )
    chosen = [line for line in queries.demands(user, community) if line.place is not None]
    assembly = queries.last_assembly(user, community)
    done = sorted(
        (one for one in rows if one.state == "done"),
        key=lambda one: one.finished_on or one.due_on,
        reverse=True,
    )
    promised = [one for one in rows if one.promise]
    return {
        "title": community.name,
        "subtitle": _("Lo que pedimos, lo que hacemos y lo que nos prometieron"),
        "organisation": user.organisation.name,
        "world": "terracotta",
        "language": (get_language() or "es")[:2],
        "dated": day(today),
        "footer": _("¿Algo no es así? Dilo en la próxima reunión."),
        "chosen_in": _assembly(assembly),
        "chosen": [[f"{line.place}", line.demand.what, _did(line)] for line in chosen[:_FIRST]],
        "doing": [
            [one.what, _whose(one), day(one.due_on), _stands(one, queries.late(one, today))]
            for one in rows
            if one.finished_on is None
        ][:_ROWS],
        "done": [[one.what, day(one.finished_on)] for one in done[:_DONE]],
        "promised": [
            [one.decides, one.promise, day(one.promised_for), _kept(one)]
            for one in promised[:_ROWS]
        ],
        "money": _money(user, community),
        "words": {
            "chosen": _("Lo que va primero"),
            "doing": _("Lo que estamos haciendo"),
            "done": _("Lo que ya se cumplió"),
            "promised": _("Lo que nos prometieron"),
            "none_chosen": _("Todavía no se ha elegido en asamblea."),
            "none_doing": _("Ahora no hay ninguna acción abierta."),
            "none_done": _("Todavía ninguna."),
            "chosen_columns": ["", _("Qué pedimos"), _("Acciones")],
            "doing_columns": [_("Qué"), _("Se encarga"), _("Para cuándo"), _("Cómo va")],
            "done_columns": [_("Qué"), _("Cuándo")],
            "promised_columns": [_("Quién decide"), _("Qué prometió"), _("Para"), _("¿Cumplió?")],
        },
    }


def _assembly(found: Assembly | None) -> str:
    if found is None:
        return ""
    said = _("Asamblea del %(day)s: %(n)s personas, %(each)s votos cada una. Empates: %(rule)s.")
    return said % {
        "day": day(found.held_on),
        "n": found.present,
        "each": found.votes_each,
        "rule": str(found.get_tie_rule_display()).lower(),
    }


def _did(line: queries.DemandLine) -> str:
    if not line.n_actions:
        return _("Nadie la ha tomado")
    return _("%(done)s de %(n)s cumplidas") % {"done": line.n_done, "n": line.n_actions}


def _whose(one: Action) -> str:
    return one.committee.name if one.committee else one.owner


def _stands(one: Action, late: bool) -> str:
    if one.state == Action.State.STUCK:
        return _("Atorada")
    return _("Atrasada") if late else _("En tiempo")


def _kept(one: Action) -> str:
    return str(one.get_kept_display()) if one.kept else _("Todavía no se sabe")


def _money(user: User, community: Community) -> str:
    lines = Money.objects.filter(
        committee__in=committees_visible_to(user).filter(community=community)
    )
    totals = {"received": 0, "spent": 0}
    for way, cents in lines.values_list("way", "cents"):
        totals[way] += cents
    if not any(totals.values()):
        return ""
    left = totals["received"] - totals["spent"]
    words = {
        "received": pesos(totals["received"]),
        "spent": pesos(totals["spent"]),
        "left": pesos(left),
    }
    if left < 0:
        # Whoever passes must not read that somebody took it: the book is not complete.
        text = _(
            "Dinero de los comités: entró %(received)s, salió %(spent)s. Faltan entradas por "
            "anotar."
        )
    else:
        text = _("Dinero de los comités: entró %(received)s, salió %(spent)s, queda %(left)s.")
    return text % words
