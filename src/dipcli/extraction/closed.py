"""Closed classes of English words: function words, and the few open ones that a reading by position has to know."""

from __future__ import annotations

from dipcli.lexicon.inflection import IRREGULAR

PASTS = frozenset(past for past, _ in IRREGULAR.values())
BE = frozenset(
    "is are was were be been being am 're 'm get gets got getting isn't aren't wasn't weren't".split()
)
HAVE = frozenset("has have had having 've hasn't haven't hadn't".split())
DO = frozenset("do does did don't doesn't didn't".split())
PLANNED = frozenset("will shall 'll won't".split())
POSSIBLE = frozenset("may might could can can't cannot couldn't 'd".split())
REQUIRED = frozenset("must should ought shouldn't mustn't need needs".split())
WISHING = frozenset("wants want intends intend hopes hope plans plan expects aims wishes".split())
"""Verbs of the present whose infinitive is still to come."""
MODAL = PLANNED | POSSIBLE | REQUIRED | {"would", "wouldn't"}
AUXILIARY = BE | HAVE | DO | MODAL | {"to"}
NOT = frozenset("not never neither nor no".split())
DETERMINERS = frozenset(
    "a an the this that these those any each every some no another all both either neither such what "
    "its his her their our my your whose 's".split()
)
PRONOUNS = frozenset("he she it they we i you who which".split())
OBJECTS = frozenset("him her them us it me you himself herself itself themselves each".split())
TIME = frozenset(
    "today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december mon tue tues wed thu thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec early late earlier later last next this week month year morning afternoon evening night midday noon weekend".split()
)
PLAIN_TIME = TIME - {"march", "may", "this", "last", "next", "early", "late"}
PREPOSITIONS = frozenset(
    "of in on at by for with from into onto over under during after before through between among against about within without across along near toward towards upon via amid despite following since until outside inside around beyond behind off per than as like including regarding concerning throughout above below because".split()
)
CONJUNCTIONS = frozenset(
    "and or but nor yet plus & while whereas although though if unless because that when".split()
)
ADVERBS = frozenset(
    "also again already just still soon once now then never ever even not n't too almost often always "
    "sometimes twice further together jointly instead thus therefore meanwhile both all each flatly here "
    "there reportedly allegedly formally today yesterday tomorrow tonight back first long far rather "
    "well only so yet".split()
)
NOT_ADVERBS = frozenset(
    "family ally reply supply assembly july italy early daily weekly monthly only likely friendly costly deadly elderly rally anomaly bully monopoly lovely lonely timely orderly apply rely comply imply".split()
)
QUANTIFIERS = frozenset(
    "several many some dozens hundreds thousands scores tens millions two three four five six seven eight nine ten eleven twelve twenty one more most least few other others up nearly about around over some another".split()
)
NOT_ADJECTIVES = frozenset(
    "proposal arrival denial withdrawal renewal refusal removal approval referral trial journal capital official general initiative executive representative music republic traffic public topic critic clinic cable table vehicle missile italian rival appeal deal festival hospital arsenal tribunal article people obstacle civilian politician guardian diplomatic-ship terrorist native captive fugitive motive objective perspective detective logic panic strategic-arms subsidiary secretary military january february library boundary dictionary anniversary missionary salary summary territory principal individual criminal animal signal material".split()
)
COMMON_ADJECTIVES = frozenset(
    "new first last joint direct recent major mass large big small top high low full free fair strong "
    "great deep fierce heavy second third fourth fifth final latest previous next early late annual "
    "mutual open secret armed further brief long short rare key main own same unprecedented urgent "
    "immediate humanitarian military nuclear foreign domestic public private emergency separate "
    "follow-up face-to-face one-on-one two-day three-day four-day week-long day-long high-level "
    "top-level in-person".split()
)

COLLECTIVES = frozenset("police people army government mob crowd militia guerrilla parliament junta".split())
PARTICLES = frozenset("off back down out up short aside forward ablaze".split())
VERBS_BEFORE = {
    "against": "votes protests",
    "at": "protests",
    "by": "stands",
    "for": "appeals calls heads hopes leaves presses pushes sails votes",
    "from": "breaks returns",
    "in": "calls",
    "into": "marches moves pushes sails",
    "on": "appeals calls marches",
    "that": "charges claims fears hopes moves rules",
    "to": "appeals heads moves protests returns sails travels turns votes",
    "upon": "calls",
    "with": "breaks",
}
"""What are verbs before such a word more often than nouns: "The council calls for restraint"."""
OPENING = frozenset("-–—:.")
"""Marks after which a line of a chronology tells what was done, beginning with a capital."""
CALLED = frozenset("phone telephone video conference courtesy repeated renewed growing international".split())
INTENDING = frozenset(
    "plan vow pledge aim offer promise hope need want seek move decline resolve volunteer".split()
)

BEGINNING = frozenset(
    "open reopen resume begin start continue end close collapse stall fail conclude".split()
)
"""What talks do."""
SEALING = frozenset(
    "sign ink seal hail hold open end launch exchange reopen conduct find break join stage issue mark reach restart cut release swap form".split()
)
"""Verbs that are nouns as well, but hardly after two names: "Peru, Chile sign border treaty"."""
CALLING = frozenset("call appeal vote press push talk".split())
"""Verbs that are nouns as well, but after a plural are verbs."""
DESCRIBING = frozenset(
    "united allied armed disputed occupied divided exiled ousted deposed toppled overthrown elected re-elected appointed retired"
    " jailed detained imprisoned arrested wounded injured captured abducted kidnapped defeated assassinated slain murdered"
    " accused alleged convicted indicted suspected disgraced embattled".split()
)
"""Past forms that open a sentence before whom they describe: "Exiled President Rosas said"."""
