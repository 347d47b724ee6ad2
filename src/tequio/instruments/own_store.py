"""The store of answers to an organisation's own forms, and where telephones find those forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from tequio.access.models import User
from tequio.access.policies import not_visible, pick
from tequio.instruments import offered, stores
from tequio.instruments.actions import own_sittings
from tequio.instruments.form_policies import sittings_of
from tequio.instruments.models import OwnFile, OwnForm, OwnSitting
from tequio.instruments.offered import File, Offered
from tequio.instruments.stores import Done, Filled, FormKey
from tequio.instruments.xform.model import Form
from tequio.instruments.xform.reading import read

NAME = "own"


@dataclass(frozen=True, slots=True)
class OurSitting:
    """One answer to a form of the organisation's own."""

    by: User
    row: OwnSitting

    @property
    def form(self) -> FormKey:
        """What is asked."""
        own = self.row.form
        return FormKey(own.form_id, own.version, own.sha256)

    @property
    def asked(self) -> Form:
        """The form itself: it did not come with the system. Read once per process."""
        return _form(self.row.form_id, self.row.form.sha256)

    @property
    def language(self) -> str:
        """In which language to begin: the reader's, where the form has it."""
        return get_language() or "es"

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.row.form.title)

    @property
    def back_url(self) -> str:
        """The list of forms."""
        return reverse("instruments:own-forms")

    def media_url(self, name: str) -> str:
        """Where a picture or a sound of the form is; nothing where it did not come with it."""
        own = self.row.form
        if name not in self._names():
            return ""
        return reverse("instruments:own-file", kwargs={"own_form_id": own.pk, "name": name})

    def _names(self) -> frozenset[str]:
        return _files(self.row.form_id, self.row.form.sha256)

    def table(self, name: str) -> bytes:
        """A table that came beside the form, for ``pulldata``."""
        found = self.row.form.files.filter(name=f"{name}.csv").first()
        return b"" if found is None else bytes(found.data)

    def kept(self) -> dict[str, Any] | None:
        """Open what was kept so far."""
        return own_sittings.draft_of(self.row)

    def keep(self, body: Mapping[str, Any]) -> None:
        """Keep it, sealed."""
        own_sittings.keep(by=self.by, sitting_id=self.row.pk, body=body)

    def finish(self, filled: Filled) -> Done:
        """Seal the whole answer."""
        own_sittings.finish(by=self.by, sitting_id=self.row.pk, filled=filled)
        return Done(reverse("instruments:own-form", kwargs={"own_form_id": self.row.form_id}))


@lru_cache(maxsize=64)
def _form(own_form_id: UUID, _sha256: str) -> Form:
    return read(bytes(OwnForm.objects.values_list("xml", flat=True).get(pk=own_form_id)))


@lru_cache(maxsize=64)
def _files(own_form_id: UUID, _sha256: str) -> frozenset[str]:
    names = OwnFile.objects.filter(form=own_form_id).values_list("name", flat=True)
    return frozenset(names)


class OurAnswers:
    """What is answered to an organisation's own forms."""

    reporters = frozenset({"organisation"})

    def sitting(self, by: Any, sitting_id: UUID) -> OurSitting:
        """Go on with an answer of this person's own."""
        if not isinstance(by, User):
            raise not_visible()
        return OurSitting(by, pick(_light(by), pk=sitting_id))

    def take(self, organisation_id: UUID, filled: Filled) -> bool:
        """Telephones hand these over by another way (`actions.receiving`)."""
        raise not_visible()


def _light(by: User) -> QuerySet[OwnSitting]:
    """The form itself is heavy, and known already."""
    heavy = ("form__xml", "form__sheets", "form__said")
    return sittings_of(by).select_related("form").defer(*heavy)


def offer(organisation_id: UUID, form_id: str) -> Iterable[Offered]:
    """Return the organisation's forms as telephones get them, with what lies beside them."""
    rows = (
        OwnForm.objects.filter(organisation=organisation_id, published_at__isnull=False)
        .select_related("permission__organisation")
        .prefetch_related("files")
    )
    if form_id:
        rows = rows.filter(form_id=form_id)
    newest: dict[str, OwnForm] = {}
    found = list(rows.order_by("brought_at", "pk"))
    for row in found:
        newest[row.form_id] = row
    for row in found:
        yield Offered(
            form_id=row.form_id,
            version=row.version,
            title=row.title,
            xml=bytes(row.xml),
            listed=row.in_use and newest[row.form_id] is row,
            files=tuple(File(one.name, one.type, bytes(one.data)) for one in row.files.all()),
        )


def register() -> None:
    """Say where these answers live, and offer the forms; called once when the room starts."""
    stores.register(NAME, OurAnswers())
    offered.register(NAME, offer)
