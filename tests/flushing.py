"""Emptying the database between tests that really commit: the log would refuse it.

Import the fixture into a `conftest.py` above such tests, or into their file.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import TransactionTestCase

from tequio.audit.triggers import insert_only, not_insert_only
from tequio.programmes.history import keep_history, lose_history
from tequio.reports import triggers as accounts
from tequio.studies import lottery_triggers as lotteries

_flush = TransactionTestCase._fixture_teardown
_ADDED_TO = (
    *import_module("tequio.audit.migrations.0002_insert_only").TABLES,
    "studies_plan",
    *import_module("tequio.studies.migrations.0003_releases").FIXED,
)
# What is put in by migrations, and how it is taken out.
_HELD = (
    (insert_only(*_ADDED_TO), not_insert_only(*_ADDED_TO)),
    (keep_history, lose_history),
    (accounts.hold, accounts.let_go),
    (lotteries.hold, lotteries.let_go),
)


def _flush_past_the_triggers(case: TransactionTestCase) -> None:
    with connection.schema_editor() as editor:
        for _hold, let_go in _HELD:
            let_go(apps, editor)
    _flush(case)
    with connection.schema_editor() as editor:
        for hold, _let_go in _HELD:
            hold(apps, editor)


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_triggers() -> Iterator[None]:
    """Take the triggers away for the moment of the flush, and put them back.

    For the whole session, because the database empties itself after a test's own fixtures ended.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", _flush_past_the_triggers)
        yield
