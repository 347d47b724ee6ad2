"""What may be done in this system, each as ``resource:action``, in alphabetical order."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One thing that a role may allow."""

    ASSESSMENT_ASK = "assessment:ask"
    ASSESSMENT_DUE = "assessment:due"
    ASSESSMENT_EXPORT = "assessment:export"
    ASSESSMENT_READ = "assessment:read"
    ATTENDANCE_IMPORT = "attendance:import"
    ATTENDANCE_MARK = "attendance:mark"
    AUDIT_READ = "audit:read"
    CALL_MAKE = "call:make"
    CARE_READ = "care:read"
    CERTIFICATE_ISSUE = "certificate:issue"
    CERTIFICATE_READ = "certificate:read"
    CONSENT_RECORD = "consent:record"
    DEVICE_MANAGE = "device:manage"
    DIAGNOSIS_TAKE = "diagnosis:take"
    DUTY_EXCEPT = "duty:except"
    EDITION_READ = "edition:read"
    EDITION_SIGN = "edition:sign"
    EMERGENCY_DECLARE = "emergency:declare"
    ENROLMENT_DECIDE = "enrolment:decide"
    ENROLMENT_READ = "enrolment:read"
    FORM_BRING = "form:bring"
    GROUP_CREATE = "group:create"
    GROUP_JOIN = "group:join"
    GROUP_READ = "group:read"
    INTAKE_READ = "intake:read"
    INTAKE_TAKE = "intake:take"
    LAW_WRITE = "law:write"
    LETTER_LEAVE = "letter:leave"
    PERSON_CREATE = "person:create"
    PERSON_FORGET = "person:forget"
    PERSON_IDENTIFY = "person:identify"
    PERSON_READ = "person:read"
    PLAN_MAKE = "plan:make"
    REPORT_DECIDE = "report:decide"
    RETENTION_READ = "retention:read"
    REVIEW_JUDGE = "review:judge"
    REVIEW_OPEN = "review:open"
    RIGHTS_ANSWER = "rights:answer"
    ROUND_KEEP = "round:keep"
    SERVICE_EDIT = "service:edit"
    SESSION_PLAN = "session:plan"
    SITE_MANAGE = "site:manage"
    SLOT_CHOOSE = "slot:choose"
    SUBMISSION_READ = "submission:read"
    TRAINING_RECORD = "training:record"
    USER_MANAGE = "user:manage"
    WALL_ENTER = "wall:enter"


class Scope(StrEnum):
    """How far a permission reaches."""

    OWN = "own"  # the groups that this person facilitates, and the men in them
    ORGANISATION = "organisation"
