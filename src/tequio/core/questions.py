"""Questions that every tap asks: their SQL is made once, and only the values change.

Django makes the SQL of a queryset anew each time, and for a small question that takes five to ten
times as long as the answer. Here a question is written as any queryset, with ``the(…)`` where a
value will stand. Only for what is asked at each tap or page: elsewhere a plain queryset is plainer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
Kept = TypeVar("Kept", bound=Model)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value will stand among the parameters of the finished SQL."""

    name: str
    kind: Field[Any, Any]


class _The(Expression):
    def __init__(self, name: str, kind: Field[Any, Any]) -> None:
        super().__init__(output_field=kind)
        self.place = _Place(name, kind)

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return "%s", (self.place,)


def the(name: str, kind: Field[Any, Any]) -> Expression:
    """Return what stands in a question for the value that is given when it is asked."""
    return _The(name, kind)


def _filled(parameters: tuple[Any, ...], values: Mapping[str, object], connection: Any) -> Any:
    return tuple(
        one.kind.get_db_prep_value(values[one.name], connection) if type(one) is _Place else one
        for one in parameters
    )


class _Ready(SQLCompiler):
    """A compiler that has compiled: what it knows of the columns is kept, only values differ."""

    words: str
    parameters: tuple[Any, ...]

    def as_sql(self, *_args: Any, **_more: Any) -> tuple[str, tuple[Any, ...]]:
        return self.words, self.parameters


class _Asked:
    """Stands where a query set expects its query, and hands out what is ready."""

    def __init__(self, ready: _Ready) -> None:
        self._ready = ready

    def get_compiler(self, using: str | None = None) -> _Ready:
        return self._ready


class Question(Generic[Row]):
    """A queryset without its values: ``Question(lambda: Men.objects.filter(pk=the(…)))``."""

    def __init__(self, words: Callable[[], QuerySet[Any, Row]]) -> None:
        self._words = words

    def ask(self, **values: object) -> list[Row]:
        """Return the rows for these values."""
        if self._made is None:
            return []
        queryset, compiler, sql, parameters = self._made
        connection = connections[DEFAULT_DB_ALIAS]
        ready = _Ready.__new__(_Ready)
        # What is known of the columns is shared; connections belong to one thread each.
        ready.__dict__.update(compiler.__dict__, connection=connection, words=sql)
        ready.parameters = _filled(parameters, values, connection)
        asked: Any = QuerySet(queryset.model, query=_Asked(ready), using=DEFAULT_DB_ALIAS)  # type: ignore[arg-type]
        asked._iterable_class, asked._fields = queryset._iterable_class, queryset._fields
        asked._prefetch_related_lookups = queryset._prefetch_related_lookups
        return list(asked)

    def one(self, **values: object) -> Row | None:
        """Return the first row for these values, or None."""
        rows = self.ask(**values)
        return rows[0] if rows else None

    @cached_property
    def _made(self) -> tuple[Any, SQLCompiler, str, tuple[Any, ...]] | None:
        queryset: Any = self._words()
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:  # A policy that lets nobody see anything: nothing to ask.
            return None
        return queryset, compiler, sql, tuple(parameters)


class Change:
    """An update without its values, made and used like a question."""

    def __init__(self, rows: Callable[[], QuerySet[Any]], **to: object) -> None:
        self._rows, self._to = rows, to

    def make(self, **values: object) -> int:
        """Change the rows for these values and return how many there were."""
        sql, parameters = self._made
        connection = connections[DEFAULT_DB_ALIAS]
        with (
            transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, _filled(parameters, values, connection))
            return int(cursor.rowcount)

    @cached_property
    def _made(self) -> tuple[str, tuple[Any, ...]]:
        query: Any = self._rows().query.chain(UpdateQuery)
        query.add_update_values(self._to)
        sql, parameters = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        return sql, tuple(parameters)


class Addition(Generic[Kept]):
    """A row put down with words made once: what `bulk_create([row])` does, at a third of its cost.

    As there, no `save` is called and no signal sent. Where a row with the same `unique` fields is
    there already, its `updated` fields are changed instead.
    """

    def __init__(
        self, model: type[Kept], *, unique: Sequence[str] = (), updated: Sequence[str] = ()
    ) -> None:
        self._model, self._unique, self._updated = model, unique, updated
        self._words = ""

    def put(self, row: Kept) -> Kept:
        """Insert the row and return it."""
        # Made from the first row: one of its own would draw a key, and with it luck.
        self._words = self._words or self._made(row)
        connection = connections[DEFAULT_DB_ALIAS]
        values = [
            field.get_db_prep_save(field.pre_save(row, add=True), connection)
            for field in self._model._meta.local_concrete_fields
        ]
        with (
            transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS),
            connection.cursor() as cursor,
        ):
            cursor.execute(self._words, values)
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return row

    def _made(self, row: Kept) -> str:
        named = self._model._meta.get_field
        query: Any = InsertQuery(
            self._model,
            on_conflict=OnConflict.UPDATE if self._unique else None,
            unique_fields=[named(name) for name in self._unique],
            update_fields=[named(name) for name in self._updated],
        )
        query.insert_values(self._model._meta.local_concrete_fields, [row], raw=True)
        ((sql, _values),) = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        return str(sql)
