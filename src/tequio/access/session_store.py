"""Django's sessions in the database, read by a question that is made once."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from tequio.core.questions import Question, the

_OPEN = Question(
    lambda: Session.objects.filter(
        session_key=the("key", CharField()), expire_date__gt=the("now", DateTimeField())
    )
)


class SessionStore(db.SessionStore):
    """The store of every request."""

    def _get_session_from_db(self) -> Session | None:
        # Django writes the end of a session by its own clock, so it is compared with that one.
        found = _OPEN.one(key=self.session_key, now=timezone.now())  # noqa: TID251
        if found is None:
            self._session_key = None
        return found
