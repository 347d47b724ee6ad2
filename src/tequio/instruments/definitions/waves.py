"""When a programme is measured: moments anchored on a session, on the end or on leaving."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from tequio.core.datafiles import BadDataFile, Strict, read_as
from tequio.instruments.definitions import shipped
from tequio.instruments.definitions.shape import SLUG, Words

FOLDER: Final = Path(__file__).parent.parent / "measuring"
HERS: Final = "t0-t4"
Name = Literal["T0", "T1", "T2", "T3", "T4", "M", "S"]


class Anchor(Strict):
    """What a moment hangs on: a session of his, a part of the way, or the day he left."""

    session: int | None = Field(default=None, ge=1)
    part: Literal["half", "last"] | None = None
    exit: bool = False
    days: int = 0

    @model_validator(mode="after")
    def _one(self) -> Anchor:
        if [self.session is not None, self.part is not None, self.exit].count(True) != 1:
            raise ValueError(_("Un ancla es «session», «part» o «exit», y solo una."))
        return self


class Wave(Strict):
    """One moment: when its window opens and closes around the anchor, and what is asked."""

    wave: Name
    name: Words
    # The earliest that is known counts.
    anchors: tuple[Anchor, ...] = Field(min_length=1)
    opens: int
    closes: int
    every_days: int | None = Field(default=None, ge=28)
    times: int = Field(default=1, ge=1, le=20)
    his: tuple[str, ...] = ()
    hers: tuple[str, ...] = ()
    # Hers hangs on the day of her own consent and on nothing of his.
    her_day: int | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Wave:
        if self.opens >= self.closes:
            raise ValueError(_("%(wave)s cierra antes de abrir.") % {"wave": self.wave})
        if bool(self.hers) != (self.her_day is not None):
            raise ValueError(_("%(wave)s: «hers» va con «her_day».") % {"wave": self.wave})
        return self


class Plan(Strict):
    """The moments of some models of intervention."""

    schema_version: Literal[1] = Field(alias="schema")
    slug: str = Field(pattern=SLUG)
    version: str = Field(pattern=r"^[0-9]+(\.[0-9]+)*$")
    name: str
    origin: Literal["seed", "published", "ours"] = Field(alias="from")
    models: tuple[str, ...] = Field(min_length=1)
    waves: tuple[Wave, ...] = Field(alias="wave", min_length=1)

    def wave(self, name: str) -> Wave | None:
        """Return a moment by its name."""
        return next((one for one in self.waves if one.wave == name), None)

    @model_validator(mode="after")
    def _asks_whom_it_may(self) -> Plan:
        if faults := list(_faults(self)):
            raise ValueError(" ".join(faults))
        return self


def _faults(plan: Plan) -> Iterator[str]:
    known = shipped()
    for wave in plan.waves:
        for slug in (*wave.his, *wave.hers):
            if slug not in known or known[slug].instrument.is_shell:
                yield _("No hay un cuestionario «%(slug)s».") % {"slug": slug}
        for slug in wave.his:
            if slug in known and not known[slug].instrument.asks_a_man:
                yield _("«%(slug)s» no se le pregunta a un hombre.") % {"slug": slug}
        for slug in wave.hers:
            if slug in known and known[slug].instrument.reporter not in ("hers", "anyone"):
                yield _("«%(slug)s» no se le pregunta a una mujer.") % {"slug": slug}


def read(path: Path) -> Plan:
    """Read and check one plan: ``measuring/<slug>/<version>.toml``."""
    plan = read_as(path, Plan).content
    if (plan.slug, plan.version) != (path.parent.name, path.stem):
        raise BadDataFile(_("%(file)s: el nombre no es el que dice dentro.") % {"file": path.name})
    return plan


@lru_cache(maxsize=1)
def by_model() -> Mapping[str, Plan]:
    """Return the newest plan of each model of intervention."""
    return {model: plan for plan in _in_order() for model in plan.models}


@lru_cache(maxsize=1)
def hers() -> Plan:
    """Return the newest plan of women: they are in no model of intervention of his."""
    return next(plan for plan in reversed(_in_order()) if plan.slug == HERS)


def _in_order() -> list[Plan]:
    plans = [read(path) for path in sorted(FOLDER.glob("*/*.toml"))]
    return sorted(plans, key=lambda plan: tuple(int(part) for part in plan.version.split(".")))
