"""What a register cannot tell, said before anybody counts on it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.circles.registers.mapping import Gap
from tequio.circles.registers.results import RegisterPlan


def unknowable(plan: RegisterPlan) -> tuple[str, ...]:
    """Return the sentences, in the reader's language; none when nothing is in doubt."""
    return (*_about_strangers(plan), *_about_ids(plan), *_about_pairs(plan), *_about_gaps(plan))


def _about_strangers(plan: RegisterPlan) -> list[str]:
    count = len(plan.unattributed)
    if not count:
        return []
    known = len(plan.people)
    sentences = [
        ngettext(
            "%(count)s renglón no tiene clave ni nombre.",
            "%(count)s renglones no tienen clave ni nombre.",
            count,
        )
        % {"count": f"{count:,}"},
        _(
            "Pueden ser de otras personas o de las mismas %(known)s que sí se reconocen: el "
            "archivo no permite saberlo."
        )
        % {"known": f"{known:,}"},
        _("Por eso, lo que se cuenta por persona es un mínimo: pudo venir a más sesiones."),
    ]
    fullest = max(plan.sessions, key=lambda s: s.came + s.came_without_identity, default=None)
    if fullest is not None and fullest.came + fullest.came_without_identity:
        least = max(fullest.came + fullest.came_without_identity, known)
        sentences.append(
            _(
                "No se sabe cuántas personas distintas vinieron. Si nadie se anotó dos veces en la "
                "misma sesión, fueron por lo menos %(least)s (la sesión con más registros es "
                "«%(session)s», con %(most)s)."
            )
            % {
                "least": f"{least:,}",
                "session": fullest.label.text,
                "most": f"{fullest.came + fullest.came_without_identity:,}",
            }
        )
        sentences.append(_("Cuántos registros hubo en cada sesión sí se sabe, con y sin clave."))
    return sentences


def _about_ids(plan: RegisterPlan) -> list[str]:
    doubtful = {
        problem.sentence
        for code in ("id_two_sexes", "id_two_names")
        for problem in plan.problems_of(code)
    }
    if not doubtful:
        return []
    keyed = sum(1 for person in plan.people if person.identity.id)
    return [
        ngettext(
            "%(count)s clave de %(total)s se contradice (dos sexos o dos nombres): puede ser un "
            "error de captura o una clave que usaron dos personas, y el archivo no dice cuál.",
            "%(count)s claves de %(total)s se contradicen (dos sexos o dos nombres): puede ser un "
            "error de captura o una clave que usaron dos personas, y el archivo no dice cuál.",
            len(doubtful),
        )
        % {"count": f"{len(doubtful):,}", "total": f"{keyed:,}"}
    ]


def _about_pairs(plan: RegisterPlan) -> list[str]:
    count = len(plan.possible_duplicates)
    if not count:
        return []
    return [
        ngettext(
            "%(count)s par de personas se parece y puede ser una sola; no se unió a nadie.",
            "%(count)s pares de personas se parecen y pueden ser una sola; no se unió a nadie.",
            count,
        )
        % {"count": f"{count:,}"}
    ]


def _about_gaps(plan: RegisterPlan) -> list[str]:
    if plan.gap is Gap.ABSENT and plan.implied:
        return [
            _(
                "Nadie escribió las faltas: donde no hay marca se entiende que la persona no vino, "
                "y también pudo no haberse anotado."
            )
        ]
    return []
