"""One answer under way, step by step: which screen, what was sent, what is wrong, what comes next.

Each request makes it anew from what the owner kept sealed; between two requests nothing of it is
in memory. Only the form itself, which is nobody's, is read once per process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.core import clock, entropy, ids
from tequio.core.errors import DomainError
from tequio.instruments import definitions, workbook
from tequio.instruments.beside_forms import Lists, Names, Tables
from tequio.instruments.definitions import PREFERS_NOT
from tequio.instruments.stores import Done, Filled, How, Sitting
from tequio.instruments.typed import Field, kind_of, sent, shown, span_of, steps_of, wrong
from tequio.instruments.xform.asking import Asked, Asking, Problem, Screen
from tequio.instruments.xform.calls import Surroundings
from tequio.instruments.xform.filling import Filling, Kept
from tequio.instruments.xform.model import Form

END: Final = "#end"
_SCALE: Final = 1 << 53


class Steps:
    """One answer under way, as the page walks through it."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        body: Mapping[str, Any] = sitting.kept() or {}
        self.form, self.ours = form_of(sitting)
        self.at: str = body.get("at", "")
        self.refused: set[str] = set(body.get("refused", ()))
        self.began: str = body.get("began") or clock.now().isoformat()
        self.instance: str = body.get("instance") or str(ids.new_id())
        self.language = _language(self.form, body.get("language") or sitting.language)
        kept = Kept.from_body(body) if "values" in body else None
        hidden = frozenset(body["hidden"]) if "hidden" in body else None
        self.filling = Filling(self.form, kept, around=self._around(), hidden=hidden)
        self.asking = Asking(self.filling, self.language)
        if kept is None:
            self._preload("start")
            self._go_on_from(body.get("answers", {}))

    def _go_on_from(self, answers: Mapping[str, str]) -> None:
        """Take what was answered on another page of the owner's, by the names of the questions."""
        for question in self.form.questions() if answers else ():
            value = str(answers.get(question.path.rpartition("/")[2], ""))
            if value == PREFERS_NOT and question.kind not in ("select1", "select"):
                self.refused.add(question.path)
            elif value:
                self.filling.answer(question.path, value)
        self.filling.work_out()

    # --- Where it stands -----------------------------------------------------------------------

    @cached_property
    def screens(self) -> list[Screen]:
        """Every screen that is asked now; only the one at hand is read out."""
        found = self.asking.screens({self.at})
        if found and self.at != END and all(one.key != self.at for one in found):
            self.at = found[0].key
            found = self.asking.screens({self.at})
        return found

    @property
    def screen(self) -> Screen | None:
        """The one that is asked now; None at the end."""
        here = self.screens  # where this place is hidden by now, it moves to the first
        return next((one for one in here if one.key == self.at), None)

    @property
    def number(self) -> int:
        """Which screen it is, counted from one."""
        keys = [one.key for one in self.screens]
        here = self.screen
        return len(keys) + 1 if here is None else keys.index(here.key) + 1

    def fields(self, problems: Mapping[str, str] | None = None) -> list[Field]:
        """Return what the page draws, with what is wrong beside it."""
        here = self.screen
        if here is None:
            return []
        said = problems or {}
        return [self._field(n, asked, said) for n, asked in enumerate(here.asked)]

    def _field(self, n: int, asked: Asked, problems: Mapping[str, str]) -> Field:
        kind = kind_of(asked)
        refused = asked.path in self.refused
        # What is drawn is what was typed, also where a condition or an error stands against it.
        kept = self.filling.kept.values.get(asked.path, "") if kind != "note" else asked.value
        value, places = shown(asked, kind, kept)
        attributes = asked.question.attributes
        return Field(
            name=f"q{n}",
            asked=asked,
            kind=kind,
            value=value,
            chosen=tuple(kept.split()) if kind == "many" else (kept,),
            choices=asked.choices or steps_of(asked),
            refused=refused,
            may_refuse=self.ours and kind not in ("note", "one", "many", "upload"),
            error=problems.get(asked.path, ""),
            places=places,
            limits={
                "min": attributes.get("start", ""),
                "max": attributes.get("end", ""),
                "step": attributes.get("step", ""),
            },
            pictures=self._media(asked, "image"),
            sounds=self._media(asked, "audio"),
        )

    def _media(self, asked: Asked, kind: str) -> tuple[str, ...]:
        find: Callable[[str], str] | None = getattr(self.sitting, "media_url", None)
        itext = asked.question.label.itext
        if find is None or not itext:
            return ()
        pieces = self.form.texts.get(self.language, {}).get(itext, {}).get(kind, ())
        names = [piece.words.rpartition("/")[2] for piece in pieces if piece.words]
        return tuple(filter(None, map(find, names)))

    # --- Answering -----------------------------------------------------------------------------

    def take(self, given: QueryDict) -> dict[str, str]:
        """Take what a screen sent; return what is wrong, in sentences, by path."""
        here = self.screen
        if here is None:
            return {}
        bad: dict[str, str] = {}
        for n, asked in enumerate(here.asked):
            kind = kind_of(asked)
            if kind in ("note", "upload"):
                continue
            value = sent(f"q{n}", asked, given)
            # Of a list nobody may choose it together with something else.
            if kind == "many" and PREFERS_NOT in value.split():
                value = PREFERS_NOT
            if self.ours and given.get(f"not{n}") and kind not in ("one", "many"):
                self.refused.add(asked.path)
                value = ""
            else:
                self.refused.discard(asked.path)
            self.filling.answer(asked.path, value)
            if wrong(asked, kind, value):
                bad[asked.path] = _of_kind(asked, kind)
        self._work_out()
        return bad | {
            path: said for path, said in self.problems(self.screen).items() if path not in bad
        }

    def problems(self, screen: Screen | None) -> dict[str, str]:
        """Return what is wrong with the answers of a screen, in sentences."""
        if screen is None:
            return {}
        found = [
            self.asking.problem(asked)
            for asked in screen.asked
            if kind_of(asked) not in ("note", "upload") and asked.path not in self.refused
        ]
        return {one.path: _sentence(one) for one in found if one is not None}

    def forward(self) -> None:
        """Go to the next screen."""
        number = self.number
        self._go(self.screens[number].key if number < len(self.screens) else END)

    def back(self) -> None:
        """Go to the screen before."""
        number = self.number
        if self.screens:
            self._go(self.screens[max(0, number - 2)].key)

    def one_more(self, *, wanted: bool) -> None:
        """Begin one more of what is repeated, or leave it as it is."""
        here = self.screen
        if here is None or not here.one_more:
            return
        if not wanted:
            self.forward()
            return
        before = {one.key for one in self.screens}
        self.filling.one_more(here.one_more)
        self._work_out()
        new = next((one.key for one in self.screens if one.key not in before), None)
        self._go(new or here.key)

    @property
    def may_be_none(self) -> str:
        """Return what repeats and begins here with its only time: there may be none of it."""
        keys = [one.key for one in self.screens]
        for one in reversed([one for one in self.screens if one.one_more]):
            first = next((key for key in keys if key.startswith(f"{one.one_more}[1]")), "")
            if first == self.at and self.filling.times(one.one_more) == 1:
                return one.one_more
        return ""

    def none(self) -> None:
        """Take the only one of what is repeated away, and go on after it."""
        path = self.may_be_none
        if path:
            self.filling.one_less(path, 1)
            self._work_out()
            self._go(f"{path}#")
            self.forward()

    def one_less(self) -> None:
        """Take the last of what is repeated away."""
        here = self.screen
        if here is not None and here.one_more and self.filling.times(here.one_more):
            self.filling.one_less(here.one_more, self.filling.times(here.one_more))
            self._work_out()
            self._go(here.key)

    def speak(self, language: str) -> None:
        """Read it out in another of its languages."""
        if language in self.form.languages:
            self.language = language
            self.asking = Asking(self.filling, language)
            self._go(self.at)

    def keep(self) -> None:
        """Keep it where it belongs, sealed."""
        self.sitting.keep(
            self.filling.kept.as_body()
            | {
                "at": self.at,
                "refused": sorted(self.refused),
                "hidden": sorted(self.filling.hidden),
                "began": self.began,
                "instance": self.instance,
                "language": self.language,
            }
            # So that another page of the owner's can go on from here.
            | ({"answers": self.answers()} if self.ours else {})
        )

    def finish(self, how: How) -> Done | None:
        """Hand the whole answer to its owner; None where something is still wrong: it is shown."""
        for screen in self.asking.screens():
            if self.problems(screen):
                self._go(screen.key)
                return None
        self._preload("end")
        self.filling.work_out()
        number = UUID(self.instance)
        return self.sitting.finish(
            Filled(
                form=self.sitting.form,
                instance_id=number,
                answers=self.answers(),
                how=how,
                started_at=datetime.fromisoformat(self.began),
                finished_at=clock.now(),
                xml=self.filling.submission(instance_id=f"uuid:{number}"),
            )
        )

    def answers(self) -> dict[str, str]:
        """Return what was asked and answered, by the names of the questions."""
        found: dict[str, str] = {}
        for screen in self.asking.screens():
            for asked in screen.asked:
                name = asked.path.rpartition("/")[2]
                value = PREFERS_NOT if asked.path in self.refused else asked.value
                if value and kind_of(asked) not in ("note", "upload"):
                    found[name] = value
        return found

    def _go(self, key: str) -> None:
        self.at = key
        self.__dict__.pop("screens", None)

    def _work_out(self) -> None:
        self.filling.work_out()
        self.__dict__.pop("screens", None)

    # --- What stands around it -----------------------------------------------------------------

    def _around(self) -> Surroundings:
        tables = Tables(getattr(self.sitting, "table", None))
        lists = Lists(self.form, tables)
        return Surroundings(
            timezone.localtime(clock.now()),
            lists=lists,
            choice_name=Names(self.form, self.language, lists),
            pulldata=tables.look_up,
            random=lambda: entropy.below(_SCALE) / _SCALE,
            new_id=lambda: str(ids.new_id()),
            seed=self.instance,
        )

    def _preload(self, moment: str) -> None:
        """Write down when it began, when it ended and on which day, where the form asks for it."""
        now = timezone.localtime(clock.now())
        for path, rule in self.form.binds.items():
            wants = (rule.preload, rule.preload_params)
            if wants == ("timestamp", moment):
                self.filling.answer(path, now.isoformat(timespec="milliseconds"))
            elif wants == ("date", "today") and moment == "start":
                self.filling.answer(path, now.date().isoformat())
        self.filling.work_out()


