"""Why an actor or a relation is as it is: the documents' own actors, their names, titles and ties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dipcli.explanation.evidence import Trail
from dipcli.explanation.parts import Explanation, Field, Ground, Told, Words
from dipcli.mentions import RelationMention, TitleMention
from dipcli.names import normal, same_person
from dipcli.records import Actor, Event, Relation, Role
from dipcli.resolution.cast import Figure
from dipcli.resolution.corpus import flat
from dipcli.resolution.local import Local, office_key


def explain_actor(actor: Actor, trail: Trail) -> Explanation:
    figure = trail.cast.figures[actor.id]
    return Explanation(
        id=actor.id,
        kind="actor",
        summary=f"{actor.name}, {actor.kind}",
        fields=[field for field in _actor_fields(actor, figure, trail) if field.grounds],
        told=[*_members(figure, trail), *_implied(figure, trail)],
    )


def _actor_fields(actor: Actor, figure: Figure, trail: Trail) -> Iterator[Field]:
    for name, form in (("name", actor.name), *(("alias", alias) for alias in actor.aliases)):
        yield Field(field=name, value=form, grounds=list(_form(form, figure, trail)))
    if actor.country:
        yield Field(field="country", value=actor.country, grounds=list(_countries(actor, figure, trail)))
    for role in actor.roles:
        label = f"{role.title}, {role.of}" if role.of else role.title
        yield Field(field="role", value=label, grounds=list(_titles(role, figure, trail)))


def _form(form: str, figure: Figure, trail: Trail) -> Iterator[Ground]:
    """The first place in each document that has the form."""
    for number, member in enumerate(figure.members, start=1):
        mention = trail.mentioned(member)
        for span in mention.spans:
            words = trail.words(member.document, span.char_start, span.char_end)
            if flat(words.text) == form:
                yield Ground(value=form, told=number, rule=mention.rule, words=words)
                break


def _countries(actor: Actor, figure: Figure, trail: Trail) -> Iterator[Ground]:
    """What each document says of where somebody belongs: by title, else by what it knows of them."""
    for number, member in enumerate(figure.members, start=1):
        if member.country is None:
            continue
        taken = member.country == actor.country
        mention = trail.mentioned(member)
        titles = [title for title in mention.titles if title.of]
        for title in titles[:1]:
            yield _by_title(member, title, trail, value=member.country, told=number, taken=taken)
        if not titles:
            yield Ground(
                value=member.country,
                told=number,
                taken=taken,
                rule="table of countries" if actor.kind == "country" else mention.rule,
                words=trail.words(member.document, member.char_start, member.char_end),
            )


def _titles(role: Role, figure: Figure, trail: Trail) -> Iterator[Ground]:
    office = office_key(role.title, figure.country)
    for number, member in enumerate(figure.members, start=1):
        for title in trail.mentioned(member).titles:
            if office_key(title.title, figure.country) == office:
                yield _by_title(member, title, trail, value=title.title, told=number)


def _by_title(
    member: Local, title: TitleMention, trail: Trail, *, value: str, told: int, taken: bool = True
) -> Ground:
    of = trail.actors.get((member.document, title.of)) if title.of else None
    return Ground(
        value=value,
        told=told,
        taken=taken,
        rule=f"title:{title.tense}",
        words=trail.words(member.document, title.char_start, title.char_end),
        against=trail.first_named(member.document, of) if of else None,
    )


def _members(figure: Figure, trail: Trail) -> Iterator[Told]:
    """The first mention in each document, and why it is this actor's."""
    for number, member in enumerate(figure.members):
        yield Told(
            words=trail.words(member.document, member.char_start, member.char_end),
            reason=f"{member.name}: {_why(member, figure, first=number == 0)}",
        )


def _implied(figure: Figure, trail: Trail) -> Iterator[Told]:
    for local in figure.implied:
        words = trail.words(local.document, local.char_start, local.char_end)
        yield Told(words=words, reason="an office of this country implies it")


def _why(member: Local, figure: Figure, *, first: bool) -> str:
    """What makes a document's own actor this one."""
    if figure.kind == "country":
        return f"a name of the country {figure.country}" if figure.country else "the same name"
    if first:
        return "the first document that names it"
    others = {normal(form): form for other in figure.members if other is not member for form in other.names}
    shared = [others[key] for form in member.names if (key := normal(form)) in others]
    if shared:
        return f"shares the name {max(shared, key=len)}"
    if figure.kind == "organization":
        return "the same body under another form of its name"
    decisions = (
        same_person(member.name, other.name, country_a=member.country, country_b=other.country)
        for other in figure.members
        if other is not member
    )
    same = next((decision.reason for decision in decisions if decision.same), None)
    return same or "the one bearer of this name there"


def explain_relation(relation: Relation, events: Sequence[Event], trail: Trail) -> Explanation:
    """`events`: those that an `engages` relation is summed from."""
    subject, object_ = (trail.cast.figures[ident] for ident in (relation.subject, relation.object))
    grounds = [
        ground
        for number, quote in enumerate(relation.evidence, start=1)
        for ground in _ties(relation, number, trail.quoted(quote), trail)
    ]
    summed = [
        Ground(value=event.id, rule="both take part", words=trail.quoted(event.evidence[0]))
        for event in events
    ]
    fields = [
        Field(field="subject", value=f"{subject.name} ({relation.subject})", grounds=[]),
        Field(field="object", value=f"{object_.name} ({relation.object})", grounds=[]),
        Field(
            field=relation.relation,
            value=relation.label or f"{relation.count} times",
            grounds=grounds or summed,
        ),
    ]
    return Explanation(
        id=relation.id,
        kind="relation",
        summary=f"{subject.name} {relation.relation.replace('_', ' ')} {object_.name}",
        fields=fields,
        told=[Told(words=trail.quoted(quote), reason="states it") for quote in relation.evidence],
    )


def _ties(relation: Relation, number: int, quote: Words, trail: Trail) -> Iterator[Ground]:
    """The titles and stated relations in a passage that make the relation."""
    label = relation.label or relation.relation

    def is_here(told: RelationMention | TitleMention) -> bool:
        return (told.sentence.char_start, told.sentence.char_end) == (quote.char_start, quote.char_end)

    for told in trail.mentions[quote.document].relations:
        ends = {trail.cast.ids.get((quote.document, key)) for key in (told.subject, told.object)}
        if (
            told.relation == relation.relation
            and is_here(told)
            and ends == {relation.subject, relation.object}
        ):
            yield Ground(value=label, told=number, rule=told.rule, words=quote)
    if relation.relation in ("holds_office", "represents"):
        for member in trail.cast.figures[relation.subject].members:
            for title in trail.mentioned(member).titles if member.document == quote.document else ():
                if is_here(title):
                    yield _by_title(member, title, trail, value=title.title, told=number)
