"""What each process of the proof of taps does. Run by name, not collected."""

from __future__ import annotations

import json
import os
import random
import sys
import uuid

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")

from tequio.config import boot

boot.install()

import django  # noqa: E402

django.setup()

from django.db.models import Count  # noqa: E402

from tequio.access.models import User  # noqa: E402
from tequio.audit.models import Event  # noqa: E402
from tequio.circles.actions.attendance import mark  # noqa: E402
from tequio.circles.models import Attendance, Mark, Session  # noqa: E402

STATUSES = ("present", "late", "absent", "excused", "")


def tap(which: int, how_many: int) -> dict[str, object]:
    """Tap seats; a third of the taps repeat a number of the list that all processes share."""
    user = User.objects.get(login__startswith="lalo@")
    own = random.Random(f"own {which}")
    shared = random.Random(0)
    session = Session.objects.filter(group__facilitators=user, state="held").first()
    assert session is not None
    places = sorted(session.group.memberships.values_list("pk", flat=True))
    common = [
        (uuid.UUID(int=shared.getrandbits(128), version=4), shared.choice(places), "late")
        for _ in range(how_many // 3)
    ]
    acknowledged, sent = set(), 0
    for turn in range(how_many):
        fresh = (uuid.UUID(int=own.getrandbits(128), version=4), own.choice(places))
        number, place, status = (
            own.choice(common) if turn % 3 == 0 else (*fresh, own.choice(STATUSES))
        )
        for _again in range(1 + (turn % 7 == 0)):
            sent += 1
            mark(
                by=user,
                session_id=session.pk,
                membership_id=place,
                status=status,
                mark_id=number,
            )
            acknowledged.add(str(number))
    return {"sent": sent, "acknowledged": sorted(acknowledged)}


def count() -> dict[str, object]:
    """Say what the database holds in the end."""
    doubled = (
        Attendance.objects.values("session", "membership")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .count()
    )
    return {
        "numbers": [str(key) for key in Mark.objects.values_list("pk", flat=True)],
        "marks": Mark.objects.count(),
        "events": Event.objects.filter(kind="attendance.mark").count(),
        "doubled": doubled,
    }


if __name__ == "__main__":
    answer = count() if sys.argv[1] == "count" else tap(int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps(answer))
