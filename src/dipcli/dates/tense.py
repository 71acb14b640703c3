"""Whether the words around a date tell of the past or the future, guessed from the verbs nearby."""

from __future__ import annotations

import re

from dipcli.dates.intervals import WEEKDAYS

SENTENCE_END = re.compile(
    # No end after initials, "a.m.", and titles. What it begins with comes first, so that it is found quickly.
    r"[.!?\n](?:(?:(?<=[!?])|(?<=\.)(?<![ .][A-Za-z]\.)(?<!Mr\.)(?<!Ms\.)(?<!Mrs\.)(?<!Dr\.)(?<!Gen\.)(?<!Sen\.)"
    r"(?<!Gov\.)(?<!Rep\.)(?<!St\.))[\"'”’)]*\s+(?=[\"'“‘`(]{0,2}[A-Z])|(?<=\n)\s*\n)"
)
_AHEAD = """will shall would may might could should must can cannot expected scheduled slated due
    planned plan plans planning expects expect hopes hope intends intend aims upcoming going deadline
    begins starts ends expires falls takes returns arrives resumes opens closes meets meet convenes votes
    visits plays hosts departs flies launches premieres leaves hits airs debuts concludes holds reopens reopen resume
    convene loom looms likely starting beginning would ahead until till"""
_PAST = """was were had has have did said told met took came went held made gave began won lost led left
    found wrote saw became got brought sent shot fell rose kept thought spoke flew struck broke chose drew
    fought grew knew paid sold stood spent ran sat ate built bought caught felt heard hit laid lay meant
    put quit read rode sank sought shut slid swore taught threw understood woke wore since been done begun
    gone taken given known shown drawn written spoken stolen driven fallen risen chosen frozen beaten born torn sworn thrown
    grown flown blown withdrew withdrawn overthrew overthrown undertook overtook arose swept flung fled drove forgave forbade"""
_DENIED = {
    **dict.fromkeys(["won't", "shan't", "wouldn't", "can't", "couldn't", "shouldn't"], False),
    **dict.fromkeys(["wasn't", "weren't", "didn't", "hadn't", "hasn't", "haven't"], True),
}
_NOT_PAST = """need indeed speed feed seed united hundred red bed fed wed sacred naked embed exceed proceed
    succeed ahmed mohamed mohammed muhammed saeed khaled"""
_VERB = re.compile(r"[A-Za-z]+(?:['’]t\b)?|['’]ll\b")
_TENSES = {
    **dict.fromkeys(_NOT_PAST.split(), None),
    **dict.fromkeys(_PAST.split(), True),
    **dict.fromkeys(_AHEAD.split(), False),
    "'ll": False,
    "’ll": False,
    **{verb.replace("'", mark): told for verb, told in _DENIED.items() for mark in "'’"},
}
_IS = re.compile(r"\s(?:is|are)\s")
_SUBJECT = re.compile(r"(?:\A|[\"“‘'`:,;]|\b(?:that|said|says))\s*\Z")
"""Words before a date that is what its sentence or clause is about."""
_HAPPENED = re.compile(
    r"""['’]s\s(?:[\w-]+\s){0,2}?(?:attack|raid|ruling|bombing|blast|explosion|shooting|killing|murder|crash|accident
    |quake|earthquake|storm|flood|fire|defeat|loss|win|victory|announcement|decision|arrest|verdict|incident|massacre
    |violence|clash(?:e)|collapse|strike|death|protest)s?\b""",
    re.VERBOSE,
)
"""What has happened, told of by its day: "will respond to Tuesday's raid"."""
_AHEAD_OF = re.compile(r"\b(?:ahead\ of|before|until|await\w*|for|expect\w*|planned)\s+(?:\w+\s)?\Z")
_QUOTED = re.compile(r"(?<=[,.?!])['’]?(?:[\"”]|'')[^\"“`]*\Z")
_CLAUSE = re.compile(r";|(?<=[,.?!])['’]?(?:[\"”]|'')|(?<=[,:]\s)(?:[\"“]|``)")
"""What parts a clause from the next: a semicolon, the end of a quotation, the beginning of one that is announced."""
_PHRASE = 90
"""Characters right before a date that may foresee it."""
REACH = 250
"""Characters of a sentence that are looked at on either side."""


