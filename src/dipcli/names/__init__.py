"""Names of persons and organisations: normal forms, their parts, and whether two are the same.

Importing this package loads neither rapidfuzz nor the tables of names; the functions do when called.
"""

from dipcli.names.cultures import Parts, family, given, parts, shape, short_forms
from dipcli.names.forms import normal, slug
from dipcli.names.matching import Decision, closest, likeness, may_merge, never_merge, same_person
from dipcli.names.romanisation import romanisation_key

__all__ = [
    "Decision",
    "Parts",
    "closest",
    "family",
    "given",
    "likeness",
    "may_merge",
    "never_merge",
    "normal",
    "parts",
    "romanisation_key",
    "same_person",
    "shape",
    "short_forms",
    "slug",
]
