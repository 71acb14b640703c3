"""The words and figures that dates are made of, each with its class and value.

A class is one character, so that a text becomes a string of classes and the grammar a set of regular
expressions over it. In the grammar a class goes by its name in `CLASSES`.
"""

from __future__ import annotations

from dipcli.dates.intervals import MONTHS, WEEKDAYS

_NAMES = """
OTHER GAP MONTH SHORTMONTH WEAKMONTH LOWERMONTH DAY ORD ORDWORD YEAR OLDYEAR SHORTYEAR NUM WORDNUM ART
FEW COUPLE
WEEKDAY SHORTDAY ISO NUMERIC NUMERICDAYS ISOMONTH YEARS MONTHDAY DECADE TENSWORD PERIOD
DASH COMMA DOT SLASH OPEN CLOSE POSS CURRENCY
OF THE AND TO UNTIL FROM BETWEEN IN ON AT SINCE BY DURING
UNIT UNITS YR YRS WEEKEND QUARTER QUARTERS HALF SEASON TERM
AGO LATER EARLIER AFTER BEFORE LAST PAST NEXT COMING THIS PREVIOUS FOLLOWING SAME LATEST THAT INSTANT
EARLY END FINAL TODAY NOW DAYTIME FISCAL EVERY NAMEBEFORE DAYNAME PAPER REJECTBEFORE COUNTED FOLK CLOCK
HOLIDAY FESTIVE TERROR WEEKDAYS EVE FURTHER
""".split()

_LETTERS = (letter for letter in map(chr, range(0x86, 0x100)) if not letter.isspace())
CLASSES: dict[str, str] = dict(zip(_NAMES, _LETTERS, strict=False))
"""Name of a class to its character: one of a byte, with which `re` is quickest, and no sign of its own."""

GROUPS: dict[str, tuple[str, ...]] = {
    "MON": ("MONTH", "SHORTMONTH", "WEAKMONTH"),
    "DAYS": ("DAY", "ORD"),
    "WD": ("WEEKDAY", "SHORTDAY"),
    "ANYYEAR": ("YEAR", "OLDYEAR", "SHORTYEAR"),
    "COUNT": ("DAY", "NUM", "WORDNUM", "ART", "FEW", "COUPLE"),
    "ANYUNIT": ("UNIT", "UNITS", "YR", "YRS", "WEEKEND", "QUARTER", "QUARTERS"),
    "ONEUNIT": ("UNIT", "YR", "WEEKEND", "QUARTER"),
    "MANY": ("COUNTED", "UNITS", "YRS"),
    "NTH": ("ORD", "ORDWORD"),
}
"""Names for several classes at once."""


