"""The table of roles: what a coordinator reads is what the system obeys."""

from __future__ import annotations

import pytest

from tequio.access.permissions import Permission, Scope
from tequio.access.roles import ROLES, scope_of
from tequio.access.rules.logins import plain_handle, plain_login, slug_for
from tequio.access.words import SENTENCES, permission_lines
from tequio.core.errors import DomainError

SEES_A_CASE = (
    Permission.PERSON_READ,
    Permission.PERSON_IDENTIFY,
    Permission.ATTENDANCE_MARK,
    Permission.GROUP_READ,
)


def test_every_permission_has_its_sentence_in_the_table() -> None:
    assert set(SENTENCES) == set(Permission)
    assert len(permission_lines()) == len(Permission)


def test_permissions_stand_in_alphabetical_order() -> None:
    assert [str(p) for p in Permission] == sorted(str(p) for p in Permission)


@pytest.mark.parametrize("role", ["administrator", "advocate", "promoter", "evaluator"])
@pytest.mark.parametrize("permission", SEES_A_CASE)
def test_who_works_elsewhere_sees_no_case(role: str, permission: Permission) -> None:
    assert scope_of(frozenset({role}), permission) is None


def test_the_widest_of_several_roles_wins() -> None:
    both = frozenset({"facilitator", "coordinator"})

    assert scope_of(frozenset({"facilitator"}), Permission.PERSON_READ) is Scope.OWN
    assert scope_of(both, Permission.PERSON_READ) is Scope.ORGANISATION


def test_a_role_that_no_longer_exists_allows_nothing() -> None:
    assert scope_of(frozenset({"wizard"}), Permission.PERSON_READ) is None


def test_only_administration_gives_access() -> None:
    givers = [slug for slug, role in ROLES.items() if Permission.USER_MANAGE in role.allows]

    assert givers == ["administrator"]


@pytest.mark.parametrize(
    "typed", [" Maru@Circulo-Norte ", "MARU@circulo-norte", "maru @circulo-norte"]
)
def test_a_login_is_read_as_telephones_write_it(typed: str) -> None:
    assert plain_login(typed) == "maru@circulo-norte"


@pytest.mark.parametrize("typed", ["", "m", "maría", "maru@otra", "-maru", "m" * 31])
def test_a_handle_that_does_not_serve_is_refused_with_a_hint(typed: str) -> None:
    with pytest.raises(DomainError) as refusal:
        plain_handle(typed)
    assert refusal.value.hint


def test_an_organisations_name_becomes_the_part_after_the_at_sign() -> None:
    assert slug_for("Círculo Norte, A. C.") == "circulo-norte-a-c"
