"""What own forms gathered: how much of each, what a person has to look at, and its quality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Q, QuerySet

from tequio.access.models import User
from tequio.access.policies import not_visible
from tequio.instruments import offered, own_answers, own_files, own_tables
from tequio.instruments.device_policies import submissions_visible_to
from tequio.instruments.models import Attachment, Submission
from tequio.instruments.offered import Offered
from tequio.instruments.openrosa.submitted import fields, read
from tequio.instruments.rules.quality import Answered, Found, Shape, look
from tequio.instruments.xform.model import Form, Node, Question, Repeat

_ASKED: Final = frozenset({"input", "select1", "select", "rank", "range"})
# So many are opened for a look; of more, the newest.
MOST: Final = 2000


@dataclass(frozen=True, slots=True)
class Gathered:
    """One form and what came in of it."""

    form_id: str
    title: str
    kept: int
    replaced: int
    conflicts: int
    last: datetime
    files: int = 0


def gathered(user: User) -> list[Gathered]:
    """Return every own form of which something came in, the newest first."""
    titles = {one.form_id: one.title for one in offered.listed(user.organisation_id)}
    how = Submission.How
    rows = (
        submissions_visible_to(user)
        .values("form_id")
        .annotate(
            kept=Count("pk", filter=Q(how=how.KEPT)),
            replaced=Count("pk", filter=Q(how=how.REPLACED)),
            conflicts=Count("pk", filter=Q(how=how.CONFLICT)),
            last=Max("received_at"),
        )
        .order_by("-last", "form_id")
    )
    files = Counter(_files(user).values_list("submission__form_id", flat=True))
    return [
        Gathered(
            title=titles.get(row["form_id"], row["form_id"]), files=files[row["form_id"]], **row
        )
        for row in rows
    ]


def _files(user: User) -> QuerySet[Attachment]:
    """Return the files of what stands."""
    rows = submissions_visible_to(user).exclude(how=Submission.How.REPLACED)
    return Attachment.objects.filter(submission__in=rows)


def files_of(user: User, form_id: str) -> tuple[int, Iterator[bytes]]:
    """Return how many files came with the answers to a form, and the archive of them."""
    form_of(user, form_id)
    rows = _files(user).filter(submission__form_id=form_id).select_related("submission")
    rows = rows.order_by("submission__received_at", "pk")
    return rows.count(), own_files.archive(rows.iterator(chunk_size=20))


def form_of(user: User, form_id: str) -> Offered:
    """Return the newest version of a form of which the person may read answers."""
    if not submissions_visible_to(user).filter(form_id=form_id).exists():
        raise not_visible()
    found = offered.versions(user.organisation_id, form_id)
    if not found:
        raise not_visible()
    return next((one for one in found if one.listed), found[-1])


def standing(user: User, form_id: str) -> QuerySet[Submission]:
    """Return what counts: without what a correction replaced."""
    return (
        submissions_visible_to(user)
        .filter(form_id=form_id)
        .exclude(how=Submission.How.REPLACED)
        .order_by("received_at", "pk")
    )


def rows_of(user: User, form_id: str) -> tuple[int, Iterator[str]]:
    """Return how many answers there are, and the table of them as pieces of CSV."""
    newest = form_of(user, form_id)
    others = [one for one in offered.versions(user.organisation_id, form_id) if one != newest]
    rows = standing(user, form_id)
    forms = [one.form for one in (newest, *reversed(others))]
    table = own_tables.table(forms, rows.iterator(chunk_size=500))
    return rows.count(), own_tables.as_csv(table)


def questions_about(user: User, form_id: str) -> tuple[int, list[Found]]:
    """Return how many answers were looked at, and what a person should look at.

    What contradicts another is asked about by itself (it came twice) and counts here for nobody.
    """
    newest = form_of(user, form_id)
    shape = shape_of(newest.form)
    found = offered.versions(user.organisation_id, form_id)
    lacks = {one.version: _not_in(one.form, shape) for one in found}
    rows = list(
        standing(user, form_id)
        .filter(how=Submission.How.KEPT)
        .select_related("device")
        .order_by("-received_at", "-pk")[:MOST]
    )
    zone = ZoneInfo(user.organisation.timezone)
    answered = [_answered(row, zone, lacks.get(row.form_version, frozenset())) for row in rows]
    return len(rows), look(answered, shape)


def _not_in(form: Form, shape: Shape) -> frozenset[str]:
    return frozenset(shape.questions) - {_name(one.path) for one in form.questions()}


def shape_of(form: Form) -> Shape:
    """Return what the form says of its questions. Answers alike and in a row are a battery."""
    asked = [one for one in form.questions() if one.kind in _ASKED and not _is_given(form, one)]
    return Shape(
        questions=tuple(_name(one.path) for one in asked),
        batteries={_name(found[0].path): tuple(_name(q.path) for q in found)
                   for found in _batteries(asked) if len(found) > 1},
        conditional=frozenset(_name(one.path) for one in asked if _is_conditional(form, one))
        | _in_repeats(form.body),
    )  # fmt: skip


def _answered(row: Submission, zone: ZoneInfo, lacks: frozenset[str]) -> Answered:
    opened = own_answers.opened(row)
    said = {_name(path): value for path, value in fields(read(opened.xml))}
    return Answered(
        key=opened.instance_id,
        by=row.device.label if row.device else "",
        answers=said,
        started=_moment(said.get("start", ""), zone),
        finished=_moment(said.get("end", ""), zone),
        received=row.received_at.astimezone(zone),
        lacks=lacks,
    )


def _moment(text: str, zone: ZoneInfo) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)


def _batteries(asked: Sequence[Question]) -> Iterator[list[Question]]:
    group: list[Question] = []
    for one in asked:
        if group and _choices(one) and _choices(one) == _choices(group[-1]):
            group.append(one)
            continue
        yield from [group] if group else []
        group = [one] if one.kind == "select1" and _choices(one) else []
    yield from [group] if group else []


def _choices(question: Question) -> tuple[str, ...]:
    if question.kind != "select1":
        return ()
    if question.itemset is not None:
        return (question.itemset.nodeset,)
    return tuple(option.value for option in question.options)


def _is_given(form: Form, question: Question) -> bool:
    rule = form.binds.get(question.path)
    return rule is not None and rule.is_given


def _in_repeats(nodes: Sequence[Node], *, inside: bool = False) -> frozenset[str]:
    """Return what is asked once for each of several things, of which there may be none."""
    found: frozenset[str] = frozenset()
    for node in nodes:
        if isinstance(node, Question):
            found |= {_name(node.path)} if inside else frozenset()
        else:
            found |= _in_repeats(node.children, inside=inside or isinstance(node, Repeat))
    return found


def _is_conditional(form: Form, question: Question) -> bool:
    path = question.path
    while path:
        rule = form.binds.get(path)
        if rule is not None and rule.relevant:
            return True
        path = path.rpartition("/")[0]
    return False


def _name(path: str) -> str:
    return path.rpartition("/")[2]
