"""Organisations, users and what opens their accounts."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from tequio.access import separation
from tequio.access.permissions import Permission, Scope
from tequio.access.roles import ROLES, scope_of
from tequio.core import clock, ids


class Organisation(models.Model):
    """A civil organisation. Everything else belongs to exactly one."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=40, unique=True)
    timezone = models.CharField(max_length=60, default="America/Mexico_City")
    created_at = models.DateTimeField(default=clock.now)

    audit_type = "organisation"

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """Name the organisation in the audit log."""
        return self.slug


class Users(BaseUserManager["User"]):
    """Finds users by the name with which they sign in."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(login=username)


class User(AbstractBaseUser):
    """A member of staff of one organisation. Signs in as ``name@organisation``."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="users")
    # Unique by construction within the organisation: the part after @ is its slug. So a taken
    # name never tells one organisation about another.
    login = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, default="es-mx")
    demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    objects = Users()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    audit_type = "user"

    def __str__(self) -> str:
        return self.login

    @property
    def audit_label(self) -> str:
        """Name the user in the audit log."""
        return self.login

    @cached_property
    def roles(self) -> frozenset[str]:
        """The slugs of the roles that this person holds."""
        return frozenset(grant.role for grant in self.grants.all())

    def scope(self, permission: Permission) -> Scope | None:
        """Return how far this person may do something, or None."""
        if not self.is_active:
            return None
        if permission is Permission.WALL_ENTER and not self.duties_agree:
            return None
        return scope_of(self.roles, permission)

    @cached_property
    def duties_agree(self) -> bool:
        """Tell whether no two works of this person exclude each other, or an exception holds."""
        if not separation.exclude_each_other(self.roles):
            return True
        today = clock.today(self.organisation.timezone)
        return any(one.holds_on(today) for one in self.duty_exceptions.all())


class RoleGrant(models.Model):
    """That a person holds a role, since when and from whom."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.SlugField(max_length=30, db_index=False)
    granted_at = models.DateTimeField(default=clock.now)
    granted_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="access_grant_once"),
            models.CheckConstraint(
                condition=Q(role__in=sorted(ROLES)), name="access_grant_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class OneTimeCodeDevice(models.Model):
    """A person's authenticator. The secret is sealed; a code works once (last_step)."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True)
    sealed_secret = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    # A row exists only once a code has proved that the telephone has the secret.
    confirmed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.user_id)


class RecoveryCode(models.Model):
    """One of ten printed codes, hashed; each stands in once for the authenticator."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="access_recovery_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ResetCode(models.Model):
    """A code that an administrator hands over in person: one use, one day."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reset_codes")
    digest = models.CharField(max_length=64, unique=True)
    # A reset of the password never opens the second factor; that one is asked for by name.
    resets_authenticator = models.BooleanField(default=False)
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.CharField(max_length=100)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class KeyHolder(models.Model):
    """A person's key pair. The private half lies here twice, each wrapped by what they know.

    The wall passphrase is not the password: resetting a password or an authenticator opens
    nothing (docs/adr/0067).
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True)
    public = models.BinaryField()
    by_passphrase = models.BinaryField()
    by_recovery_code = models.BinaryField()
    # Newer words that were shown and wait to be typed back: until then the ones above hold.
    next_by_passphrase = models.BinaryField(null=True)
    next_by_recovery_code = models.BinaryField(null=True)
    # Where they are of another key pair, its public half.
    next_public = models.BinaryField(null=True)

    def __str__(self) -> str:
        return str(self.user_id)


class DutyException(models.Model):
    """That in a small organisation one person does two works which otherwise exclude each other.

    Dated, signed by who directs and by a second person from outside, and it runs out.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="duty_exceptions")
    reason = models.CharField(max_length=300)
    signed_on = models.DateField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    outside_name = models.CharField(max_length=120)
    outside_office = models.CharField(max_length=120)
    outside_organisation = models.CharField(max_length=120)
    ends_on = models.DateField()
    # Taken back before its day.
    ended_at = models.DateTimeField(null=True)

    audit_type = "duty_exception"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("signed_on")), name="access_exception_runs_out"
            ),
            models.CheckConstraint(
                condition=~Q(user=models.F("signed_by")), name="access_exception_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.ends_on}"

    def holds_on(self, today: date) -> bool:
        """Tell whether it is valid on a day."""
        return separation.holds(
            signed_on=self.signed_on,
            ends_on=self.ends_on,
            ended=self.ended_at is not None,
            today=today,
        )

    @property
    def audit_label(self) -> str:
        """Name the exception in the audit log by whom it is for."""
        return self.user.login


class FailedSignIn(models.Model):
    """How often a name failed from one place, for the delay. Never a lock: that is a weapon."""

    # HMAC of name and address: the table itself tells nobody's address.
    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.key[:8]


class RoomPin(models.Model):
    """Some digits that open a screen which locked itself during a session, and nothing else."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True)
    digest = models.CharField(max_length=128)
    # Five wrong ones in a row, wherever they were typed; a whole sign-in begins anew.
    tries = models.PositiveSmallIntegerField(default=0)
    set_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.user_id)
