"""Gathers a :class:`Machine` from the machine that this runs on."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Max, Q

from tequio.access.models import Organisation
from tequio.audit.models import Event
from tequio.config import installation, tidiness
from tequio.config.doctor import disks
from tequio.config.doctor.machine import Machine
from tequio.config.https import certificates
from tequio.core import clock, safekeeping


def look() -> Machine:
    """Look at everything. What cannot be read counts as a fault and never as sound."""
    folder = Path(settings.DATA)
    return Machine(
        now=clock.now(),
        mode=settings.MODE,
        debug=settings.DEBUG,
        admin_mounted="django.contrib.admin" in settings.INSTALLED_APPS,
        way=settings.WAY,
        hosts=tuple(settings.ALLOWED_HOSTS),
        plain_http=settings.PLAIN_HTTP,
        engine=connection.vendor,
        open_to_others=tuple(tidiness.open_to_others(folder)),
        runs_as_root=hasattr(os, "geteuid") and os.geteuid() == 0,
        certificate_days=certificates.days_left(folder) if settings.WAY == "house" else None,
        interrupted_upgrade=(folder / "upgrade.json").exists(),
        **_disk(folder),
        **_kept(folder),
        **_database(),
    )


def _disk(folder: Path) -> dict[str, Any]:
    usage = shutil.disk_usage(folder)
    return {
        "free_bytes": usage.free,
        "total_bytes": usage.total,
        "disk_sealed": disks.sealed(folder),
        "swap": disks.open_swaps(),
    }


def _kept(folder: Path) -> dict[str, Any]:
    set_up = installation.read(folder) or installation.Installation()
    record = safekeeping.read()
    target = Path(set_up.backup_folder) if set_up.backup_folder else None
    there = target is not None and target.is_dir()
    names = {path.name for path in (folder / "keys").glob("*.key")}
    return {
        "backup_days": record.days(clock.now()),
        "backup_problem": record.problem,
        "backup_folder": set_up.backup_folder,
        "backup_on_same_disk": bool(
            there and target and target.stat().st_dev == folder.stat().st_dev
        ),
        "keys_beside_backup": bool(there and target and any(target.glob("*llavero*"))),
        "keys_outside_kit": tuple(sorted(names - set(set_up.kit_holds))),
    }


def _database() -> dict[str, Any]:
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        found: dict[str, Any] = {"pending_migrations": len(plan), **_engine()}
        if not plan:
            found |= _contents()
    except DatabaseError as error:
        return {"integrity": str(error)}
    return found


def _engine() -> dict[str, Any]:
    if connection.vendor != "sqlite":
        return {}
    with connection.cursor() as cursor:
        asked = {}
        for name in ("journal_mode", "synchronous", "quick_check"):
            cursor.execute(f"PRAGMA {name}")
            asked[name] = cursor.fetchone()[0]
        cursor.execute("SELECT sqlite_version()")
        version = tuple(int(part) for part in cursor.fetchone()[0].split("."))
    return {
        "sqlite_version": version,
        "journal": asked["journal_mode"],
        "synchronous": asked["synchronous"],
        "integrity": asked["quick_check"],
    }


def _contents() -> dict[str, Any]:
    newest: datetime | None = Event.objects.aggregate(at=Max("at"))["at"]
    active = Count(
        "users",
        filter=Q(users__grants__role="administrator", users__is_active=True),
        distinct=True,
    )
    organisations = list(Organisation.objects.annotate(administrators=active))
    keys = Path(settings.KEY_FOLDER)
    return {
        "newest_record": newest,
        "administrators": {o.slug: o.administrators for o in organisations},
        "missing_keys": tuple(o.slug for o in organisations if not (keys / f"{o.pk}.key").exists()),
    }
