"""Errors that a person may read, apart from bugs.

A `DomainError` says what happened and, in its hint, what to do; it carries no traceback to the
screen. Anything else that escapes is a bug and gets the page for one.
"""

from __future__ import annotations


class DomainError(Exception):
    """A refusal in the reader's language.

    Parameters
    ----------
    message
        One sentence: what happened and why.
    hint
        One sentence: what to do now. May be empty where there is nothing to do.
    """

    status = 422

    def __init__(self, message: object, *, hint: object = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class NotVisible(DomainError):
    """The thing does not exist for this person. Says nothing about whether it does for others."""

    status = 404


class Forbidden(DomainError):
    """The person may see the thing but not do this to it."""

    status = 403


class Conflict(DomainError):
    """Two people changed the same thing; both versions are kept."""

    status = 409
