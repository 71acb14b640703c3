"""The library: an index opened, asked and filled by a Python program, as the commands do it.

    import dipcli

    with dipcli.open() as index:
        for event in index.events(actor="Wang Yi", since="2022-05"):
            print(event.start, event.summary)

Filters are those of the commands, with underscores for dashes; a repeatable one takes a value or a
list. All methods raise `dipcli.errors.DipcliError`s: UsageError and its kinds for a value that cannot
be meant, AmbiguousName and NotFound for a name or id, IndexFormatError for a damaged index.
"""
