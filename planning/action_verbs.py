"""Whether an action says what somebody does, or only names what the team would like to have."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VERBS = _words("""
    accept adapt add adjust adopt advertise agree align allow analyze apply appoint arrange ask assemble assess
    assign assist attend begin bring buy calculate canvass carry catch celebrate choose clarify clean co-plan
    collaborate collect combine come communicate compare compile complete conduct confer connect consider consult
    contact continue convene cooperate coordinate correct cover create cut decide dedicate define delegate deliver
    demonstrate describe develop differentiate discuss display distribute double draw eliminate embed encourage
    engage enlist enroll ensure enter establish evaluate examine expand explain explore extend facilitate fill
    finalize find finish follow formalize gather generate get give go grow hang have hire hold identify implement
    improve include increase inform install integrate introduce invest investigate involve join keep know launch
    learn let listen maintain make measure meet modify monitor move nominate obtain offer organize participate
    pick prepare prioritize produce promote propose protect provide publish purchase put raise reach read
    recognize recommend recruit redesign reduce refine rehearse remind remove rename renew reorganize replace
    replan require reserve rethink revise rewrite rotate run seek select send show simplify sit solicit sort speak
    spend stick stop strengthen submit subscribe suggest take teach tell think tidy translate try understand
    unpack upload use utilize validate wait welcome write
""")
"""What school teams plan with."""
_NOUNS_TOO = _words("""
    address aim audit book brainstorm budget build call change chart chat check circle coach contract copy debrief
    design discipline document draft email end exhibit feature file fix focus form fund grade group guide help
    host interview invite label lead limit list look map mentor model name note observe open order pair partner
    phone pilot place plan point post practice present print process program project question rate record reflect
    report request research review reward schedule score set shadow share sign split start stock study supply
    support survey swap switch talk target test time track train trial turn update visit vote walk watch work
    workshop
""")
"""Things as often as deeds: within a sentence they count where a word beside them says that a deed is meant."""
_BEFORE_A_DEED = _words("to will we i they you and then please can shall must should")
_AFTER_A_DEED = _words("the a an every each all our their two three four five six")
_OF_A_THING = _words("in on for of at with from by")
_BEGINS_A_WISH = _words("""
    more better less fewer new additional extra a an the some weekly monthly daily regular ongoing professional common
""")
_ENGLISH = _words("the of for and with every each our to from their")


def says_what_is_done(text: str) -> bool:
    """Whether somebody can tell from `text` what is to be done.

    It is for a gentle warning, so it is False only where little speaks for a deed: for a word or two without a verb,
    and for English that begins as a wish does ("Posters in the hallway", "More time for the teachers").
    """
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text.casefold())
    if not words or not re.search(r"[a-z]", text.casefold()):
        # Some scripts set no spaces between words.
        return len(text.strip()) > 5
    if len(words) < 3:
        return len(words) == 2 and words[0] in _VERBS | _NOUNS_TOO
    if words[0] in _BEGINS_A_WISH and _ENGLISH & set(words[1:]):
        return _has_a_deed(words)
    return not (words[1] in _OF_A_THING and _is_a_thing(words[0]))


def _is_a_thing(word: str) -> bool:
    """Whether an English word is several things, or a doing that has become one: "posters", "training"; not "bring"."""
    several = word.endswith("s") and not word.endswith(("ss", "us"))
    return several or bool(re.search(r"[aeiouy].*ing$", word))


def _has_a_deed(words: list[str]) -> bool:
    beside = zip(words, ["", *words], [*words[1:], ""], strict=False)
    return any(
        _plain(word) & _VERBS or (_plain(word) & _NOUNS_TOO and (before in _BEFORE_A_DEED or after in _AFTER_A_DEED))
        for word, before, after in beside
    )


def _plain(word: str) -> set[str]:
    """The word, and what it would be of one who does it: "visits" and "tries" are visit and try."""
    return {word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word)}
