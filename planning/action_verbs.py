"""Whether an action says what somebody does: the verbs that school teams plan with."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CLEAR = _words("""
    accept adapt adopt adjust align allow analyze apply appoint arrange ask assemble assess assign assist attend
    bring buy calculate carry celebrate choose clarify coach collect combine communicate compare compile complete
    conduct connect consider consult contact continue convene cooperate correct create cut decide define deliver
    demonstrate describe develop differentiate discuss display distribute document draft draw eliminate embed
    encourage engage ensure establish evaluate examine expand explain explore extend facilitate fill finalize find
    finish follow formalize gather generate get give go grow guide have hire hold identify implement improve
    include increase inform install integrate interview introduce invest investigate invite involve join keep know
    launch lead learn let listen maintain make map measure meet mentor modify monitor move observe obtain offer
    open order organize pair participate pilot prepare prioritize produce promote propose provide publish purchase
    put read recognize recommend recruit redesign reduce refine reflect rehearse remove renew replace require
    research reserve review revise reward rewrite run schedule seek select send set share show simplify solicit
    speak start stop strengthen study submit subscribe suggest supply teach tell translate try understand unpack
    update use utilize validate visit vote watch write
""")
_NOUNS_TOO = _words("""
    audit book brainstorm budget build call change chart chat check circle coach contract copy debrief design
    discipline document draft end exhibit feature file focus form fund group guide help host interview invite
    label lead list look map mentor model name note observe open order pair partner pilot place plan post practice
    present print process program project question rate record reflect report research review reward schedule
    score set share shadow sign start stock study supply support survey switch talk target test time track train
    trial turn update visit vote walk watch work workshop
""")
"""These are things as often as deeds: they count where a word beside them says that a deed is meant."""
_BEFORE_A_DEED = _words("to will we i they you and then please can shall must should let's are is be")
_AFTER_A_DEED = _words("the a an every each all our their two three four five six")
_ENGLISH = _words("the of for and with every each our all to from by at on in their")


def says_what_is_done(text: str) -> bool:
    """Whether somebody can tell from `text` what is to be done: False for less than three words, or for English without
    a verb. Of a text that may be in another language nothing more is said.
    """
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text.casefold())
    if len(text.split()) < 3:
        return False
    if not _ENGLISH & set(words):
        return True
    beside = zip(words, ["to", *words], [*words[1:], ""], strict=False)
    return any(
        _stems(word) & _CLEAR - _NOUNS_TOO
        or (_stems(word) & _NOUNS_TOO and (before in _BEFORE_A_DEED or after in _AFTER_A_DEED))
        for word, before, after in beside
    )


def _stems(word: str) -> set[str]:
    """What an English verb may be in its plain form: "tried", "planning" and "sharing" are try, plan and share."""
    found = {word}
    for ending in ("s", "es", "d", "ed", "ing"):
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            found |= {stem, f"{stem}e"}
            if stem.endswith("i"):
                found.add(f"{stem[:-1]}y")
            if stem[-2:-1] == stem[-1:]:
                found.add(stem[:-1])
    return found
