"""What may be done in this system, each as ``resource:action``, in alphabetical order."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One thing that a role may allow."""

    ATTENDANCE_IMPORT = "attendance:import"
    ATTENDANCE_MARK = "attendance:mark"
    AUDIT_READ = "audit:read"
    EDITION_READ = "edition:read"
    EDITION_SIGN = "edition:sign"
    GROUP_CREATE = "group:create"
    GROUP_JOIN = "group:join"
    GROUP_READ = "group:read"
    PERSON_CREATE = "person:create"
    PERSON_IDENTIFY = "person:identify"
    PERSON_READ = "person:read"
    RETENTION_READ = "retention:read"
    SESSION_PLAN = "session:plan"
    SITE_MANAGE = "site:manage"
    USER_MANAGE = "user:manage"


class Scope(StrEnum):
    """How far a permission reaches."""

    OWN = "own"  # the groups that this person facilitates, and the men in them
    ORGANISATION = "organisation"
