"""The men of a register: those already known, those who are new, and their places in a group."""

from __future__ import annotations

from tequio.access.models import User
from tequio.circles.actions.groups import join_many
from tequio.circles.actions.imports.run import Run
from tequio.circles.importing.naming import Aliases, who_of
from tequio.circles.importing.parts import Part, chunks
from tequio.circles.models import Group, Membership
from tequio.people.actions import register_many
from tequio.people.models import Participant
from tequio.people.policies import visible_to
from tequio.people.queries import by_codes


def register_men(*, by: User, run: Run) -> None:
    """Open a file for every person of the register who has none."""
    people = run.reading.plan.people
    run.men.update(_already_known(by, run))
    run.counts["known"] = len({man.pk for man in run.men.values()})
    new = [person for person in people if person.key not in run.men]
    taken = Participant.objects.filter(organisation=by.organisation_id)
    aliases = Aliases(set(taken.values_list("alias", flat=True)))
    with run.step(len(people) - len(new)):
        pass
    for chunk in chunks(new):
        with run.step(len(chunk)):
            rows = [(aliases.give(person.identity), who_of(person)) for person in chunk]
            made = register_many(by=by, rows=rows, import_id=run.register.pk)
        run.men.update(zip((person.key for person in chunk), made, strict=True))
    run.counts["men"] = len(new)


def give_places(*, by: User, run: Run, part: Part, group: Group) -> None:
    """Give every man of a part his place in the group, from the part's first meeting on."""
    places = group.memberships.filter(visit=False).order_by("joined_at_session", "pk")
    have = {place.participant_id: place for place in places}  # who came back: his newest place
    men = list({run.men[key].pk: run.men[key] for key in part.people}.values())
    first = _first_position(run, part, group)
    days = [meeting.on for meeting in part.meetings]
    joined_on = min((day for day in days if day), default=None)
    for chunk in chunks(men):
        with run.step(len(chunk)):
            new = [man for man in chunk if man.pk not in have]
            made = join_many(
                by=by,
                group=group,
                participants=new,
                joined_on=joined_on,
                import_id=run.register.pk,
            )
            for place in made:
                place.joined_at_session = first
            Membership.objects.bulk_update(made, ["joined_at_session"])
        have.update((place.participant_id, place) for place in made)
    run.places.update(((group.pk, man.pk), have[man.pk]) for man in men)


def _already_known(by: User, run: Run) -> dict[str, Participant]:
    """Return the men whom the number or a person's answer says we know, by key of the plan."""
    people, choices = run.reading.plan.people, run.reading.choices
    found: dict[str, Participant] = {}
    if choices.codes_shared:
        codes = by_codes(by.organisation_id, [person.identity.id for person in people])
        found = {p.key: codes[p.identity.id] for p in people if p.identity.id in codes}
    said = dict(choices.known)
    men = {str(man.pk): man for man in visible_to(by).filter(pk__in=list(said.values()))}
    for person in people:
        man = men.get(said.get(person.key, ""))
        if man is not None:
            found.setdefault(person.key, man)
    return found


def _first_position(run: Run, part: Part, group: Group) -> int:
    if group.pk in run.opened:
        return 1
    positions = [run.sessions[group.pk, meeting.index].position for meeting in part.meetings]
    return min(positions, default=1)
