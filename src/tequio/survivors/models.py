"""Sealed rows. In the clear stands only what is needed to find a row, open it and let it go.

No row says when it was written, what it is about, or whose man it concerns: all of that lies
inside. Nothing outside this room points here (tests/meta/test_relations.py).
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from tequio.access.models import Organisation, User
from tequio.core import ids


def walled_id() -> uuid.UUID:
    """Return a key from the walled stream: outside, nothing moves when a row is made here."""
    return ids.new_id(stream="walled")


class Walled(models.Model):
    """What every row behind the wall begins with: a key from the walled stream, and no more."""

    id = models.UUIDField(primary_key=True, default=walled_id, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class OfTheTurn(Walled):
    """A row that one turn of the keys opens."""

    epoch = models.ForeignKey("Epoch", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        abstract = True


class Wall(Walled):
    """The wall of one organisation."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    # Founded only once somebody has typed the words back; until then it holds nothing.
    confirmed = models.BooleanField(default=False)


class Epoch(Walled):
    """One turn of the wall's key pair; a new one begins when a member leaves."""

    wall = models.ForeignKey(Wall, on_delete=models.PROTECT, related_name="epochs")
    number = models.PositiveIntegerField()
    public = models.BinaryField()
    # The private half, sealed to the paper key; whose public half stays, so that a new turn can be
    # sealed to it without opening the envelopes.
    paper_public = models.BinaryField()
    on_paper = models.BinaryField()
    # The private half again, sealed to the turn that followed: who holds the newest reads the old.
    for_next = models.BinaryField(null=True)
    # How far the log had come, under a key made of the private half: lines cut off its end show.
    log_mark = models.BinaryField(null=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wall", "number"], name="survivors_epoch_once"),
            models.UniqueConstraint(
                fields=["wall"], condition=Q(is_open=True), name="survivors_one_open_epoch"
            ),
            models.CheckConstraint(
                condition=Q(is_open=True) | Q(for_next__isnull=False),
                name="survivors_closed_epoch_goes_on",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Share(Walled):
    """The private half of a turn, sealed to one member's key pair."""

    epoch = models.ForeignKey(Epoch, on_delete=models.CASCADE, related_name="shares")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["epoch", "user"], name="survivors_share_once"),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class Ready(models.Model):
    """That a person typed the words of her key back: only then may she be admitted."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    # Of the key pair whose words they are: a newer pair has to be typed back again.
    public = models.BinaryField()

    def __str__(self) -> str:
        return str(self.user_id)


class Attempt(models.Model):
    """How often a person's words did not open the wall, for the delay. Never a lock."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user_id)


class Opening(Walled):
    """That a member has the wall open in a browser: the keys, under a secret only it holds."""

    # Of the secret in the cookie, and of the sign-in that it belongs to.
    digest = models.CharField(max_length=64, unique=True)
    sign_in = models.CharField(max_length=64)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    wall = models.ForeignKey(Wall, on_delete=models.CASCADE, related_name="+")
    wrapped = models.BinaryField()
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user_id)


class Case(Walled):
    """A woman's case: its key, sealed to the wall, and its cover, sealed with its key."""

    wall = models.ForeignKey(Wall, on_delete=models.PROTECT, related_name="cases")
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="+")
    sealed_key = models.BinaryField()
    cover = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    # By month and in the clear, so that erasing needs no key.
    erase_after = models.DateField(null=True)


class Record(Walled):
    """One sheet of a case. What kind of sheet it is lies inside."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="records")
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)


class HeldLetter(OfTheTurn):
    """A letter that somebody behind the wall still has to attend to, and what was done about it."""

    wall = models.ForeignKey(Wall, on_delete=models.CASCADE, related_name="letters")
    # Null while no case is linked: such a letter was deposited by hand and waits for a person.
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="letters")
    # A key of its own, sealed to the wall: a letter without a case has no case key.
    sealed_key = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    erase_after = models.DateField()


class LogEntry(OfTheTurn):
    """One line of the wall's own log, sealed to the wall and chained to the line before it."""

    wall = models.ForeignKey(Wall, on_delete=models.CASCADE, related_name="log")
    position = models.PositiveIntegerField()
    chain = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wall", "position"], name="survivors_log_position"),
        ]

    def __str__(self) -> str:
        return str(self.position)


class Spent(Walled):
    """That a member opened a case within the last hour: the budget against reading them all."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "case"], name="survivors_spent_once"),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class Draft(OfTheTurn):
    """What a member sent just after the wall had closed: sealed to it, so that nothing is lost."""

    wall = models.ForeignKey(Wall, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user_id)


class ExportRequest(OfTheTurn):
    """That a member asks to take a case out. Which case, why and who allowed it lie inside."""

    wall = models.ForeignKey(Wall, on_delete=models.CASCADE, related_name="exports")
    version = models.PositiveIntegerField(default=1)
