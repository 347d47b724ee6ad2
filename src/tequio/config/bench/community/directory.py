"""What the directory and the network are timed with: 5,000 services, 500 in the network."""

from __future__ import annotations

import json
import time
from datetime import date
from typing import Final

from django.test import Client
from django.urls import reverse

from tequio.access.models import Organisation, User
from tequio.core import clock
from tequio.network.actions import importing
from tequio.network.models import DirectoryImport, Service, Stakeholder, Tie
from tequio.network.needs import NEEDS
from tequio.network.rules.directory.searching import mark
from tequio.territory import places

SERVICES: Final = 5_000
OBJECTS: Final = 1_014
WHO: Final = 500
OFTEN: Final = 60
Timed = tuple[str, list[float], str]


def rows(client: Client) -> list[Timed]:
    """Bring in services, look for them as anybody does, and draw a large network."""
    by = User.objects.select_related("organisation").get()
    took = [_brought(by, _objects(OBJECTS, torn=True)) for _again in range(3)]
    DirectoryImport.objects.update(state="done")
    _brought(by, _objects(SERVICES, torn=False))
    _verified(by.organisation)
    _network(by)
    near, anybody = (
        reverse("network:near", args=[by.organisation.slug]),
        Client(HTTP_HOST="localhost"),
    )
    anybody.get(near)
    return [
        (f"a broken directory of {OBJECTS:,} objects, brought in with its report", took, "≤ 5 s"),
        (
            f"search of anybody over {SERVICES:,} services, by need, place and words",
            [_asked(anybody, near, n) for n in range(OFTEN)],
            "≤ 50 ms",
        ),
        (
            f"search of ours over {SERVICES:,} services",
            [_got(client, f"{reverse('network:directory')}?q=legal&state=09") for _n in range(20)],
            "",
        ),
        (
            f"picture of a network of {WHO}, with its words and list",
            [_got(client, reverse("network:picture")) for _n in range(10)],
            "",
        ),
    ]


def _objects(how_many: int, *, torn: bool) -> bytes:
    """A directory as volunteers make one; a torn one is no JSON as a whole."""
    found = [place for one in places.states() for place in places.municipalities(one.key)]
    kinds = ("Asesoría legal", "Psicología", "Centro de salud", "Trabajo y ahorro", "Adicciones")
    lines = [
        {
            "categoria": kinds[n % len(kinds)],
            "institucion": f"Centro {n:05}",
            "estado": found[n % len(found)].state.name,
            "localidad": found[n % len(found)].name,
            "telefono": f"01 ({200 + n % 700}) {n % 900 + 100} {n % 9000 + 1000}",
            "direccion": f"Calle {n}, Centro",
            "nota": "Atención de lunes a viernes.",
        }
        for n in range(how_many)
    ]
    text = json.dumps(lines, ensure_ascii=False)
    return (text + ', {"institucion": ,}').encode() if torn else text.encode()


def _brought(by: User, data: bytes) -> float:
    Service.objects.all().delete()
    began = time.perf_counter()
    made = importing.receive(by=by, name="directorio.json", data=data, queued=False)
    importing.apply(by=by, import_id=made.pk)
    return time.perf_counter() - began


def _verified(organisation: Organisation) -> None:
    today = clock.today(organisation.timezone)
    found = list(Service.objects.all())
    for n, one in enumerate(found):
        one.verified_on, one.verified_by = today, "Paty"
        one.needs = [*one.needs, NEEDS[n % len(NEEDS)]]
        one.search = mark(NEEDS[n % len(NEEDS)]) + one.search
    Service.objects.bulk_update(
        found, ["verified_on", "verified_by", "needs", "search"], batch_size=500
    )


def _network(by: User) -> None:
    who = [
        Stakeholder(
            organisation=by.organisation,
            name=f"Grupo {n:03}",
            name_key=f"grupo {n:03}",
            kind="group",
            added_by=by,
        )
        for n in range(WHO)
    ]
    Stakeholder.objects.bulk_create(who)
    seen = date(2026, 1, 1)
    pairs = {(n, (n * step + 1) % WHO) for n in range(WHO) for step in (3, 7)}
    Tie.objects.bulk_create(
        Tie(
            organisation=by.organisation,
            source=who[one],
            target=who[other],
            kind="works",
            observed_on=seen,
            told_by="x",
            written_by=by,
        )
        for one, other in sorted(pairs)
        if one != other
    )


def _asked(client: Client, near: str, n: int) -> float:
    """Ask as a telephone without an account does."""
    need = NEEDS[n % len(NEEDS)]
    words = ("", "busco una abogada", "centro", "psicologia cerca")[n % 4]
    state = ("", "09", "15", "20")[n // 4 % 4]
    sent = {"paso": "buscar", "need": need, "words": words, "state": state}
    began = time.perf_counter()
    answer = client.post(near, sent)
    took = time.perf_counter() - began
    if answer.status_code != 200:
        raise RuntimeError(f"{near}: {answer.status_code}")
    return took


def _got(client: Client, address: str) -> float:
    began = time.perf_counter()
    answer = client.get(address)
    took = time.perf_counter() - began
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return took
