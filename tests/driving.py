"""A programme that was drawn as arrays, written through the real screens, day by day.

Every form is sent as a browser sends it, by whoever would send it, on its day. Nothing is written
past the screens but the people who sign in.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, Final

from django.http import HttpResponse
from django.test import Client
from tests.factories.care import ANSWERS
from tests.people import signed_in_client
from tests.telephones_alone import Telephone

from evidencia.simulate.programme import TYPES, Programme
from tequio.access.models import User
from tequio.circles.models import Group, Membership, Session
from tequio.core import clock, ids
from tequio.instruments.definitions import newest
from tequio.people.models import Participant
from tequio.programmes.models import Edition, Site

BEGINS: Final = date(2025, 1, 7)
INSTRUMENT: Final = "conductas-el"
MEASURES: Final = tuple(f"{kind}_any" for kind in TYPES)
# The first question of each type; who tells of a type says "once" to it.
_SAID: Final = {
    "psychological": "insulto",
    "control": "permiso",
    "economic": "dinero",
    "physical": "empujon",
    "sexual": "sexo_presion",
}
_AFTER: Final = {"T0": (1, 0), "T1": (3, 1), "T2": (6, 1), "T3": (12, 1), "T4": (12, 183)}
"""Session after which a moment is asked, and how many days later."""

_LIFE: Final = {
    "marital": "cohabiting",
    "own_children": "yes",
    "lives_with_partner": "yes",
    "schooling": "secondary_unfinished",
    "working": "yes",
}
_TAKING_PART: Final = {
    "work_hours": ["morning"],
    "language": "spa",
    "interpreter": "no",
    "reads": "yes",
}
_AGREED: Final = {
    "limits": "given",
    "programme": "given",
    "contact": "given",
    "evaluation": "given",
    "follow_up": "given",
    "heard": "read",
    "witness": "Quien recibe",
}
_CODE: Final = re.compile(r"código <strong>([^<]+)</strong>")
_PIN: Final = re.compile(r"data-link-pin>([\d ]+)<")


@dataclass
class Drive:
    """Who sends the forms, and what is due when."""

    programme: Programme
    coordinator: User
    facilitator: User
    men: dict[int, Participant] = field(default_factory=dict)
    places: dict[int, Membership] = field(default_factory=dict)
    posts: int = 0
    _due: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _turn: Any = field(default_factory=count)
    _clients: dict[str, tuple[datetime, Client]] = field(default_factory=dict)

    def run(self) -> None:
        """Do everything in the order of its days."""
        self._at(BEGINS - timedelta(days=30), 10, self._opens_the_house)
        while self._due:
            when, _turn, act = heapq.heappop(self._due)
            with clock.at(when):
                act()

    # --- Days and hands ----------------------------------------------------------------------

    def _at(self, day: date, hour: int, act: Callable[[], None]) -> None:
        """Do something at an hour of Mexico City."""
        when = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour + 6)
        heapq.heappush(self._due, (when, next(self._turn), act))

    def _client(self, who: User) -> Client:
        now, kept = clock.now(), self._clients.get(who.login)
        if kept is None or kept[0] != now:
            kept = self._clients[who.login] = now, signed_in_client(who)
        return kept[1]

    def _send(self, who: User, address: str, sent: Mapping[str, Any]) -> HttpResponse:
        """Send a form; whatever is refused ends the drive with the page."""
        self.posts += 1
        answer = self._client(who).post(address, sent)
        assert answer.status_code == 302, (address, answer.status_code, _errors(answer))
        return answer  # type: ignore[return-value]

    # --- The house and its groups ------------------------------------------------------------

    def _opens_the_house(self) -> None:
        by = self.coordinator
        self._send(by, "/programas/sedes/", {"name": "Portales", "timezone": "America/Mexico_City"})
        made = self._send(by, "/programas/guia-simetria/adoptar/", {})
        trained = {
            "person": str(self.facilitator.pk),
            "model_slug": "guia-simetria",
            "on": clock.today("America/Mexico_City").isoformat(),
            "where": "Taller interno",
        }
        self._send(by, "/programas/formacion/", trained)
        signed = {
            "signed_by": "Carmen Solís",
            "signed_as": "Psicóloga",
            "diagnosis_title": "Diagnóstico de la colonia",
        }
        self._send(by, made["Location"], signed)
        people = self.programme.people
        for group, week in enumerate(people.starts):
            first = BEGINS + timedelta(weeks=int(week), days=group % 4)
            self._at(first - timedelta(days=12), 11, lambda g=group, d=first: self._opens(g, d))

    def _opens(self, number: int, first: date) -> None:
        sent = {
            "name": f"Grupo {number + 1}, Portales",
            "site": str(Site.objects.get(name="Portales").pk),
            "edition": str(Edition.objects.get(model_slug="guia-simetria").pk),
            "starts_on": first.isoformat(),
            "starts_at": "19:00",
            "facilitators": [str(self.facilitator.pk)],
        }
        self._send(self.coordinator, "/grupos/nuevo/", sent)
        group = Group.objects.get(name=sent["name"])
        sessions = list(group.sessions.order_by("position"))
        assert len(sessions) == self.programme.model.sessions
        his = [i for i, g in enumerate(self.programme.people.group) if g == number]
        soon = clock.today("America/Mexico_City")
        for i in his:
            self._at(soon + timedelta(days=1), 12, lambda i=i: self._arrives(i, group))
        for n, one in enumerate(sessions):
            self._at(_day(one), 20, lambda n=n, one=one: self._evening(n, one, his))
        for i in his:
            self._asks(i, sessions)

    # --- One man -----------------------------------------------------------------------------

    def _arrives(self, i: int, group: Group) -> None:
        """File, intake, consents, diagnosis, review closed, a seat."""
        by, drawn = self.coordinator, self.programme.people
        born = clock.now().year - int(drawn.age[i])
        sent = {
            "given_names": f"Nombre {i}",
            "surnames": f"Apellido {i}",
            "birth_year": str(born),
            "phone": "",
            "alias": f"Árbol {i}",
            "next": "intake",
            "sure": "1",
        }
        self._send(by, "/personas/nueva/", sent)
        man = self.men[i] = Participant.objects.get(alias=sent["alias"])
        self._intake(i, man)
        self._care(man)
        today = clock.today(by.organisation.timezone).isoformat()
        seat = {"folio": man.folio, "joined_on": today}
        self._send(by, f"/grupos/{group.pk}/integrantes/", seat)
        self.places[i] = Membership.objects.get(group=group, participant=man)

    def _intake(self, i: int, man: Participant) -> None:
        by, drawn = self.coordinator, self.programme.people
        own = f"/personas/{man.folio}/ingreso/"
        ordered = drawn.route[i] == "court"
        arrival = {
            "route": str(drawn.route[i]),
            "motive": str(drawn.motive[i]),
            "mandated": "yes" if ordered else "no",
        }
        self._send(by, f"{own}llegada/", arrival)
        if ordered:
            self._send(by, f"{own}autoridad/", {"authority": "family_court", "letter": "no"})
        self._send(by, f"{own}vida/", _LIFE)
        self._send(by, f"{own}participar/", _TAKING_PART)
        self._send(by, f"{own}lugar/", {"state": "15", "municipality_words": "ecatepec"})
        today = clock.today(by.organisation.timezone).isoformat()
        agreed = {**_AGREED, "decided_on": today}
        if ordered:
            agreed["court_report"] = "given"
        self._send(by, f"/personas/{man.folio}/acuerdos/", agreed)
        self._send(by, f"{own}terminar/", {})

    def _care(self, man: Participant) -> None:
        own = f"/personas/{man.folio}/cuidado/diagnostico/"
        self._send(self.coordinator, own, {})
        typed: dict[str, dict[str, Any]] = {
            "que": {"said": "yes", "types": ["physical"]},
            "quien": {"physical": ["partner"]},
            "cuando": {"physical-partner": "year", "words": "La empujé."},
            **{step: ANSWERS[step] for step in ("peligro", "relacion", "salud", "necesidades")},
        }
        for step, said in typed.items():
            self._send(self.coordinator, f"{own}{step}/", said)
        review = self._send(self.coordinator, f"{own}revisar/", {})["Location"]
        judged = {"level": "low", "reasons": ["violence"], "why": "Reconoce lo que hizo."}
        self._send(self.coordinator, f"{review}valorar/", judged)
        self._send(self.coordinator, f"{review}cerrar/", {"words": "Empieza el martes."})

    # --- The evenings ------------------------------------------------------------------------

    def _evening(self, n: int, session: Session, his: list[int]) -> None:
        """Touch every seat, say that it took place; who leaves after it is written down."""
        for i in his:
            if self._left(i) < n:
                continue
            status = str(self.programme.status[i, n])
            address = f"/sesiones/{session.pk}/lugares/{self.places[i].pk}/{ids.new_id()}/"
            self._send(self.facilitator, address, {"status": status})
        self._send(self.facilitator, f"/sesiones/{session.pk}/realizada/", {})
        for i in his:
            if self._left(i) == n:
                self._at(_day(session) + timedelta(days=1), 10, lambda i=i: self._leaves(i, n))

    def _left(self, i: int) -> int:
        """The first session to which he will never come again; he has his seat until then."""
        return int(self.programme.course.left_after[i])

    def _leaves(self, i: int, n: int) -> None:
        place, man = self.places[i], self.men[i]
        last = place.group.sessions.get(position=n + 1)
        sent = {"ended_on": _day(last).isoformat(), "reason": "unknown"}
        address = f"/grupos/{place.group_id}/integrantes/{man.folio}/salida/"
        self._send(self.coordinator, address, sent)

    # --- The moments -------------------------------------------------------------------------

    def _asks(self, i: int, sessions: list[Session]) -> None:
        waves = self.programme.waves
        for t, wave in enumerate(waves.names):
            if not waves.present["man"][i, t]:
                continue
            number, later = _AFTER[wave]
            on = _day(sessions[number - 1]) + timedelta(days=later)
            ask = self._alone if (i + t) % 2 else self._with_a_worker
            self._at(on, 13, lambda ask=ask, t=t, wave=wave: ask(i, t, wave))

    def said(self, i: int, t: int) -> dict[str, str]:
        """What he answers: "once" to the first question of each type that he tells of."""
        told = self.programme.waves.told["man"][i, t]
        once = {_SAID[kind] for kind, yes in zip(TYPES, told, strict=True) if yes == 1}
        items = newest(INSTRUMENT).instrument.questions
        return {item.id: "once" if item.id in once else "never" for item in items}

    def _with_a_worker(self, i: int, t: int, wave: str) -> None:
        own = f"/personas/{self.men[i].folio}/cuestionarios/empezar/"
        sent = {"instrument": INSTRUMENT, "wave": wave, "way": str(self.places[i].pk)}
        begun = self._send(self.coordinator, own, sent)
        self._send(self.coordinator, begun["Location"], self.said(i, t))

    def _alone(self, i: int, t: int, wave: str) -> None:
        """By a link that he opens on his telephone, with its PIN."""
        own = f"/personas/{self.men[i].folio}/cuestionarios/{self.places[i].pk}/{wave}/enlace/"
        self.posts += 1
        page = self._client(self.facilitator).post(own).content.decode()
        code, pin = _CODE.search(page), _PIN.search(page)
        assert code is not None and pin is not None, page
        his = Telephone(Client(), code[1]).enter(pin[1].replace(" ", ""))
        assert his.status == 200, his.page
        # The first questionnaire of every moment; the others are left for another day.
        his.press("terminar", **{f"p0_{item}": said for item, said in self.said(i, t).items()})
        assert "Gracias" in his.page, his.page


def _day(session: Session) -> date:
    assert session.planned_on is not None
    return session.planned_on


def _errors(answer: Any) -> str:
    page = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", page)[:3000]