def form_of(sitting: Sitting) -> tuple[Form, bool]:
    """Return the form that is asked, and whether it is an instrument of ours."""
    own: Form | None = getattr(sitting, "asked", None)
    if own is not None:
        return own, False
    key = sitting.form
    shipped = definitions.find(key.slug, key.version)
    if shipped is None or shipped.sha256 != key.sha256:
        raise DomainError(
            _("Falta el cuestionario «%(slug)s», versión %(version)s, como se preguntó.")
            % {"slug": key.slug, "version": key.version},
            hint=_("Avisa a quien cuida el sistema: las versiones publicadas no cambian."),
        )
    return workbook.form_of(shipped), True


def _language(form: Form, wanted: str) -> str:
    """Return the form's own name of a language: «es» finds «Español (es)»."""
    if wanted in form.languages or not form.languages:
        return wanted
    short = wanted[:2].casefold()
    return next(
        (one for one in form.languages if f"({short}" in one.casefold()), form.default_language
    )


def _of_kind(asked: Asked, kind: str) -> str:
    match kind:
        case "rank":
            return _("Pon cada cosa en un lugar, sin repetir ninguna.")
        case "place":
            return _("Escribe la latitud (de -90 a 90) y la longitud (de -180 a 180).")
        case "number":
            least, most = span_of(asked)
            return _("Escribe un número de %(least)s a %(most)s.") % {"least": least, "most": most}
        case _:
            return _("Esa fecha no se entiende.")


def _sentence(problem: Problem) -> str:
    if problem.message:
        return problem.message
    match problem.code:
        case "required":
            return _("Falta esta respuesta.")
        case "type":
            return _("Escribe solo un número.")
        case "choice":
            return _("Elige una de las respuestas de la lista.")
        case _:
            return _("Esa respuesta no cabe aquí. Revísala.")
