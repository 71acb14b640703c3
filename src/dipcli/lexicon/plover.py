"""PLOVER's facts: quad class, score, CAMEO code and Goldstein value of every event type and mode.

Pure data, cheap to import: extraction fills records from it and queries check their terms against it.
Scores run from -10 to +10; `OTHER` is ours and has neither quad class nor score. CAMEO codes are the
nearest code of the type's root; the Goldstein value is that of the root.
"""

from __future__ import annotations

import msgspec


class Facts(msgspec.Struct, frozen=True):
    """What follows from a type and a mode."""

    cameo: str
    quad: int | None
    score: float | None
    goldstein: float


class Mode(msgspec.Struct, frozen=True):
    cameo: str
    score: float


class Type(msgspec.Struct, frozen=True):
    """One event type; `recipient` tells whether an event of it needs one."""

    meaning: str
    quad: int | None
    recipient: bool
    score: float | None
    cameo: str
    modes: dict[str, Mode] = {}


TYPES: dict[str, Type] = {
    "AGREE": Type("willing, promise, offer, accept an invitation", 1, False, 2.5, "030"),
    "CONSULT": Type(
        "meet, talk, visit, host, call",
        1,
        False,
        2.5,
        "040",
        {
            "visit": Mode("042", 4.0),
            "third-party": Mode("044", 1.0),
            "multilateral": Mode("040", 4.0),
            "phone": Mode("041", 1.5),
        },
    ),
    "SUPPORT": Type("back, praise, recognise, congratulate, sign, ratify", 1, False, 5.0, "050"),
    "CONCEDE": Type("give way in words: ease rules, pardon, apologise", 1, False, 4.5, "080"),
    "COOPERATE": Type("joint deeds that profit both", 2, True, 9.5, "060"),
    "AID": Type("deeds that profit the receiver", 2, True, 10.0, "070"),
    "RETREAT": Type(
        "give way in deeds",
        2,
        False,
        6.5,
        "087",
        {
            "withdraw": Mode("0872", 8.0),
            "release": Mode("0841", 6.5),
            "disarm": Mode("0873", 10.0),
            "ceasefire": Mode("0871", 7.5),
            "access": Mode("0861", 6.5),
            "resign": Mode("087", 4.5),
        },
    ),
    "REQUEST": Type(
        "ask, call for, demand, order, urge",
        3,
        False,
        0.0,
        "100",
        {
            "assist": Mode("103", 0.5),
            "change": Mode("104", -1.0),
            "yield": Mode("105", -1.0),
            "meet": Mode("106", 0.0),
        },
    ),
    "ACCUSE": Type(
        "criticise, condemn, blame, indict, investigate, protest by note",
        3,
        False,
        -3.0,
        "110",
        {
            "disapprove": Mode("111", -2.0),
            "investigate": Mode("090", -3.5),
            "allege": Mode("112", -3.5),
        },
    ),
    "REJECT": Type(
        "refuse, veto, block, cancel a meeting, bar from entry",
        3,
        False,
        -2.0,
        "120",
        {
            "assist": Mode("122", -1.5),
            "change": Mode("123", -2.0),
            "yield": Mode("124", -2.0),
            "meet": Mode("125", -2.0),
        },
    ),
    "THREATEN": Type(
        "warn with consequences",
        3,
        False,
        -3.5,
        "130",
        {
            "restrict": Mode("132", -3.0),
            "arrest": Mode("132", -3.5),
            "relations": Mode("131", -3.5),
            "expel": Mode("131", -3.5),
            "territory": Mode("138", -4.0),
            "violence": Mode("138", -3.5),
        },
    ),
    "PROTEST": Type(
        "civilians act together in public",
        4,
        False,
        -5.0,
        "140",
        {
            "demo": Mode("141", -5.0),
            "riot": Mode("145", -7.0),
            "strike": Mode("143", -5.0),
            "hunger": Mode("142", -4.5),
            "boycott": Mode("143", -4.5),
            "obstruct": Mode("144", -4.5),
        },
    ),
    "SANCTION": Type(
        "cut or lower relations, aid, exchange; convict; expel diplomats",
        4,
        True,
        -6.0,
        "160",
        {
            "convict": Mode("160", -6.0),
            "expel": Mode("166", -5.5),
            "withdraw": Mode("161", -6.0),
            "discontinue": Mode("162", -6.0),
        },
    ),
    "MOBILIZE": Type(
        "ready or move forces short of use",
        4,
        False,
        -5.5,
        "150",
        {
            "troops": Mode("154", -6.5),
            "weapons": Mode("150", -6.5),
            "police": Mode("153", -5.5),
            "militia": Mode("150", -6.0),
        },
    ),
    "COERCE": Type(
        "repress or restrict without violence",
        4,
        False,
        -7.0,
        "170",
        {
            "seize": Mode("171", -7.0),
            "restrict": Mode("172", -7.0),
            "censor": Mode("172", -6.5),
            "curfew": Mode("172", -6.5),
            "martial-law": Mode("172", -7.5),
            "arrest": Mode("173", -7.0),
            "deport": Mode("174", -7.0),
            "withhold": Mode("170", -7.0),
            "misinformation": Mode("170", -6.5),
            "cyber": Mode("176", -7.0),
        },
    ),
    "ASSAULT": Type(
        "force that can hurt",
        4,
        False,
        -9.0,
        "190",
        {
            "abduct": Mode("181", -8.5),
            "beat": Mode("182", -7.5),
            "torture": Mode("182", -8.5),
            "targeted": Mode("186", -9.5),
            "destroy": Mode("180", -8.5),
            "primitive": Mode("180", -8.0),
            "firearms": Mode("193", -9.0),
            "explosives": Mode("183", -9.0),
            "suicide-attack": Mode("183", -9.5),
            "aerial": Mode("195", -9.5),
            "drone": Mode("195", -9.5),
            "heavy-weapons": Mode("194", -9.5),
            "crowd-control": Mode("180", -7.5),
            "unconventional": Mode("204", -10.0),
        },
    ),
    "OTHER": Type("appointments, sports, statements without a political act", None, False, None, "010"),
}

GOLDSTEIN: dict[str, float] = {
    "01": 0.0,
    "02": 3.0,
    "03": 4.0,
    "04": 1.0,
    "05": 3.5,
    "06": 6.0,
    "07": 7.0,
    "08": 5.0,
    "09": -2.0,
    "10": -5.0,
    "11": -2.0,
    "12": -4.0,
    "13": -6.0,
    "14": -6.5,
    "15": -7.2,
    "16": -4.0,
    "17": -7.0,
    "18": -9.0,
    "19": -10.0,
    "20": -10.0,
}
"""Goldstein value by CAMEO root."""

OLDER_NAMES: dict[str, str] = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
}
"""Types of earlier PLOVER versions, and what they are called now."""

CONTEXTS: tuple[str, ...] = (
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
)


def facts(type: str, mode: str | None = None) -> Facts:
    """CAMEO code, quad class, score and Goldstein value of `type` in `mode`.

    Raises KeyError for a type, or a mode of it, that PLOVER does not have.
    """
    entry = TYPES[type]
    exact = entry if mode is None else entry.modes[mode]
    return Facts(exact.cameo, entry.quad, exact.score, GOLDSTEIN[exact.cameo[:2]])
