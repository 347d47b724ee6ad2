"""A man who was passed on to another place, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tequio.access.models import Organisation, User
from tequio.core import clock, ids
from tequio.network.rules.referrals import Reason as Declined
from tequio.network.rules.referrals import State as Passing
from tequio.people.models import Participant


class Referral(models.Model):
    """That he was passed on: to whom, for what and with which data lies sealed.

    The states and what may follow them are those of `network.rules.referrals`, as for everybody.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="referrals")
    state = models.CharField(max_length=10, choices=Passing.choices, default=Passing.SENT)
    # When somebody calls because nothing was heard; none once it has ended.
    call_on = models.DateField(null=True)
    # Until when he lets them know it.
    agreed_until = models.DateField()
    # To whom, for what, exactly what they see, the link, who went along, and how he tells it.
    sealed = models.BinaryField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    words_erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = [
            models.Index(fields=["organisation", "call_on"], name="care_referrals_to_call"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["sent", "accepted", "arrived"], call_on__isnull=False)
                | Q(
                    state__in=["declined", "served", "not_served", "revoked"],
                    call_on__isnull=True,
                ),
                name="care_referral_is_called_while_open",
            ),
        ]

    def __str__(self) -> str:
        return self.state


class ReferralStep(models.Model):
    """One thing that happened with a referral. Never changed."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=Passing.choices)
    on = models.DateField()
    why = models.CharField(max_length=12, choices=Declined.choices, blank=True)
    # Whether they said it on the link; otherwise whoever wrote it heard it from them or from him.
    by_link = models.BooleanField(default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("on", "at", "pk")

    def __str__(self) -> str:
        return f"{self.on} {self.state}"
