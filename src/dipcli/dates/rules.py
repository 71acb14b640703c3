"""The grammar's rules, as data: regular expressions over word classes (`words.CLASSES`, `words.GROUPS`).

Blanks mean nothing. A group `core` is the expression where the rule also needs words around it. The
first rule that fits at a place wins.
"""

from __future__ import annotations

import re
from functools import cache

from dipcli.dates.words import CLASSES, GROUPS

CLASS = {**CLASSES, **{name: f"[{''.join(CLASSES[c] for c in group)}]" for name, group in GROUPS.items()}}


def compile_rule(source: str) -> re.Pattern[str]:
    """A rule in names of classes as a regular expression over their characters."""
    return re.compile("".join(re.sub(r"[A-Z]{2,}", lambda name: CLASS[name[0]], source).split()))


_WHICH_YEAR = "THAT? (?P<which>LAST | NEXT | THIS | SAME | THAT | PREVIOUS | FOLLOWING) (?P<whichyear>YR)"
_YEAR_TAIL = f"""(?: COMMA? (?:OF | IN)? (?P<year>ANYYEAR) (?!MANY)
    | COMMA? (?:OF | IN)? THE? {_WHICH_YEAR} )?"""
_DAY_LIST = """(?P<days> DAYS (?: (?:DASH | TO | UNTIL | SLASH | COMMA? AND) THE? DAYS (?!MANY)
    | COMMA DAYS (?=COMMA? AND | COMMA DAYS | DASH) ){0,6} )"""
_WEEKDAYS = "(?: THE? (?:LAST | NEXT | COMING | THIS)? (?P<weekday>WD) DAYTIME? DOT? (?: (?:AND | DASH | TO | UNTIL) WD DOT? )? COMMA? )?"
_WEEKDAY_AFTER = "(?: OPEN (?P<weekday2>WD) DOT? CLOSE )?"
_STOP = r"(?= COMMA | DOT | CLOSE | AND | GAP | IN | AT | DASH | \Z )"