_OBJECT = r"(?:(?!(?:after|over|from|since|because|in|at|of|by|that|as)\b)[\w'’-]+\ ){0,5}"
"""What may stand between a verb and the date it tells of."""
_FORESEEN = re.compile(
    rf"""\b(?:
        (?:forecast|set|slated|scheduled|planned|due|booked|predicted|tipped|listed)\ for
      | (?:[Pp]repar(?:es?|ed|ing)(?:\ \w+)?|[Rr]eady|ruled\ (?:[\w-]+\ )?out|cancell?ed|available|likely|time[ds]?|(?:re)?schedule[ds]?)\ for
      | (?:adjourn|postpone|delay|defer|reserve|post)(?:s|e?d|r?ed|ing)?\ (?:[\w'’-]+\ ){{0,8}}for
      | (?<!failed\ )to\ (?!(?:the|an?|his|her|its|their|this|that)\ )(?:[a-z]+\ ){{1,4}}(?:by|before)
      | keeps?\ [^.;,]{{0,40}}(?:through|until|till)
      | chance\ of\ [^.;,]{{0,30}}
      | forecast
      | [Ss]ets?\ (?:an?\ )?(?:[\w-]+\ )?(?:trial|hearing|sentencing|date|deadline|elections?|vote|meeting)\b[^.;,]{{0,50}}
      | brac(?:e[sd]?|ing)\ for\ {_OBJECT}
      | (?:[Ff]aces?|[Ff]acing|[Aa]wait(?:s|ed|ing)?|[Mm]arks|[Cc]elebrates|[Ee]nters?|turns|moves\ in|comes?\ up)\ {_OBJECT}
      | (?:[Hh]as|[Hh]ave)\ an?\ (?:[\w-]+\ ){{1,3}}
      | (?:needs?|wants?|promised|demanded|pledged)\ [^.;,]{{0,30}}\ by
      | (?:['’]m|['’]re|is|are)\ (?:meeting|seeing|leaving|going|coming|returning|arriving|flying|holding|hosting
        |playing|opening|closing|starting|beginning|taking|having|moving|traveling|travelling|visiting|heading
        |launching|releasing)\ {_OBJECT}
      | (?:is|are)\ (?:out|off|back|possible|in\ effect|closed|open)
      | (?<!failed\ )(?<!refused\ )(?<!continued\ )to\ (?:appear|testify|surrender|expire|stand\ trial
        |be\ (?:sentenced|arraigned|released|buried|executed|sworn\ in))\b[^.;,]{{0,40}}
      | ordered\ (?:\w+\ ){{1,2}}back\ [^.;,]{{0,30}}
      | (?:which|that|who|[Cc]ompany|[Aa]gency|[Gg]overnment|[Dd]epartment)\ (?:reports|releases|issues|publishes|announces|unveils)\b[^.;,]{{0,30}}
      | (?:adjourned|postponed|delayed|deferred|moved|rescheduled|extended|pushed\ back|put\ off)
        (?:\ [\w-]+){{0,4}}\ (?:to|until|till)
      | (?:runs?|lasts|continues?|remains?|stays?|goes\ on)\ [^.;,]{{0,20}}(?:through|until|till|to)
      | (?:is|are|comes?)(?:\ on)?
      | (?:(?:steps|stands)\ down|(?:comes|goes|runs)\ (?:out|on|into|to)|kicks\ off|gets\ under\ way)[^.;,]{{0,20}}
      | (?:go|goes|head|heads)\ (?:back\ )?to\ the\ polls[^.;]{{0,40}}
      | (?:[A-Za-z]+s|[Ww]e|[Tt]hey|I)\ (?:open|close|start|begin|end|resume|return|play|vote|expire|depart|arrive|leave|go|travel|fly
        |go\ on\ sale)\b(?:[^.;,]|[ap]\.m\.){{0,40}}
    )(?:\ (?:on|at\ least|early|late|as\ early\ as))?\ *\Z""",
    re.VERBOSE,
)
"""What tells of the future right before a date, be the verb before it of the past: a forecast, a
postponement, the present tense."""


def tense(text: str, start: int, end: int) -> bool | None:
    """Whether the words around `text[start:end]` tell of the past (True) or the future (False): by the
    nearest verb before it in its clause, else the first after it; None where no verb tells."""
    # With the first letter of the words themselves: they may begin a sentence.
    before = text[max(0, start - REACH) : start + 1]
    ends = [boundary.end() for boundary in SENTENCE_END.finditer(before)]
    before = before[ends[-1] if ends else 0 : -1]
    after = text[end : end + REACH]
    if stop := SENTENCE_END.search(after):
        after = after[: stop.start()]
    if _HAPPENED.match(after) and not _AHEAD_OF.search(before[-_PHRASE:]):
        return True
    clause = _CLAUSE.split(before)[-1], _CLAUSE.split(after, maxsplit=1)[0]
    told = _tense_between(*clause)
    if _IS.match(after) and _SUBJECT.search(before):
        return False  # "Tuesday is the last day"
    if told is None and _QUOTED.search(before):
        return True  # "…," according to a report in June
    return _tense_between(before, after) if told is None and clause != (before, after) else told


def _tense_between(before: str, after: str) -> bool | None:
    if _FORESEEN.search(before[-_PHRASE:]):
        return False
    words = [word for word in _VERB.findall(before) if word not in WEEKDAYS]
    for at in range(len(words) - 1, -1, -1):
        if words[at] in _OPENERS and (told := _first_tense(after)) is not None:
            return told  # "she would send aid, but on Monday it was stopped"
        if (told := _tense_of(words, at)) is not None:
            return told
    return _first_tense(after)


