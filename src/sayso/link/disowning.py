"""What denies what was just told without a word of denying: that nothing happened or nobody died, or that the speaker
had no part in it."""

from __future__ import annotations

import re

HARM = (
    r"(?:attack|ambush|abduct|kidnap|shoot(?:ing)?\b|shot\b|burn(?:ed|t|ing)|bomb|struck|strike|airstrike|shell|drop|target|hit|"
    r"kill|massacr|launch|fir(?:e|ed|ing)|destroy|raid|"
    r"execut|slaughter|murder|death|us(?:e|ed|ing)\b|carried|committ|perpetrat|responsib|behind|blame|involv|warplane|"
    r"aircraft|jet|helicopter)"
)
"""The stems of words for doing harm, and for who does it: "bomb" stands for bombers, and for a bomb shelter too."""

_OPENING = 200  # characters of a claim that are looked at
_DEED = (
    r"(?:(?:air|drone|missile|rocket|artillery|mortar|gas|chemical)[\s-]?)?"
    r"(?:attack|bombardment|bombing|killing|massacre|raid|shelling|strike)s?\b"
)
_STOP = r"\W*\Z|[,.;:”\"]"
# Where and when it was that was just told: a name, "the town"; not "in the cells of the prison".
_THERE_AND_THEN = (
    r"\s(?:(?:anywhere|there|then|at all|at (?:the|that) time|whatsoever|that day|today|yesterday)\b|"
    r"(?:at|by|during|in|near|on|over)\s(?:(?:the|that|this)\s)?(?-i:[A-Z]|(?:area|attack|camp|city|district|incident|market|"
    r"raid|region|shelling|strike|town|vicinity|village)\b))"
)
_SO = rf"(?={_STOP}|{_THERE_AND_THEN})"
# "No such attack took place", "there was no shelling", "nothing of the kind had happened"
_NO_SUCH = re.compile(
    r"\W{0,3}(?:that\s)?(?:"
    rf"(?:no such (?:[\w-]{{2,15}}\s)?(?:{_DEED}|incident|thing|event)|nothing of the (?:kind|sort))"
    rf"(?:{_STOP}|\s(?:(?:had|has|have)\s)?(?:ever\s)?(?:existed|happened|occurred|taken place|took place)\b|"
    r"\s(?:was|were|(?:had|has|have) been) (?:carried out|made)\b)|"
    rf"there (?:was|were|had been|has been) (?:\w{{3,12}}ly )?no (?:[\w-]{{2,15}}\s)?{_DEED}{_SO})",
    re.IGNORECASE,
)
_NOBODY_HARMED = re.compile(
    r"\W{0,3}(?:that\s)?(?:"
    r"(?:nobody|no one|(?:no|not an?|not a single)\s(?P<who>civilians?|people|person|persons|residents?))\s"
    r"(?:(?:(?:had|has|have|was|were)\s(?:been\s)?)?(?:killed|hurt|harmed)|(?:(?:had|has|have)\s)?died)"
    rf"(?:\sor\s\w{{4,10}})?{_SO}|"
    r"there (?:was|were|had been|have been) (?:\w{3,12}ly )?no (?P<whose>civilian )?"
    rf"(?:casualties|dead|deaths|fatalities|victims){_SO})",
    re.IGNORECASE,
)
# Of something else than what was just told.
_ELSE = re.compile(
    r"\b(?:another|earlier|later|neighbou?ring|new|other|previous|ranks|second|separate|since|than|third|yet|among|"
    r"on (?:its|their|our) side|(?:at|in|near|on) (?:her|his|my|their|our))\b",
    re.IGNORECASE,
)
_OURS = r"(?:it|they|we|he|she|(?:our|its|their)\s(?:\w{2,15}\s)?\w{2,15}|none of (?:our|its|their)\s\w{2,15})"
_DET = r"(?:(?:the|this|that|these|those|any|an?|such|all|either|what|whatever)\s)"
# In what somebody had no part: harm, or nothing more is said.
_IN_HARM = (
    rf"(?={_STOP}|\s(?:(?:in|for|with)\s)?(?:any way|either|it|that|them|this)(?:{_STOP})|"
    rf"\s(?:(?:in|for|with)\s)?{_DET}{{0,2}}(?:[\w'’-]{{2,20}}\s){{0,2}}?(?<!ing\s)"
    r"(?:abduction|airstrike|assault|attack|blast|bombardment|bombing|crime|death|disappearance|execution|explosion|fire|"
    r"incident|killing|massacre|murder|raid|shelling|strike|violence|wave)s?\b)"
)
# Deeds that do no harm: "it did not strike a deal", "it had not launched an inquiry".
_HARMLESS = (
    r"(?!(?:blam|committ|responsib|involv|behind)|shoot\s(?:the\s)?(?:film|footage|pictures|video)|"
    r"burn\w*\s(?:any|its|our|their)\s(?:boats|bridges)|str[iu]\w{2,5}\s(?:an?|any|the)\s(?:accord|agreement|balance|bargain|deal)|"
    r"(?:hit|target)\w*\s(?:our|its|their|the)\s(?:goals?|targets?)|attack\w*\s(?:the|any)\s(?:accounts?|credib|report)|"
    r"(?:launch|carr|conduct|us)(?:e|ed|ing|ied|y|ying)?\s(?!(?:out\s)?(?:[\w'’-]{1,15}\s){0,3}?(?:artillery|airstrike|attack|bomb|"
    r"chemical|drone|force\b|gas\b|missile|mortar|munition|offensive|operation|poison|raid|rocket|shell|strike|toxic|weapon)))"
)
# Who could have done it; the same for any side.
_ARMED = (
    r"(?:aircraft|artillery|drones?|fighters|flights|forces|guerrillas|gunmen|guns|helicopters|insurgents|jets|men|militants|"
    r"military operations?|missions|operations?|planes|presence|rebels|soldiers|tanks|troops|units)"
)
_NOT_US = re.compile(
    r"\W{0,3}(?:that\s)?(?:"
    + "|".join(
        (
            # "It was not us", "we had nothing to do with it", "it was not involved in the attack"
            rf"it was(?:n't|\snot) (?:us|me)\b(?!\swho\s(?!{HARM}))",
            r"(?:it|they|we|he|she)\s(?:had|has|have)\s"
            rf"(?:nothing to do with|no (?:part|hand|role|involvement)(?:\sin)?)\b{_IN_HARM}",
            rf"{_OURS}\s"
            r"(?:(?:was|were|(?:had|has|have)\sbeen)(?:\snot|\sin no way|n't)|(?:had|has|have)(?:\snot|n't)\sbeen)\s"
            rf"(?:\w{{2,12}}ly\s)?(?:behind|involved|responsible)\b{_IN_HARM}",
            # "It had carried out no strikes", "we had no fighters there"
            r"(?:it|they|we)\s(?:(?:had|has|have)\s)?"
            r"(?:(?:carried out|conducted|dropped|fired|launched|used)\sno\s"
            rf"(?:\w{{2,15}}\s)?(?:{_DEED}|ammunition|bombs?|drones?|gas\b|missiles?|mortars?|operations?|rockets?|"
            r"shells?|shots?|weapons?)|(?:planted|sent)\sno\s(?:\w{2,15}\s)?(?:bombs?|drones?|mines?|missiles?|planes?)\b)",
            rf"(?:it|they|we)\s(?:had|has|have)\sno\s(?:[\w-]{{2,15}}\s){{0,2}}?{_ARMED}"
            rf"(?={_STOP}|(?:\s(?:active|deployed|flying|operating|present|stationed))?{_THERE_AND_THEN})",
            # "None of its units had fired", "it did not shell the town", "our guns never fired"
            rf"none of (?:our|its|their)\s\w{{2,15}}\s(?:(?:had|has|have|was|were)\s)?{_HARMLESS}{HARM}",
            rf"{_OURS}\s(?:(?:do|does|did|had|has|have)(?:\snot|n't|\snever)|never)\s"
            rf"(?:do(?:ne)?\s(?:this|that|it)\b|(?:plant(?:ed)?|laid|lay)\s(?:\w{{1,12}}\s){{0,3}}?(?:bombs?|explosives|mines?)\b|"
            rf"{_HARMLESS}{HARM})",
        )
    )
    + ")",
    re.IGNORECASE,
)


def is_of_nothing(text: str) -> bool:
    """True of words that nothing happened of what was just told: "no such attack took place"."""
    return bool(_NO_SUCH.match(text[:_OPENING])) and not _ELSE.search(text[:_OPENING])


def is_of_nobody(text: str) -> bool:
    """True of words that nobody was killed in what was just told."""
    return bool(_NOBODY_HARMED.match(text[:_OPENING])) and not _ELSE.search(text[:_OPENING])


def is_of_civilians(text: str) -> bool:
    """True where only civilians are said not to have been killed."""
    found = _NOBODY_HARMED.match(text[:_OPENING])
    return found is not None and (found["whose"] is not None or (found["who"] or "").startswith(("civ", "res")))


def takes_no_part(text: str) -> bool:
    """True of words that the speaker had no part in it: "we did not do this", "our guns did not fire"."""
    return bool(_NOT_US.match(text[:_OPENING]))
