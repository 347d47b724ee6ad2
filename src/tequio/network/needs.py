"""What people need, in plain words: one list for the network, the directory and the demands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Need(models.TextChoices):
    """What somebody may need; each as whoever looks for it would say it."""

    TALK = "talk", _("Hablar con alguien")
    DANGER = "danger", _("Ayuda en una emergencia")
    HEALTH = "health", _("Salud y atención médica")
    MIND = "mind", _("Salud mental")
    DRINK = "drink", _("Alcohol y otras sustancias")
    LEGAL = "legal", _("Asesoría legal")
    PROTECTION = "protection", _("Denuncia y protección")
    REFUGE = "refuge", _("Un lugar seguro donde quedarse")
    CHILDREN = "children", _("Niñas, niños y adolescentes")
    MONEY = "money", _("Trabajo y dinero")
    PAPERS = "papers", _("Actas, apoyos y trámites")
    LEARNING = "learning", _("Escuela y talleres")
    LANGUAGE = "language", _("Atención en lengua indígena")
    MEN = "men", _("Hombres que quieren dejar la violencia")


NEEDS: Final = tuple(Need.values)
LABELS: Final = {need.value: need.label for need in Need}


def said(needs: Iterable[str]) -> list[str]:
    """Return the words of some needs, in the order of the list; what nobody knows is left out."""
    wanted = set(needs)
    return [str(LABELS[need]) for need in NEEDS if need in wanted]
