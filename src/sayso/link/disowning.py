"""What denies what was just told without a word of denying: that it is false, that nothing happened or nobody died, or
that the speaker had no part in it."""

from __future__ import annotations

import re

_OPENING = 200  # characters of a claim
HARM = (
    r"(?:attack|bomb|struck|strike|airstrike|shell|drop|target|hit|kill|massacr|launch|fir(?:e|ed|ing)|destroy|raid|"
    r"execut|slaughter|murder|death|us(?:e|ed|ing)\b|carried|committ|perpetrat|responsib|behind|blame|involv|warplane|"
    r"aircraft|jet|helicopter)"
)
"""What begins words of doing harm."""
FALSE = (
    r"(?:not\strue|absurd|false(?!\sflag)|fabricated|fabrications?|untrue|baseless|unfounded|groundless|illogical|invented|"
    r"lies)\b"
)
"""What an account is that is not so."""
_THIS_IS_FALSE = re.compile(
    r"\A\W{0,3}(?:all\s)?(?:this|that|these|those|it)\s(?:is|are|was|were)\s(?:(?!hardly|scarcely|not|never)\w{1,15}\s){0,2}"
    rf"(?:{FALSE}|(?:lie|hoax|fiction|nonsense|slander|propaganda|fake)\b)"
    r"(?=\W*\Z|[^\w\s]|\s(?:and|but|by|which|because|invented|spread)\b)",
    re.IGNORECASE,
)
# "No such attack took place", "there was no shelling"
_NO_SUCH = re.compile(
    rf"\A\W{{0,3}}(?:that\s)?(?:no such (?:\w{{2,15}}\s)?(?:{HARM}|incident|thing|event)|"
    rf"(?:there|it) (?:was|were|had been|has been) no (?:\w{{2,15}}\s)?(?!death){HARM}\w{{0,6}}\b"
    r"(?!\s(?:aircraft|forces?|jets?|orders?|planned|plans?|planes?|underway|under way|warnings?)))",
    re.IGNORECASE,
)
_NOBODY_HARMED = re.compile(
    r"\A\W{0,3}(?:that\s)?(?:(?:nobody|no one|no (?:civilians?|one|people|persons?|residents?))\s"
    r"(?:had|has|have|was|were)\s(?:been\s)?(?:killed|hurt|harmed)|"
    r"(?:there\s(?:was|were|had been|have been)|it (?:had|has) caused)\sno\s(?:civilian\s)?"
    r"(?:casualt|deaths|dead|victims))",
    re.IGNORECASE,
)
# Of something else than what was just told.
_ELSE = re.compile(
    r"\b(?:another|earlier|later|new|other|previous|second|separate|since|third|yet|among|on (?:its|their|our) side)\b",
    re.IGNORECASE,
)
_OURS = r"(?:it|they|we|he|she|(?:our|its|their)\s(?:\w{2,15}\s)?\w{2,15})"
# In what somebody had no part: harm, or nothing more is said.
_IN_HARM = (
    rf"(?=\W*\Z|[,.;:]|\s(?:[\w'’-]{{1,20}}\s){{0,4}}?(?:{HARM}|abduct|blast|crime|disappear|explo|fire\b|incident|violence|"
    r"(?:it|this|that|them|any way|either)\b))"
)
# "It did not shell the town", "we have not done this", "our guns never fired", "they had nothing to do with it",
# "it was not involved", "it had carried out no strikes", "we had no troops there"
_NOT_US = re.compile(
    r"\A\W{0,3}(?:that\s)?(?:it was(?:n't|\snot) (?:us|me)\b|"
    r"(?:it|they|we|he|she)\s(?:had|has|have)\s(?:nothing to do with|no (?:part|hand|role|involvement) in)\b"
    rf"{_IN_HARM}|"
    rf"{_OURS}\s(?:was|were)(?:\snot|n't)\s(?:\w{{2,12}}ly\s)?(?:behind|involved(?:\sin)?|responsible(?:\sfor)?)\b"
    rf"{_IN_HARM}|"
    r"(?:it|they|we)\s(?:(?:had|has|have)\s)?(?:carried out|conducted|dropped|fired|launched|used)\sno\s(?:\w{2,15}\s)?"
    rf"(?:{HARM}|ammunition|gas|missiles?|mortars?|operations?|rockets?|shots?|weapons?)|"
    r"(?:it|they|we)\s(?:had|has|have)\sno\s(?:[\w-]{2,15}\s){0,2}(?:aircraft|flights|forces|guns|missions|operations?|"
    r"planes|presence|soldiers|troops|units)(?=\W*\Z|\s(?:(?:active|deployed|flying|operating|present|stationed)\s)?"
    r"(?:anywhere|around|at|in|near|on|over|there|within)\b)|"
    rf"{_OURS}\s(?:(?:do|does|did|had|has|have)(?:\snot|n't)|never)\s"
    rf"(?:do(?:ne)?\s(?:this|that|it)\b|{HARM}))",
    re.IGNORECASE,
)


def is_called_false(text: str) -> bool:
    """True of "this is a lie", of what was just told."""
    return bool(_THIS_IS_FALSE.match(text))


def is_of_nothing(text: str) -> bool:
    """True of words that nothing happened of what was just told: "no such attack took place"."""
    return bool(_NO_SUCH.match(text)) and not _ELSE.search(text[:_OPENING])


def is_of_nobody(text: str) -> bool:
    """True of words that nobody was killed in what was just told."""
    return bool(_NOBODY_HARMED.match(text)) and not _ELSE.search(text[:_OPENING])


def takes_no_part(text: str) -> bool:
    """True of words that the speaker had no part in it: "we did not do this", "our guns did not fire"."""
    return bool(_NOT_US.search(text[:_OPENING]))