RULES: dict[str, str] = {
    # 2022-05-16, 16.05.2022, 05/16/2022; 2022-05
    "iso": "(?P<date>ISO)",
    "numeric": "(?P<date>NUMERIC)",
    # 23-26.5.1994
    "numeric_days": "(?P<date>NUMERICDAYS)",
    "iso_month": "(?P<date>ISOMONTH)",
    # 05/16 or 05/-- at the beginning of a line
    "list_date": "(?P<date>MONTHDAY)",
    "list_month": "(?P<month>DAY) SLASH DASH DASH",
    # every Monday, each year: a set, taken in and dropped
    "recurring": """EVERY (?: NTH | COUNT | THE )? (?: WD | MON | ANYUNIT | SEASON | DAYTIME )
        | THE? (?: NTH | LAST ) WD (?:OF | IN) EVERY UNIT""",
    # the first Tuesday in November, the last Friday of May 2021, the third Monday of next month
    "nth_weekday": f"""THE? (?: (?P<nth>NTH) | (?P<last>LAST) ) (?P<weekday>WEEKDAY) (?:OF | IN)
        (?: (?P<month>MON) DOT? {_YEAR_TAIL}
        | (?P<whichmonth>LAST | NEXT | THIS) (?P<unit>UNIT) )""",
    # the 24th of last month, Saturday, the 5th instant; the first of March, this fifth day of March 2022
    "day_of_which": f"""{_WEEKDAYS} THE? {_DAY_LIST} (?: (?<=ORD) (?P<instant>INSTANT)
        | OF THE? (?P<which>LAST | NEXT | THIS | SAME | THAT | PREVIOUS | FOLLOWING) (?P<unit>UNIT) )""",
    "day_in_words": f"""(?: (?:THE | THIS) | (?= NTH UNIT ) ) (?: (?P<tens>WORDNUM) DASH? )?
        (?P<nth>ORDWORD | LAST | ORD (?= UNIT)) (?P<unit>UNIT)? OF (?P<month>MON) DOT? {_YEAR_TAIL}""",
    # the 10th of May; Wednesday and Thursday, 13-14 June; 3-6 June 2019; 10 May last year; 10 May (Tue)
    "day_month": f"{_WEEKDAYS} THE? {_DAY_LIST} OF? (?P<month>MON | LOWERMONTH) DOT? {_YEAR_TAIL} {_WEEKDAY_AFTER}",
    # May 16, 2022; Friday, Dec. 17; June 3-6; April 2 and 3
    "month_day": f"{_WEEKDAYS} (?P<month>MON | LOWERMONTH) DOT? THE? {_DAY_LIST} (?!MANY) {_YEAR_TAIL} {_WEEKDAY_AFTER}",
    # 1978 September, 3rd; 1978 September: at the beginning of a line
    "year_month": """(?P<year>YEAR) COMMA? (?P<month>MON) DOT? (?! ANYYEAR | DASH | OF | COMMA? THE? DAYS DASH DAYS )
        (?: COMMA? THE? (?P<day>DAYS) (?! MANY ) )?""",
    # April-May 2021, May and June 2021
    "months_of_year": """(?P<month>MON) DOT? (?P<link>DASH | SLASH | AND | TO | UNTIL) (?P<month2>MON) DOT?
        (?: COMMA? OF? (?P<year>ANYYEAR) (?!MANY) | OPEN (?P<year2>ANYYEAR) CLOSE )""",
    # July 2021, May of last year, March (2020)
    "month_of_year": f"""(?P<month>MON) DOT? (?: COMMA? (?:OF | IN)? (?P<year>ANYYEAR) (?!MANY)
        | OPEN (?P<year2>ANYYEAR) CLOSE | COMMA? (?:OF | IN)? THE? {_WHICH_YEAR} )""",
    # April-May
    "months": "(?P<month>MON) DOT? (?:DASH | SLASH) (?P<month2>MON) DOT?",
    # last May, this August, next June, this past March, the following May, this May 16, that May; That August police …
    "which_month": r"""(?P<which>LAST | NEXT | COMING | THIS | PREVIOUS | FOLLOWING | SAME
        | THAT (?= (?: MONTH | WEAKMONTH ) (?: COMMA | DOT | CLOSE | AND | \Z ) )
        | (?<=DOT) THAT (?=MONTH) | (?<=GAP) THAT (?=MONTH) ) PAST?
        (?P<month>MON) DOT? (?P<day>DAYS)? (?! COMMA? ANYYEAR | MANY)""",
    # spring 2021, summer of 2019, winter 2021/22, last spring, in the summer
    "season_of_year": f"""THE? (?P<season>SEASON) COMMA? (?:OF | IN)?
        (?: (?P<year>ANYYEAR) (?!MANY) | (?P<years>YEARS) | {_WHICH_YEAR} )""",
    "which_season": """(?P<which>LAST | NEXT | COMING | THIS | PREVIOUS | FOLLOWING | THAT | SAME) PAST?
        (?P<season>SEASON)""",
    "season": """(?: IN | SINCE | BY | DURING | UNTIL ) (?P<core> THE? (?P<season>SEASON) )
        (?! OF | DASH | COMMA? IN? (?: ANYYEAR | YEARS ) | (?: LAST | THIS | NEXT ) YR )""",
    # last year's third quarter, 2021's first half, fiscal 2021 third quarter
    "years_part": f"""(?: {_WHICH_YEAR} POSS | (?P<year>ANYYEAR) POSS? | FISCAL YR? (?P<year2>ANYYEAR) POSS? )
        FISCAL? (?P<nth>NTH) DASH? (?P<part>QUARTER | HALF)""",
    # first quarter of 2020, fourth quarter, Q1 2022; second half of last year
    "quarter": f"""THE? FISCAL? (?P<nth>NTH) DASH? QUARTER
        (?: COMMA? (?:OF | IN)? THE? (?P<fiscal>FISCAL)? YR? (?P<year>ANYYEAR)
        | (?:OF | IN)? {_WHICH_YEAR} | OF THE (?P<thisyear>YR) )?""",
    # the June quarter, that which June ends
    "months_quarter": "THE? (?P<month>MON) DASH? QUARTER",
    "period": f"(?P<period>PERIOD) COMMA? (?: (?:OF | IN)? (?P<year>ANYYEAR) | (?:OF | IN)? {_WHICH_YEAR} )?",
    "half": f"""THE? (?P<nth>NTH) HALF OF THE? (?: (?P<fiscal>FISCAL)? YR? (?P<year>ANYYEAR)
        | {_WHICH_YEAR} | (?P<thisyear>YR) )""",
    "fiscal": "THE? FISCAL YR? (?: (?P<year>ANYYEAR) | (?P<years>YEARS) )",
    # Thursday the 13th, on Wednesday morning, the 12th; Thursday 13
    "weekday_and_day": rf"""(?P<weekday>WD) DAYTIME? (?: COMMA? THE (?P<day>ORD) {_STOP} (?! (?:AND | TO | DASH) THE? DAYS OF )
        | (?P<day2>DAYS) (?= COMMA | DOT | GAP | \Z ) )""",
    # Thursday last; Thursday, last Thursday, Monday night, Tuesday of next week, Tuesday last week
    "weekday_last": f"(?P<weekday>WD) LAST {_STOP}",
    # the Thursday after the signing: of what was last told
    "weekday_after": "(?P<core> THE (?P<weekday>WEEKDAY) ) (?: AFTER | FOLLOWING ) (?= THE | THAT )",
    "weekday": """(?: THE? (?P<which>LAST | NEXT | COMING | THIS | PREVIOUS | FOLLOWING | SAME) PAST? )?
        (?P<weekday>WEEKDAY) DAYTIME?
        (?: OF? (?P<which2>LAST | NEXT | THIS | PREVIOUS | FOLLOWING | SAME | THAT) (?P<week>UNIT) )?""",
    # today, late yesterday, tomorrow morning; this morning, last night, that evening
    "today": "(?: EARLIER | EARLY | LATER )? (?P<today>TODAY) DAYTIME?",
    "day_before": "THE UNIT (?P<way>BEFORE | AFTER) (?P<today>TODAY)",
    # In the afternoon, …; During the night …: of the day last told
    "in_daytime": r"(?: \A | (?<=DOT) | (?<=GAP) ) EARLY? (?: IN | DURING ) THE (?: EARLY | LATER )? DAYTIME (?! OF)",
    "daytime": """(?: EARLIER | EARLY | LATER )?
        (?P<which>THIS | LAST | THAT | SAME | PREVIOUS | FOLLOWING | NEXT) DAYTIME""",
    # the week before last, the year after next; two Fridays ago
    "before_last": "THE (?P<unit>ONEUNIT) (?: BEFORE LAST | (?P<next>AFTER) NEXT )",
    "weekdays_ago": "(?P<count>COUNT) (?P<weekday>WEEKDAYS) AGO",
    "night_before": "THE DAYTIME (?P<way>BEFORE | AFTER) (?= COMMA | DOT | CLOSE | AND | \\Z )",
    # the first nine months of the year
    "months_of_the_year": """THE? (?: (?P<nth>ORDWORD) | (?P<end>LAST | FINAL) ) (?P<count>COUNT) (?P<unit>UNITS) OF
        THE YR""",
    # later in the year, the end of the month; year-end, mid-year
    "in_the_unit": "(?:EARLY | LATER | EARLIER) IN THE (?P<unit>ONEUNIT)",
    "end_of_the_unit": "THE? (?P<end>END | FINAL | EARLY) (?: UNIT | UNITS )? OF THE (?P<unit>ONEUNIT)",
    "year_end": "(?P<unit>YR) POSS? DASH? (?P<end>END)",
    "mid_unit": "(?P<end>EARLY) DASH (?P<unit>UNIT | YR)",
    # last year, earlier this month, the same day, the following week, that year, this past weekend
    "which_unit": """(?: EARLIER | LATER )? (?<!THE) (?P<which>LAST | NEXT | THIS) PAST?
        (?:FISCAL (?=YR) )? (?P<unit>ONEUNIT)""",
    "same_unit": """THE? SAME (?P<unit>UNIT | QUARTER | TERM) (?: (?:OF | IN)? THE? (?P<which>LAST | PREVIOUS | NEXT
        | FOLLOWING) YR | ART YR (?: EARLIER | AGO ) | THE YR BEFORE )""",
    "year_ago_unit": "THE? YR DASH? (?: AGO | EARLIER ) (?P<unit>UNIT | QUARTER | TERM)",
    # the 2021 quarter, the same period of 2021: of what was last told
    "years_quarter": """THE (?P<year>ANYYEAR) (?: QUARTER | TERM ) (?! OF)
        | THE? SAME (?: UNIT | QUARTER | TERM ) (?:OF | IN) (?P<year2>ANYYEAR)""",
    # a year-earlier loss, year-ago sales
    "year_ago": "YR DASH (?: AGO | EARLIER )",
    # the latest quarter, the same period; "for the quarter"
    "same_again": """THE? (?: LATEST (?: QUARTER | TERM ) | SAME TERM ) (?! DASH)
        | (?: IN | DURING ) (?P<core> THE QUARTER ) (?! OF | DASH)""",
    "the_which_unit": """THE? (?P<which>PREVIOUS | FOLLOWING | SAME | THAT | THIS | COMING | NEXT) DASH?
        (?:FISCAL (?=YR) )? (?P<unit>ONEUNIT) (?! DASH OTHER)""",
    # ten years ago today, two weeks from Friday, a year ago this month
    "count_from_day": """(?P<count> COUNT (?: OF | DASH? COUNT ){0,2} ) DASH? (?P<unit>ANYUNIT)
        (?P<way> AGO | FROM ) ON? (?: (?P<today>TODAY) | (?P<weekday>WD) | THIS (?P<this>UNIT) )""",
    # After two days, …; After a further three weeks, …
    "after_count": """(?: (?<=DOT AFTER) | (?<=GAP AFTER) ) ART? FURTHER? (?P<count>COUNT) (?P<unit>UNIT | UNITS)
        (?= COMMA )""",
    # two weeks ago, a day later, 11 days after, a year earlier, a couple of months ago; ten days on, …
    "count": """(?P<count> COUNT (?: OF | DASH? COUNT ){0,2} ) DASH? (?P<unit>ANYUNIT)
        (?P<way> AGO | EARLIER | LATER | ON (?= COMMA ) | BEFORE | AFTER (?: THAT (?= COMMA ) )? | (?:PREVIOUS | FOLLOWING) TO?
        | FROM (?:NOW | TODAY) )""",
    "the_unit_before": "THE (?P<unit>ONEUNIT) (?P<way>BEFORE | AFTER | EARLIER | LATER | PREVIOUS)",
    # on the eve of the summit
    "eve": "THE EVE OF",
    "in_count": "(?P<core> IN (?P<count> COUNT (?: OF | DASH? COUNT ){0,2} ) (?P<unit>ANYUNIT) ) (?!OF)",
    # the weekend, over the past weekend
    "the_weekend": """(?: (?<=AT) | (?<=ON) | (?<=IN) | (?<=DURING) ) THE PAST? WEEKEND
        (?! OF | BEFORE | AFTER | DASH )""",
    # the 1990s, the nineties, the nineteen-eighties; 2010-2012; 2010 – 2012; 2021
    "decade": "THE? (?P<decade>DECADE)",
    "decade_in_words": """(?: THE | (?<= EARLY) | (?<= EARLY DASH) )
        (?: (?P<century>WORDNUM) DASH? )? (?P<tens>TENSWORD)""",
    "years": "(?P<years>YEARS)",
    "year": "(?P<year>ANYYEAR)",
    "month": "(?P<month>MON)",
    # on the 16th, on the morning of the 16th
    "day_of_month": f"ON (?: THE DAYTIME OF )? (?P<core> THE (?P<day>ORD) ) (?: {_STOP} | (?= TO | THE ) ) (?! (?:AND | TO | DASH) THE? DAYS OF )",
    # Easter, Christmas Day 2021, last Christmas, Easter week, Thanksgiving weekend last year
    "holiday": f"""(?: (?P<nearby>LAST | NEXT | THIS) PAST? )? (?P<holiday>HOLIDAY)
        (?: COMMA? (?P<year>ANYYEAR) | (?P<week>UNIT) | WEEKEND? (?:OF | IN)? {_WHICH_YEAR} )?""",
}


