"""What may be done in this system, each as ``resource:action``, in alphabetical order."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One thing that a role may allow."""

    ATTENDANCE_IMPORT = "attendance:import"
    ATTENDANCE_MARK = "attendance:mark"
    AUDIT_READ = "audit:read"
    CALL_MAKE = "call:make"
    CARE_READ = "care:read"
    CERTIFICATE_ISSUE = "certificate:issue"
    CERTIFICATE_READ = "certificate:read"
    CONSENT_RECORD = "consent:record"
    DIAGNOSIS_TAKE = "diagnosis:take"
    EDITION_READ = "edition:read"
    EDITION_SIGN = "edition:sign"
    EMERGENCY_DECLARE = "emergency:declare"
    ENROLMENT_DECIDE = "enrolment:decide"
    ENROLMENT_READ = "enrolment:read"
    GROUP_CREATE = "group:create"
    GROUP_JOIN = "group:join"
    GROUP_READ = "group:read"
    INTAKE_READ = "intake:read"
    INTAKE_TAKE = "intake:take"
    PERSON_CREATE = "person:create"
    PERSON_IDENTIFY = "person:identify"
    PERSON_READ = "person:read"
    PLAN_MAKE = "plan:make"
    RETENTION_READ = "retention:read"
    REVIEW_JUDGE = "review:judge"
    REVIEW_OPEN = "review:open"
    ROUND_KEEP = "round:keep"
    SESSION_PLAN = "session:plan"
    SITE_MANAGE = "site:manage"
    TRAINING_RECORD = "training:record"
    USER_MANAGE = "user:manage"
    WALL_ENTER = "wall:enter"


class Scope(StrEnum):
    """How far a permission reaches."""

    OWN = "own"  # the groups that this person facilitates, and the men in them
    ORGANISATION = "organisation"
