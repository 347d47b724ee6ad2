"""What the session row holds: who is in or half way in, since when, and last seen when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db.models import UUIDField
from django.http import HttpRequest

from tequio.access import room
from tequio.access.door import door_of
from tequio.access.models import RoleGrant, User
from tequio.access.rules import sessions as rules
from tequio.access.sealed import open_from_session, seal_for_session
from tequio.core import clock
from tequio.core.questions import Question, the

Step = Literal["code", "enrol", "recovery"]
_ROLES = Question(
    lambda: RoleGrant.objects.filter(
        user=the("user", UUIDField()), user__is_active=True
    ).select_related("user__organisation")
)
_KEY = "person"
_HALF = "half"


@dataclass(frozen=True, slots=True)
class Half:
    """Somebody whose password was right and whose second factor is still to come."""

    user: User
    step: Step
    next_path: str
    # The new authenticator's secret, or the recovery codes that are being shown.
    held: object


def begin_half(
    request: HttpRequest, user: User, step: Step, *, next_path: str = "", held: object = None
) -> None:
    """Put somebody half way in, under a new session id."""
    request.session.flush()
    request.session[_HALF] = {
        "user": str(user.pk),
        "step": step,
        "at": _now(),
        "next": next_path,
        "hash": user.get_session_auth_hash(),
        "held": seal_for_session(user, held),
    }


def half_of(request: HttpRequest) -> Half | None:
    """Return who is half way in, unless it took too long or the account has changed since."""
    kept = request.session.get(_HALF)
    if not kept or not 0 <= _now() - kept["at"] <= rules.HALF:
        return None
    user = load(UUID(kept["user"]))
    if user is None or kept["hash"] != user.get_session_auth_hash():
        return None
    if user.demonstration and not door_of(request).demonstration:
        return None
    return Half(user, kept["step"], kept["next"], open_from_session(user, kept["held"]))


def complete(request: HttpRequest, user: User) -> None:
    """Let somebody in, under a new session id and with nothing left of the half way."""
    request.session.flush()
    request.session.update(values_for(user))
    request.user = user


def values_for(user: User) -> dict[str, object]:
    """Return what the session of somebody who has just entered holds."""
    return {
        _KEY: {
            "user": str(user.pk),
            "hash": user.get_session_auth_hash(),
            "began": _now(),
            "seen": _now(),
        }
    }


def keep_after_password_change(request: HttpRequest, user: User) -> None:
    """Carry this one session over a change of password, under a new id; all others end."""
    began = request.session[_KEY]["began"]
    complete(request, user)
    request.session[_KEY] = {**request.session[_KEY], "began": began}


def standing_of(request: HttpRequest) -> rules.Standing:
    """Return how whoever signed in stands now."""
    kept = request.session.get(_KEY)
    if not kept:
        return rules.Standing(is_in=False)
    evening = room.evening_of(request)
    return rules.standing(
        began=kept["began"],
        seen=kept["seen"],
        now=_now(),
        room_only=kept.get("room_only", False),
        until=evening.until if evening else None,
    )


def person_of(request: HttpRequest) -> User | None:
    """Return who is signed in, or None when nobody is or the session is over."""
    kept = request.session.get(_KEY)
    if not kept or not standing_of(request).is_in:
        return None
    user = load(UUID(kept["user"]))
    if user is None or kept["hash"] != user.get_session_auth_hash():
        return None
    if user.demonstration and not door_of(request).demonstration:
        return None
    return user


def note_seen(request: HttpRequest) -> None:
    """Write down that the person is still there, at most once a minute."""
    kept = request.session.get(_KEY)
    if kept and rules.should_note(seen=kept["seen"], now=_now()):
        # What lapsed does not come back with a touch: only a whole sign-in does that.
        only = standing_of(request).room_only
        request.session[_KEY] = {**kept, "seen": _now(), **({"room_only": True} if only else {})}


def resume(request: HttpRequest) -> None:
    """Open a locked screen again. What had lapsed meanwhile stays lapsed outside the room."""
    now_only = standing_of(request).room_only
    request.session[_KEY] = {**request.session[_KEY], "seen": _now(), "room_only": now_only}


def load(user_id: UUID) -> User | None:
    """Return an active user with organisation and roles; one query, because every request asks."""
    grants = _ROLES.ask(user=user_id)
    if not grants:  # Nobody, or somebody who has no role yet.
        active = User.objects.select_related("organisation").filter(pk=user_id, is_active=True)
        return active.first()
    user = grants[0].user
    user.roles = frozenset(grant.role for grant in grants)
    return user


def _now() -> int:
    return int(clock.now().timestamp())
