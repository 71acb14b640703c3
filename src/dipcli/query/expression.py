"""A text query as FTS5 is asked for it, over the stems of words (`dipcli.words`)."""

from __future__ import annotations

from dipcli.query.text import And, Not, Or, Query, Term


def expression(query: Query) -> tuple[str | None, bool]:
    """What to ask a full text index (FTS5, of stems) for the query, None where it can say nothing; and
    whether a text that it finds satisfies the query for certain. One that it does not find never does."""
    match query:
        case Term():
            found = " OR ".join(query.phrases)
            return (f"({found})" if len(query.phrases) > 1 else found), True
        case Not():
            return None, False
        case Or(parts):
            asked = [expression(part) for part in parts]
            if any(found is None for found, _ in asked):
                return None, False
            return f"({' OR '.join(str(found) for found, _ in asked)})", all(sure for _, sure in asked)
        case And(parts):
            asked = [expression(part) for part in parts if not isinstance(part, Not)]
            without = [expression(part.part) for part in parts if isinstance(part, Not)]
            known = [found for found, _ in asked if found is not None]
            if not known:
                return None, False
            whole = " AND ".join(known)
            for unwanted, sure in without:
                if unwanted is not None and sure:
                    whole = f"(({whole}) NOT {unwanted})"
            return f"({whole})", all(sure for _, sure in asked + without)


def expressions(query: Query) -> list[str]:
    """What to ask a full text index of the passages of documents: each must hold for one of them, if the
    document is to satisfy the query."""
    match query:
        case Term():
            *before, _ = query.parts[0].stems
            last = [f'"{part.stems[-1]}"{" *" * part.prefix}' for part in query.parts]
            return [*(f'"{word}"' for word in before), " OR ".join(last)]
        case Not():
            return []
        case And(parts):
            return [found for part in parts for found in expressions(part)]
        case Or(parts):
            every = [expressions(part) for part in parts]
            # Of an alternative of several words, its rarest is as a rule its longest.
            return [" OR ".join(f"({max(found, key=len)})" for found in every)] if all(every) else []