def _table() -> dict[str, tuple[str, object]]:
    """Lower-case word to class name and value."""
    table: dict[str, tuple[str, object]] = {}

    def put(name: str, **values: object) -> None:
        for word, value in values.items():
            table[word] = (name, value)

    def words(name: str, text: str, value: object = None) -> None:
        for word in text.split():
            table[word] = (name, value)

    for number, month in enumerate(MONTHS, 1):
        table[month[:3].lower()] = ("SHORTMONTH", number)
        table[month.lower()] = ("WEAKMONTH" if month in ("May", "March") else "MONTH", number)
    put("SHORTMONTH", sept=9)
    for number, weekday in enumerate(WEEKDAYS):
        table[weekday[:3].lower()] = ("SHORTDAY", number)
        table[weekday.lower()] = ("WEEKDAY", number)
        table[f"{weekday.lower()}s"] = ("WEEKDAYS", number)
    put("SHORTDAY", tues=1, weds=2, thur=3, thurs=3)
    ordinals = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
    for number, word in enumerate(ordinals.split(), 1):
        table[word] = ("ORDWORD", number)
    table["thirtieth"] = ("ORDWORD", 30)
    table["latter"] = ("ORDWORD", 2)
    numbers = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen twenty"""
    for number, word in enumerate(numbers.split(), 1):
        table[word] = ("WORDNUM", number)
    put("WORDNUM", thirty=30, forty=40, fifty=50, sixty=60, seventy=70, eighty=80, ninety=90, hundred=100)
    words("ART", "a an", 1)
    words("COUPLE", "couple", 2)
    words("FEW", "few several some many")

    put("UNIT", day="day", week="week", month="month", decade="decade", fortnight="fortnight")
    put("UNIT", century="century")
    put("UNITS", days="day", weeks="week", months="month", decades="decade", fortnights="fortnight")
    put("UNITS", centuries="century")
    put("YR", year="year")
    put("YRS", years="year")
    put("WEEKEND", weekend="weekend")
    put("QUARTER", quarter="quarter")
    put("QUARTERS", quarters="quarter")
    words("TERM", "period")
    put("TENSWORD", fifties=50, sixties=60, seventies=70, eighties=80, nineties=90)
    words("HALF", "half", "half")
    put("SEASON", spring=1, springtime=1, summer=2, summertime=2, autumn=3, fall=3, winter=4, wintertime=4)
    put("PERIOD", q1="q1", q2="q2", q3="q3", q4="q4", h1="h1", h2="h2")

    words("OF", "of")
    words("THE", "the")
    words("AND", "and & or")
    words("TO", "to through thru")
    words("UNTIL", "until till")
    words("FROM", "from")
    words("BETWEEN", "between")
    words("IN", "in")
    words("ON", "on")
    words("AT", "at")
    words("SINCE", "since")
    words("BY", "by around circa starting ending as")
    words("DURING", "during throughout within over for")
    words("AGO", "ago", -1)
    words("LATER", "later afterwards afterward thereafter", 1)
    words("EARLIER", "earlier previously beforehand", -1)
    words("AFTER", "after", 1)
    words("BEFORE", "before", -1)
    words("LAST", "last", -1)
    words("PAST", "past", -1)
    words("NEXT", "next", 1)
    words("COMING", "coming upcoming", 1)
    words("THIS", "this current", 0)
    words("PREVIOUS", "previous preceding prior", -1)
    words("FOLLOWING", "following ensuing subsequent", 1)
    words("SAME", "same", 0)
    words("LATEST", "latest", 0)
    put("INSTANT", instant=0, inst=0, ultimo=-1, ult=-1, proximo=1, prox=1)
    words("THAT", "that", 0)
    words("EARLY", "early", "early")
    words("EARLY", "mid middle", "mid")
    words("EARLY", "late", "late")
    words("EVE", "eve")
    words("FURTHER", "further another additional")
    words("END", "beginning start outset opening turn", "early")
    words("END", "end close rest remainder", "late")
    words("FINAL", "final waning closing dying", "late")
    words("FINAL", "opening initial", "early")
    put("TODAY", today=0, yesterday=-1, tomorrow=1, tonight=0)
    words("DAYTIME", "morning afternoon evening night midday noon lunchtime midnight dawn")
    words("FISCAL", "fiscal financial fy")
    words("EVERY", "every each")
    # Who comes before "May" is a person; what comes before a figure makes it no year.
    words("NAMEBEFORE", "theresa mrs ms mr miss minister brian elaine")
    words(
        "REJECTBEFORE",
        """resolution resolutions res no nos number nr article articles section page pages p pp room flight
        boeing airbus model route highway paragraph chapter item case least than nearly almost roughly
        approximately totaling totalling exactly telephone tel phone fax zip usd eur some
        order bill proposition directive regulation protocol windows iso vision agenda horizon channel russell""",
    )
    words(
        "COUNTED",
        """tons tonnes km kilometers kilometres miles
        meters metres dollars euros won yuan yen pounds rubles rupees percent million billion trillion
        thousand barrels homes houses jobs votes words cases deaths feet acres hectares points
        seats casualties victims dead wounded warheads bombs
        vehicles trucks pages calories kg kilograms kilos megawatts mw hp gb mb sq
        square block blocks hours minutes seconds bodies villages towns schools""",
    )
    words(
        "FOLK",
        """people troops soldiers men women persons personnel refugees ships vessels aircraft missiles tanks civilians
        workers students children families prisoners police policemen officers fighters militants rebels protesters
        demonstrators delegates participants visitors migrants passengers companies firms""",
    )
    words("DAYNAME", "black bloody super holy cyber")
    words(
        "FESTIVE",
        """season holiday holidays party parties tree trees card cards gift gifts present presents egg eggs
        shopping sales dinner lunch turkey island islands break vacation rush lights carols market markets
        rising uprising service services message parade agreement accord accords""",
    )
    words("PAPER", "times telegraph express mirror mail observer")
    words("TERROR", "attacks terrorist terror hijackings")
    words("NOW", "now")
    words("CLOCK", "gmt utc hours hrs hr est edt cst cdt pst pdt bst cet cest msk ist kst jst hkt am pm")
    return table


WORDS = _table()

WEAK_LOWER = {"may", "march", "august", "sun", "sat", "wed", "mon", "mar", "jan", "dec"}
"""Words that in small letters are mostly something else."""
