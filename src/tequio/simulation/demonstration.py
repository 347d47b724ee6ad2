"""The demonstration organisation: its people, their sign-ins, and its year."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from tequio.access.actions.account import make_recovery_codes
from tequio.access.actions.organisations import create_organisation
from tequio.access.actions.users import create_demonstration_user
from tequio.access.models import User
from tequio.core import entropy
from tequio.simulation import (
    announcing,
    answering,
    behind,
    community,
    costing,
    drawing_lots,
    pooling,
    releasing,
    reporting,
    studying,
    world,
)
from tequio.simulation.community import referrals

NAME: Final = "Círculo Norte (demostración)"
SLUG: Final = "circulo-norte"
# Not a secret: it opens only a demonstration, only from this machine.
PASSWORD: Final = "demostracion-sin-datos-reales"  # noqa: S105
_PEOPLE: Final = (
    ("lalo", "Lalo Mendoza", ("facilitator",)),
    ("maru", "Maru Ibarra", ("facilitator",)),
    ("carmen", "Carmen Solís", ("coordinator",)),
    ("tere", "Tere Vidal", ("therapist",)),
    ("elena", "Elena Ríos", ("evaluator",)),
    ("sol", "Sol Aguirre", ("advocate",)),
    ("nora", "Nora Díaz", ("advocate",)),
    ("paty", "Paty Reséndiz", ("promoter",)),
    ("dora", "Dora Luna", ("director",)),
    ("ana", "Ana Tapia", ("administrator",)),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """How one demonstration person signs in. `secret` makes the one-time codes."""

    name: str
    login: str
    role: str
    secret: str
    # What opens the wall, for whoever may come to it.
    wall: str = ""


def _say_nothing(_chapter: str) -> None:
    return None


def make(
    *,
    men: int,
    tell: world.Tell,
    seed: int = 2010,
    chapter: Callable[[str], None] = _say_nothing,
) -> list[SignIn]:
    """Write the demonstration organisation into an empty database; return who signs in.

    `tell` hears how many men are done; `chapter`, what is being invented after them.
    """
    organisation = create_organisation(by=None, name=NAME, slug=SLUG)
    users: dict[str, User] = {}
    signs = []
    for handle, name, roles in _PEOPLE:
        secret = base64.b32encode(entropy.token_bytes(20)).decode()
        users[handle] = create_demonstration_user(
            by=None,
            organisation=organisation,
            name=name,
            handle=handle,
            roles=roles,
            password=PASSWORD,
            secret=secret,
        )
        signs.append(SignIn(name, users[handle].login, roles[0], secret))
    staff = world.Staff(users["carmen"], [users["lalo"], users["maru"]], users["tere"])
    wall = behind.found(users["sol"], users["nora"])
    world.fill(staff, men=men, seed=seed, tell=tell)
    chapter("mujeres")
    behind.fill(wall, seed=seed)
    chapter("comunidad")
    community.fill(users["paty"], seed=seed)
    referrals.tell(users["carmen"])
    answering.tell(users["paty"])
    chapter("estudios")
    studying.tell(users["elena"])
    drawing_lots.fill(staff, users["dora"], seed=seed)
    announcing.tell(users["carmen"], users["dora"])
    releasing.tell(staff, users["elena"], wall.by, men=men, seed=seed)
    chapter("costos")
    # After the register of the year before, whose circles cost something too.
    costing.tell(users["dora"])
    pooling.tell(users["dora"], users["elena"])
    chapter("informes")
    reporting.tell(users["carmen"], users["dora"], users["paty"])
    # Nobody enters a demonstration to be warned that a code for paper is missing.
    for user in users.values():
        make_recovery_codes(by=user)
    return [replace(sign, wall=wall.passphrases.get(sign.login, "")) for sign in signs]