@cache
def compiled(rule: str) -> re.Pattern[str]:
    """A rule by its name, compiled when it is first asked for."""
    return compile_rule(RULES[rule])


NEVER_FIRST = frozenset(
    """OTHER GAP DASH COMMA DOT SLASH OPEN CLOSE POSS CURRENCY OF AND TO FROM BETWEEN AT UNIT UNITS YRS WEEKEND QUARTER
    QUARTERS HALF AGO AFTER BEFORE PAST NOW DAYTIME NAMEBEFORE DAYNAME PAPER REJECTBEFORE COUNTED FOLK CLOCK TERROR
    TERM INSTANT FESTIVE WEEKDAYS EVE""".split()
)
"""Classes with which no rule begins: most words of a text."""
NEVER_ALONE = frozenset("THE IN ON ART BY DURING SINCE UNTIL THAT".split())
"""Classes that are no date by themselves; a word of class OTHER, which is in no rule, may not follow."""


def _characters(names: frozenset[str]) -> str:
    return "".join(sorted(CLASSES[name] for name in names))


MASTER = compile_rule(
    "|".join(
        f"(?: {re.sub(r'[?]P<[a-z0-9]+>', '?:', source)} )(?P<{name}>)" for name, source in RULES.items()
    )
)
"""Any of the rules, its name the last group, which is empty: `re` passes over an alternative that begins with a class
the word is not of, and looks into one that begins with a group."""

