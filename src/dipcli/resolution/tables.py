"""What resolution knows of words: which types and verbs can tell of one event, which bodies are a state's.

All words are in normal form (`names.normal`).
"""

from __future__ import annotations

from dipcli.records import EventType, Medium, Precision

FAMILY: dict[EventType, str] = {
    "AGREE": "accord",
    "SUPPORT": "accord",
    "CONSULT": "consult",
    "CONCEDE": "yield",
    "RETREAT": "yield",
    "COOPERATE": "help",
    "AID": "help",
    "REQUEST": "request",
    "ACCUSE": "dissent",
    "REJECT": "dissent",
    "THREATEN": "threaten",
    "PROTEST": "protest",
    "SANCTION": "restrict",
    "COERCE": "restrict",
    "MOBILIZE": "force",
    "ASSAULT": "force",
    "OTHER": "other",
}
"""Types that writers tell of one deed are of one family; other types never tell of one event."""

TALKS = frozenset(
    """talk talks meet meeting meetings dialogue summit session call conference consultation consultations
    discuss discussion discussions conversation negotiation negotiations forum speak convene debate""".split()
)
VISIT = frozenset("visit trip travel tour arrive fly go come leave lead delegation journey stopover".split())
ATTEND = frozenset("attend join participate participation attendance".split())
SPOKEN = frozenset("speak conversation contact".split())
"""Words of a CONSULT that may as well be by telephone, where nothing is said of how."""
HOST = frozenset("host receive welcome".split())
"""Words of a CONSULT: for talks, a visit, presence somewhere; a host has guests for any of them."""

LIGHT = frozenset(
    """to of with on for in from into by that at … must should have hold make take give pay lead issue send
    express reach come begin resume joint virtual video diplomatic open end call""".split()
)
"""Words of triggers that tell nothing by themselves where another word stands beside them."""

ONCE = frozenset("office inauguration inaugurate appoint elect swear die".split())
"""Words of triggers of what befalls a person once in a month, however often it is told."""

SUMMONED = frozenset("ambassador envoy charge chargé diplomat summon convoke".split())
"""Words of triggers that tell of a summons …"""
PROTESTED = frozenset(
    """protest complaint representation representations demarche demarches démarche démarches dissatisfaction displeasure
    concern concerns objection objections note memorandum disapproval""".split()
)
"""… and of what was told the ambassador there."""

DONE_ONCE = frozenset(("expel",))
"""Modes of what one does to another once a day, in whatever words."""

ALIKE = {
    word: group[0]
    for group in map(
        str.split,
        (
            "block veto reject",
            "test test-fire fire launch",
            "visit trip travel tour arrive",
            "condemn denounce criticize criticise deplore",
            "urge call appeal demand",
            "agree pledge promise undertake",
            "mark commemorate celebrate",
            "appoint name nominate",
            "sign conclude",
            "independence independent",
        ),
    )
    for word in group
}
"""Words of triggers that one reporter uses where another uses the group's first."""

EXACTNESS: dict[Precision, int] = {
    "day": 0,
    "range": 1,
    "month": 2,
    "season": 3,
    "quarter": 3,
    "half": 3,
    "year": 4,
    "unknown": 5,
}

APART: frozenset[frozenset[Medium]] = frozenset(
    frozenset(pair)
    for pair in (
        ("in_person", "virtual"),
        ("in_person", "telephone"),
        ("virtual", "telephone"),
        ("written", "in_person"),
        ("written", "virtual"),
        ("written", "telephone"),
    )
)
"""Media that one event cannot have both of."""

GOVERNMENT = frozenset(
    """ministry department office government administration council cabinet parliament assembly congress
    senate army navy force forces military coast guard guards troops police court agency commission committee bureau embassy
    presidency secretariat staff command house palace kremlin party""".split()
)
"""A word of these in its name makes a country's organisation one of its state."""

GENERIC = frozenset(
    """ministry department office government administration council cabinet parliament assembly congress
    senate party committee commission court agency army navy police embassy union forum group alliance
    organization company bank university newspaper media delegation foundation institute center association
    board secretariat bureau authority summit meeting conference""".split()
)
"""Words that name no organisation by themselves."""

SPELLING = {
    "defence": "defense",
    "centre": "center",
    "organisation": "organization",
    "labour": "labor",
    "programme": "program",
}

EVERYWHERE = frozenset(
    """
    about across after again against agree agreed agreement ahead also although among another around because
    been before being between both called could countries country counterpart director during each earlier
    expressed first foreign from further government have held here including into issue issues last later leader
    leaders made make meet meeting ministry minister ministers more most much next nations news official officials
    only other others over part parties pledge pledged presidential president pressed reporters said same secretary
    several should side sides since some state stated statement states stressed such talk talks than that their them
    then there these they this those three through time told toward towards under until very visit want week well
    were what when where which while will with within without would year years
    """.split()
)
"""Words that tell nothing of what a sentence of diplomacy is about."""

SEATS: dict[str, str] = {
    "white house": "washington",
    "state department": "washington",
    "pentagon": "washington",
    "blue house": "seoul",
    "kremlin": "moscow",
    "elysee": "paris",
    "quai d orsay": "paris",
    "downing street": "london",
    "buckingham palace": "london",
    "great hall of the people": "beijing",
    "diaoyutai": "beijing",
    "zhongnanhai": "beijing",
    "palais des nations": "geneva",
    "un headquarters": "new york",
    "hofburg": "vienna",
    "merdeka palace": "jakarta",
    "quirinal": "rome",
}
"""Buildings where statesmen meet, and the towns they are in."""
