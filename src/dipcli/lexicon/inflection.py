"""Inflected forms of the lexicon's verbs and nouns: regular rules and the irregular verbs it uses."""

from __future__ import annotations

VOWELS = "aeiou"

IRREGULAR = {
    "be": ("was", "been"),
    "bear": ("bore", "borne"),
    "beat": ("beat", "beaten"),
    "become": ("became", "become"),
    "begin": ("began", "begun"),
    "bind": ("bound", "bound"),
    "bid": ("bid", "bid"),
    "blow": ("blew", "blown"),
    "break": ("broke", "broken"),
    "bring": ("brought", "brought"),
    "browbeat": ("browbeat", "browbeaten"),
    "build": ("built", "built"),
    "buy": ("bought", "bought"),
    "cast": ("cast", "cast"),
    "catch": ("caught", "caught"),
    "choose": ("chose", "chosen"),
    "come": ("came", "come"),
    "cut": ("cut", "cut"),
    "deal": ("dealt", "dealt"),
    "dig": ("dug", "dug"),
    "do": ("did", "done"),
    "draw": ("drew", "drawn"),
    "drink": ("drank", "drunk"),
    "drive": ("drove", "driven"),
    "eat": ("ate", "eaten"),
    "fall": ("fell", "fallen"),
    "feed": ("fed", "fed"),
    "feel": ("felt", "felt"),
    "fight": ("fought", "fought"),
    "find": ("found", "found"),
    "flee": ("fled", "fled"),
    "fling": ("flung", "flung"),
    "fly": ("flew", "flown"),
    "forbid": ("forbade", "forbidden"),
    "foresee": ("foresaw", "foreseen"),
    "forgive": ("forgave", "forgiven"),
    "forgo": ("forwent", "forgone"),
    "foreswear": ("foreswore", "foresworn"),
    "forsake": ("forsook", "forsaken"),
    "forswear": ("forswore", "forsworn"),
    "freeze": ("froze", "frozen"),
    "get": ("got", "got"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "hang": ("hung", "hung"),
    "have": ("had", "had"),
    "hear": ("heard", "heard"),
    "hide": ("hid", "hidden"),
    "hit": ("hit", "hit"),
    "hold": ("held", "held"),
    "hurt": ("hurt", "hurt"),
    "keep": ("kept", "kept"),
    "know": ("knew", "known"),
    "lay": ("laid", "laid"),
    "lead": ("led", "led"),
    "leave": ("left", "left"),
    "lend": ("lent", "lent"),
    "let": ("let", "let"),
    "lie": ("lay", "lain"),
    "lose": ("lost", "lost"),
    "make": ("made", "made"),
    "mean": ("meant", "meant"),
    "meet": ("met", "met"),
    "outbid": ("outbid", "outbid"),
    "overcome": ("overcame", "overcome"),
    "override": ("overrode", "overridden"),
    "overrun": ("overran", "overrun"),
    "oversee": ("oversaw", "overseen"),
    "overfly": ("overflew", "overflown"),
    "overthrow": ("overthrew", "overthrown"),
    "overtake": ("overtook", "overtaken"),
    "pay": ("paid", "paid"),
    "put": ("put", "put"),
    "quit": ("quit", "quit"),
    "read": ("read", "read"),
    "rebuild": ("rebuilt", "rebuilt"),
    "repay": ("repaid", "repaid"),
    "resend": ("resent", "resent"),
    "retake": ("retook", "retaken"),
    "ride": ("rode", "ridden"),
    "rise": ("rose", "risen"),
    "ring": ("rang", "rung"),
    "run": ("ran", "run"),
    "say": ("said", "said"),
    "see": ("saw", "seen"),
    "seek": ("sought", "sought"),
    "sell": ("sold", "sold"),
    "send": ("sent", "sent"),
    "set": ("set", "set"),
    "shake": ("shook", "shaken"),
    "shed": ("shed", "shed"),
    "shoot": ("shot", "shot"),
    "show": ("showed", "shown"),
    "shut": ("shut", "shut"),
    "shrink": ("shrank", "shrunk"),
    "sing": ("sang", "sung"),
    "sink": ("sank", "sunk"),
    "sit": ("sat", "sat"),
    "slay": ("slew", "slain"),
    "slit": ("slit", "slit"),
    "spin": ("spun", "spun"),
    "swing": ("swung", "swung"),
    "strive": ("strove", "striven"),
    "speak": ("spoke", "spoken"),
    "speed": ("sped", "sped"),
    "spend": ("spent", "spent"),
    "split": ("split", "split"),
    "spread": ("spread", "spread"),
    "stand": ("stood", "stood"),
    "steal": ("stole", "stolen"),
    "stick": ("stuck", "stuck"),
    "strike": ("struck", "struck"),
    "swear": ("swore", "sworn"),
    "sweep": ("swept", "swept"),
    "take": ("took", "taken"),
    "teach": ("taught", "taught"),
    "tear": ("tore", "torn"),
    "tell": ("told", "told"),
    "think": ("thought", "thought"),
    "throw": ("threw", "thrown"),
    "undergo": ("underwent", "undergone"),
    "understand": ("understood", "understood"),
    "undertake": ("undertook", "undertaken"),
    "underwrite": ("underwrote", "underwritten"),
    "unfreeze": ("unfroze", "unfrozen"),
    "uphold": ("upheld", "upheld"),
    "win": ("won", "won"),
    "wind": ("wound", "wound"),
    "withdraw": ("withdrew", "withdrawn"),
    "withhold": ("withheld", "withheld"),
    "withstand": ("withstood", "withstood"),
    "write": ("wrote", "written"),
}
"""Past and past participle by base form."""

SECOND = {"bid": "bade", "hang": "hanged"}
"""A second past of some of them."""

DOUBLING = frozenset(
    "abet acquit admit air-drop airdrop annul begin debar equip forbid forget overrun upset wiretap commit compel "
    "concur confer defer demur deter dispel embed expel handicap impel incur kidnap occur omit outfit "
    "patrol permit prefer propel readmit rebel rebut recur refer regret remit repel submit transfer transmit "
    "kneecap tear-gas unban".split()
)
"""Verbs of several syllables that double their last consonant."""

BOTH = frozenset(
    "cancel initial level travel label model signal counsel channel funnel fuel shovel marshal total rival".split()
)
"""Verbs that American spelling does not double and British spelling does."""

IRREGULAR_PLURAL = {
    "man": "men",
    "woman": "women",
    "crisis": "crises",
    "embargo": "embargoes",
    "veto": "vetoes",
    "hero": "heroes",
    "foot": "feet",
    "child": "children",
    "policeman": "policemen",
    "gunman": "gunmen",
    "serviceman": "servicemen",
    "fisherman": "fishermen",
    "mine": "mines",
}

SILENT_E = ("c", "v", "z", "u", "ag", "eg", "dg", "ng", "rs", "is", "ur", "as", "os", "at", "ut", "ir", "id")
"""Endings that have lost an e before -ed, -ing or -es, as a rule: force, serve, damage, criticise."""


def _closed_syllable(verb: str) -> bool:
    """Whether a verb of one syllable ends in a single vowel and a consonant: ban, plan, stop, quit."""
    stem = verb.replace("qu", "q")
    return (
        len(stem) >= 3
        and stem[-1] not in VOWELS + "wxy"
        and stem[-2] in VOWELS
        and stem[-3] not in VOWELS
        and sum(letter in VOWELS for letter in stem) == 1
    )


def _stems(verb: str) -> list[str]:
    """What -ed and -ing are put to."""
    if verb in BOTH:
        return [verb, verb + verb[-1]]
    if verb in DOUBLING or _closed_syllable(verb):
        return [verb + verb[-1]]
    return [verb]


def _s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")) or word in {
        "go",
        "do",
        "undergo",
        "veto",
        "forgo",
        "embargo",
    }:
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def verb_forms(verb: str) -> dict[str, set[str]]:
    """Each form of a base verb with what it can be: base, s, past, part(iciple), ing."""
    found: dict[str, set[str]] = {}

    def add(form: str, name: str) -> None:
        found.setdefault(form, set()).add(name)

    add(verb, "base")
    add({"be": "is", "have": "has"}.get(verb, _s(verb)), "s")
    if verb == "be":
        add("are", "s")
        add("were", "past")
    for stem in _stems(verb):
        if stem.endswith("ie"):
            add(stem[:-2] + "ying", "ing")
        elif stem.endswith("e") and not stem.endswith(("ee", "oe", "ye")) and verb != "be":
            add(stem[:-1] + "ing", "ing")
        else:
            add(stem + "ing", "ing")
    if verb in IRREGULAR:
        past, participle = IRREGULAR[verb]
        add(past, "past")
        add(participle, "part")
        if verb in SECOND:
            add(SECOND[verb], "past")
            add(SECOND[verb], "part")
        return found
    for stem in _stems(verb):
        if stem.endswith("e"):
            form = stem + "d"
        elif stem.endswith("y") and stem[-2:-1] not in VOWELS:
            form = stem[:-1] + "ied"
        else:
            form = stem + "ed"
        add(form, "past")
        add(form, "part")
    return found


