"""Users and their roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access import separation
from tequio.access.actions.entry_codes import IssuedCode, issue_first_code
from tequio.access.models import OneTimeCodeDevice, Organisation, RoleGrant, User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere, users_visible_to
from tequio.access.roles import ROLES
from tequio.access.rules.logins import plain_handle
from tequio.access.sealed import seal_secret
from tequio.audit.record import SYSTEM, record
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.text import squeeze


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user who has not entered yet, and the code for doing so, shown once."""

    user: User
    code: IssuedCode


@transaction.atomic
def create_user(
    *,
    by: User | None,
    name: str,
    handle: str,
    roles: Iterable[str],
    organisation: Organisation | None = None,
) -> NewUser:
    """Create a user with roles and the code for the first entry.

    `by` is None at the server's command line, which then names the organisation.
    """
    user = _new_user(by=by, name=name, handle=handle, roles=roles, organisation=organisation)
    return NewUser(user, issue_first_code(by=by, user=user))


@transaction.atomic
def create_demonstration_user(
    *,
    by: None,
    organisation: Organisation,
    name: str,
    handle: str,
    roles: Iterable[str],
    password: str,
    secret: str,
) -> User:
    """Create a user whose credentials are printed on the screen and work only at this machine."""
    user = _new_user(
        by=by, name=name, handle=handle, roles=roles, organisation=organisation, demonstration=True
    )
    user.set_password(password)
    user.save(update_fields=["password"])
    OneTimeCodeDevice.objects.create(user=user, sealed_secret=seal_secret(user, secret))
    return user


def _new_user(
    *,
    by: User | None,
    name: str,
    handle: str,
    roles: Iterable[str],
    organisation: Organisation | None,
    demonstration: bool = False,
) -> User:
    if by is not None:
        require_everywhere(by, Permission.USER_MANAGE)
        organisation = by.organisation
    if organisation is None:
        raise ValueError("A user created at the command line needs its organisation.")
    wanted = _known(roles)
    if separation.exclude_each_other(frozenset(wanted)):
        raise both_sides()
    if not squeeze(name):
        raise DomainError(_("Falta el nombre de la persona."), hint=_("Escribe cómo se llama."))
    login = f"{plain_handle(handle)}@{organisation.slug}"
    if User.objects.filter(login=login).exists():
        raise DomainError(
            _("Ya hay una persona con el usuario «%(login)s».") % {"login": login},
            hint=_("Elige otro nombre de usuario, por ejemplo con una inicial más."),
        )
    user = User(
        organisation=organisation, login=login, name=squeeze(name), demonstration=demonstration
    )
    user.set_unusable_password()
    user.save(force_insert=True)
    record("user.create", by=by, subject=user, organisation_id=organisation.pk)
    for role in wanted:
        _grant(by=by, user=user, role=role)
    return user


@transaction.atomic
def set_roles(*, by: User, user_id: UUID, roles: Iterable[str]) -> User:
    """Give a user exactly these roles; each that comes or goes is recorded."""
    user = _managed(by, user_id)
    wanted = set(_known(roles))
    if wanted - user.roles:
        _refuse_both_sides(user, frozenset(wanted))
    for role in sorted(wanted - user.roles):
        _grant(by=by, user=user, role=role)
    for role in sorted(user.roles - wanted):
        _revoke(by=by, user=user, role=role)
    return User.objects.get(pk=user.pk)


@transaction.atomic
def grant(*, by: User, user_id: UUID, role: str) -> User:
    """Give a user one role more."""
    return set_roles(by=by, user_id=user_id, roles=_managed(by, user_id).roles | {role})


@transaction.atomic
def revoke(*, by: User, user_id: UUID, role: str) -> User:
    """Take one role from a user."""
    return set_roles(by=by, user_id=user_id, roles=_managed(by, user_id).roles - {role})


@transaction.atomic
def deactivate(*, by: User, user_id: UUID) -> User:
    """Close a user's account. Whatever session is open ends at its next request."""
    user = _managed(by, user_id)
    if not user.is_active:
        return user
    if "administrator" in user.roles:
        _refuse_if_last_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.reset_codes.filter(used_at__isnull=True).delete()
    record("user.deactivate", by=by, subject=user)
    return user


@transaction.atomic
def reactivate(*, by: User, user_id: UUID) -> User:
    """Open a closed account again, with the password and roles it had."""
    user = _managed(by, user_id)
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        record("user.reactivate", by=by, subject=user)
    return user


def _managed(by: User, user_id: UUID) -> User:
    require_everywhere(by, Permission.USER_MANAGE)
    return pick(users_visible_to(by).select_related("organisation"), pk=user_id)


def _known(roles: Iterable[str]) -> list[str]:
    wanted = sorted(set(roles))
    unknown = [role for role in wanted if role not in ROLES]
    if unknown:
        raise DomainError(
            _("El rol «%(role)s» no existe.") % {"role": unknown[0]},
            hint=_("Elige entre los roles de la lista."),
        )
    return wanted


def _refuse_both_sides(user: User, wanted: frozenset[str]) -> None:
    if not separation.exclude_each_other(wanted):
        return
    today = clock.today(user.organisation.timezone)
    if not any(one.holds_on(today) for one in user.duty_exceptions.all()):
        raise both_sides()


def both_sides() -> DomainError:
    """Return the refusal for somebody who would work on both sides of the wall."""
    return DomainError(
        _(
            "Quien acompaña a mujeres no facilita, no coordina y no da terapia a los hombres: "
            "podría saberse en el círculo lo que ella contó."
        ),
        hint=_(
            "Da esos roles a personas distintas. Si son muy pocas, la dirección puede firmar una "
            "excepción con una persona de fuera, en «Quién puede hacer qué»."
        ),
    )


def _grant(*, by: User | None, user: User, role: str) -> None:
    RoleGrant.objects.create(user=user, role=role, granted_by=by.login if by else SYSTEM)
    # In an organisation of five, whoever administers may also facilitate. It is allowed and it
    # is told apart, so that nobody widens their own view unseen (docs/adr: roles of one's own).
    if by is not None and by.pk == user.pk:
        record("role.grant_self", by=by, subject=user, detail={"role": role})
    else:
        record(
            "role.grant",
            by=by,
            subject=user,
            organisation_id=user.organisation_id,
            detail={"role": role},
        )


def _revoke(*, by: User, user: User, role: str) -> None:
    if role == "administrator":
        _refuse_if_last_administrator(user)
    RoleGrant.objects.filter(user=user, role=role).delete()
    record("role.revoke", by=by, subject=user, detail={"role": role})


def _refuse_if_last_administrator(user: User) -> None:
    # The organisation's row is the lock: two administrators who remove each other at the same
    # instant must not leave nobody.
    Organisation.objects.select_for_update().get(pk=user.organisation_id)
    others = RoleGrant.objects.filter(
        role="administrator", user__organisation=user.organisation_id, user__is_active=True
    ).exclude(user=user)
    if user.is_active and not others.exists():
        raise DomainError(
            _("«%(login)s» es la única persona que administra la organización.")
            % {"login": user.login},
            hint=_("Da primero el rol de Administración a otra persona."),
        )
