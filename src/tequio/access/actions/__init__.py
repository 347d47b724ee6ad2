"""The only writes of the room. Each checks, writes and records in one transaction.

Signing in is the exception with a reason: its password is compared between two short
transactions, because a hash of a fifth of a second inside one would keep every other writer
waiting.
"""

from __future__ import annotations

from tequio.access.actions.account import (
    begin_authenticator,
    change_language,
    change_password,
    confirm_authenticator,
    make_recovery_codes,
    renew_recovery_codes,
    replace_authenticator,
)
from tequio.access.actions.entry_codes import (
    IssuedCode,
    issue_reset_code,
    rescue_administrator,
    use_reset_code,
)
from tequio.access.actions.housekeeping import forget_old_attempts
from tequio.access.actions.log import check_log
from tequio.access.actions.organisations import create_organisation
from tequio.access.actions.pins import set_pin, try_pin
from tequio.access.actions.signing_in import (
    Entered,
    Need,
    enter,
    need_of,
    sign_in_password,
    sign_out,
    use_code,
    use_recovery_code,
    use_second_factor,
)
from tequio.access.actions.users import (
    NewUser,
    create_demonstration_user,
    create_user,
    deactivate,
    grant,
    reactivate,
    revoke,
    set_roles,
)

__all__ = [
    "Entered",
    "IssuedCode",
    "Need",
    "NewUser",
    "begin_authenticator",
    "change_language",
    "change_password",
    "check_log",
    "confirm_authenticator",
    "create_demonstration_user",
    "create_organisation",
    "create_user",
    "deactivate",
    "enter",
    "forget_old_attempts",
    "grant",
    "issue_reset_code",
    "make_recovery_codes",
    "need_of",
    "reactivate",
    "renew_recovery_codes",
    "replace_authenticator",
    "rescue_administrator",
    "revoke",
    "set_pin",
    "set_roles",
    "sign_in_password",
    "sign_out",
    "try_pin",
    "use_code",
    "use_recovery_code",
    "use_reset_code",
    "use_second_factor",
]