def noun_forms(noun: str) -> tuple[str, ...]:
    """Singular and plural of a noun given in the singular, or a plural-only noun as it is."""
    if noun in IRREGULAR_PLURAL:
        return noun, IRREGULAR_PLURAL[noun]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is", "gas")):
        return (noun,)
    return noun, _s(noun)


def base_forms(form: str) -> tuple[str, ...]:
    """Base verbs that `form` can be a form of by the rules, the likeliest first; empty if none."""
    low = form.lower()
    found = [verb for verb, forms in IRREGULAR.items() if low in forms]
    for ending in ("ing", "ying", "ied", "ed", "ies", "es", "s"):
        if not low.endswith(ending) or len(low) - len(ending) < 2:
            continue
        stem = low[: -len(ending)]
        if ending in {"ied", "ies"}:
            candidates = [stem + "y"]
        elif ending == "ying":
            candidates = [stem + "ie"]
        elif ending == "s":
            candidates = [stem]
        elif stem[-1:] == stem[-2:-1] and (stem[-1] not in "sl" or stem[:-1] in BOTH | DOUBLING):
            candidates = [stem[:-1], stem, stem + "e"]
        elif stem.endswith(SILENT_E):
            candidates = [stem + "e", stem]
        else:
            candidates = [stem, stem + "e", stem[:-1]]
        found += [verb for verb in candidates if verb not in found and low in verb_forms(verb)]
    return tuple(found)