def _first_tense(after: str) -> bool | None:
    """What the first verb after a date tells: "On Monday, they agreed to talk" of the past."""
    if _PRESENT.match(after):
        return False
    words = _VERB.findall(after)
    for at, word in enumerate(words):
        if word in _TO_COME and word.endswith("ed"):
            return True
        if (told := _tense_of(words, at)) is not None:
            return told
    return None


_PRESENT = re.compile(
    r",\s(?:[Tt]he\s)?(?:[A-Z][\w.’'-]*\s){1,4}(?!was|is|has|does|says|plans|hopes|wants)[a-z]+s\s(?:an?|the|his|her|its|their)\s"
)
"""A name and a verb of the present after a date at the head of a sentence: "In November, Argo drops a probe"."""


_OPENERS = set("where which who whom whose when while because but although though if whether".split())
_TO_COME = set(
    """agreed decided vowed promised pledged wants want is are was were ready voted able set supposed poised
    prepared preparing planning hoping""".split()
)
"""What tells of the future before "to"."""
_DETERMINERS = set("the a an this that these those its his her their our".split())
_NOUNS = set("plan plans hope hopes aims".split())
_PREPOSITIONS = set("on in at by".split())
"""With nothing else between them and a date, the first are no verbs: "accepted the plan on Wednesday"."""
_NOUNS_TOO = _NOUNS | set(
    "visits votes plays leaves hits falls starts ends returns holds flies meets".split()
)
_NOUN_AFTER = _DETERMINERS | set(
    """of in on at after before during by from with for two three four five several many both some recent
    previous""".split()
)
"""After these they are nouns: "after two votes in March"."""
_THAN = {"than", "as"}
"""What was foreseen is over: "rose more than expected in November", "was held as planned on Sunday"."""
_SINGULAR = {"a", "an", "this", "that"}
"""No plural comes after these: "a visit that ends on Sunday"."""
_UNTIL = {"until", "till"}
_UP_TO = {"Up", "up"}
_NEGATED = {
    "not",
    "never",
    "no",
    "No",
    *(verb.replace("'", mark) for verb, past in _DENIED.items() if past for mark in "'’"),
}
"""With these, "until" tells of what has come: "did not leave until Tuesday"."""
_BEFORE_BEING = set("was were after since despite for of from by without before while".split())
"""Words before "being released" that leave it in the past; else it is to come: "the report being released Friday"."""
_LEADS_ON = {"be", "to", "not"}
_BE = {"is", "are", "was", "were", "be", "been"}


def _tense_of(words: list[str], at: int) -> bool | None:
    """What one of the words tells; "held" in "will be held" and "to be held" tells of the future, "put"
    in "will put" and "proposed" in "the proposed" nothing."""
    word = _as_inside(words[at]) if at == 0 else words[at]
    if word in _TO_COME and "to" in words[at + 1 : at + 2 + (words[at + 1 : at + 2] == ["on"])]:
        return None if at and words[at - 1] == "while" else False  # "while preparing to leave on Monday"
    told = _TENSES.get(word, True if word.endswith("ed") and len(word) > 3 and word.islower() else None)
    if told is None or at == 0:
        return told
    lead = words[at - 1]
    if _is_idle(words, at):
        return None
    if told is False:
        return told
    if lead.lower() in _DETERMINERS and word not in _TENSES:
        return None
    if lead == "being" and at == len(words) - 1 > 1 and words[at - 2] not in _BEFORE_BEING:
        return False
    if lead == "be" and at > 1:
        leads = words[max(0, at - 3) : at - 1]  # "must also be passed"
        return False if any(w == "to" or _TENSES.get(w) is False for w in leads) else told
    if lead in _NOUNS and at > 1 and words[at - 2].lower() in _DETERMINERS:
        return told  # "the plan announced Tuesday"
    return None if lead in _LEADS_ON or _TENSES.get(lead) is False else told


def _as_inside(word: str) -> str:
    """The first word of a clause in small letters where it is no name: "Arrested in May, he …", "Ahead of …"."""
    lower = word.lower()
    return lower if lower == "ahead" or _TENSES.get(lower) or lower.endswith("ed") else word


def _is_idle(words: list[str], at: int) -> bool:
    """Whether one of the words tells nothing of the future here, as it may elsewhere: it is a noun, or goes with
    another word."""
    word, lead, following = words[at], words[at - 1], words[at + 1 :]
    if word in _UNTIL:
        return lead in _UP_TO or not _NEGATED.isdisjoint(words[:at])
    if lead in _THAN or (word in _NOUNS and _PREPOSITIONS.issuperset(following)):
        return True
    if word in _NOUNS_TOO and lead.lower() in _NOUN_AFTER - (_SINGULAR if word.endswith("s") else set()):
        return True
    return (word == "meet" and (lead == "to" or lead.lower() in _DETERMINERS)) or (
        word == "due" and following[:1] == ["to"] and lead not in _BE
    )
