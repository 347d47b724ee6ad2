"""What is looked at: plain values, so that every fault can be seeded in a test."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from tequio.config.boot import SAFE_SQLITE
from tequio.config.installation import LOCAL

# Encryption under a folder: told from the block devices; "unknown" where they do not say.
Sealed = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Machine:
    """One look at the machine. The defaults are a sound one."""

    now: datetime
    mode: str = "production"
    debug: bool = False
    admin_mounted: bool = False
    way: str | None = "laptop"
    hosts: tuple[str, ...] = LOCAL
    plain_http: bool = True
    engine: str = "sqlite"
    sqlite_version: tuple[int, ...] = SAFE_SQLITE
    journal: str = "wal"
    synchronous: int = 2
    integrity: str = "ok"
    pending_migrations: int = 0
    open_to_others: tuple[str, ...] = ()
    missing_keys: tuple[str, ...] = ()
    keys_outside_kit: tuple[str, ...] = ()
    free_bytes: int = 100 * 10**9
    total_bytes: int = 200 * 10**9
    disk_sealed: Sealed = "yes"
    swap: tuple[str, ...] = ()
    newest_record: datetime | None = None
    backup_days: int | None = 0
    backup_problem: str = ""
    backup_folder: str = "/media/stick"
    backup_on_same_disk: bool = False
    keys_beside_backup: bool = False
    certificate_days: int | None = None
    runs_as_root: bool = False
    interrupted_upgrade: bool = False
    administrators: dict[str, int] = field(default_factory=dict)