FIRST = re.compile(
    f"[^{_characters(NEVER_FIRST)}](?:(?<![{_characters(NEVER_ALONE)}])|(?!{CLASSES['OTHER']}))"
)
"""A word with which an expression may begin."""

LEFT: list[tuple[re.Pattern[str], str]] = [
    (compile_rule(source + r"\Z"), kind)
    for kind, source in [
        ("first", "THE? (?P<nth>ORDWORD) (?P<part>COUNT) (?P<unit>UNITS) OF (?:THE)?"),
        ("last", "THE? (?:LAST | FINAL) (?P<part>COUNT) (?P<unit>UNITS) OF (?:THE)?"),
        ("word", "THE? (?P<part>EARLY) (?: TO EARLY | DASH TO DASH EARLY )? (?: DASH | IN | OF )? (?:THE)?"),
        ("word", "THE? (?P<part>END | FINAL) OF (?:THE)?"),
        ("word", "THE? (?P<part>FINAL) COUNT? (?: UNIT | UNITS ) OF (?:THE)?"),
        ("late", "THE? (?P<part>LAST) COUNT? (?: UNIT | UNITS ) OF (?:THE)?"),
        ("nth", "THE? (?P<part>NTH) COUNT? (?: UNIT | UNITS ) OF (?:THE)?"),
        ("half", "THE? (?P<part>NTH) HALF OF (?:THE)?"),
        ("week", "THE? (?P<part>UNIT) (?:OF | END | BY) (?:THE)?"),
    ]
]
"""What may stand on the left of an expression and narrows it, by how its words are to be read."""
