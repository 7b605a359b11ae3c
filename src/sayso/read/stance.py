"""What a source does toward a content, read off the words that say so.

The cue decides, not the content: blame under "said" is asserted. A negation turns the cue: who "did not rule out" a
thing denies nothing, and who "could not confirm" it asserts nothing. The tables hold stems, so that tense, auxiliaries
and adverbs make no difference: "has repeatedly denied".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from sayso.types import Stance
from sayso.untrue import this_is_untrue
from sayso.wordsets import word_set

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TABLE: dict[Stance, str] = {
    "denies": "deni deny reject dismiss refut rebut disput disavow disown repudiat debunk contradict scoff discount "
    "negat exonerat absolv",
    "accuses": "accus blam condemn denounc decri decry lambast castigat indict implicat fault charg criticis criticiz "
    "slam deplor rebuk censur brand chid reproach",
    "warns": "warn caution threat threaten alert alarm",
    "suspects": "suspect believ think thought fear presum presumably assum suppos speculat suspicion likely probably "
    "seem seemingly apparently worri worr guess reckon appear conjectur imagin likelihood possibl possibly perhaps",
    "plans": "plan intend intent vow pledg promis aim prepar decid resolv seek sought plot scheme goal objectiv purpos "
    "swear sworn swore undertak commit determin poised schedul attempt tried trying resolut",
    "other": "urg demand call appeal request ask expect hop wish wonder discuss question order instruct invit beg "
    "press prais hail welcom dub mention declin refus doubt oppos support back propos offer recommend investigat "
    "examin consider mull await forbid forbad ban allow permit know knew unclear uncertain look "
    "agree accept approv thank apolog apologis apologiz congratul advis encourag commend endors regret concern needs "
    "request plead implor advocat",
}
_STANCE_OF = {stem: stance for stance, stems in _TABLE.items() for stem in stems.split()}
_ENDINGS = ("", "s", "e", "es", "ed", "d", "ing", "ation", "ations", "al", "ial", "ion", "ions", "ism", "n")
_NEGATIONS = word_set("not never no neither nor cannot without nothing")
# A content that is called so is denied, whatever the verb: "described as untrue".
_UNTRUE = word_set(
    "untrue false falsely baseless unfounded groundless lie lies nonsense fabricated fabrication fabrications fake"
)
_CALLING = word_set(
    "call calls called calling describe describes described describing label labels labelled labelling labeled "
    "labeling brand brands branded branding term terms termed terming portray portrays "
    "portrayed depict depicts depicted"
)
_TOLD = (
    r"(?:(?:accounts?|accusations?|allegations?|charges?|claims?|findings?|reports?|rumou?rs?|statements?|stor(?:y|ies)|"
    r"suggestions?|testimon(?:y|ies)|videos?|footage)\b|(?:it|them|that)\b)"
)
_OF_TOLD = rf"\A\W{{0,3}}(?:[\w'’-]{{1,20}}\s){{0,3}}?{_TOLD}"
_NO_TRUTH = r"(?:untrue|false|baseless|unfounded|groundless|absurd|worthless|nonsense|fabricated|fake)"
_LIE = r"(?:lie|fabrication|fake(?:\snews)?|fable|fiction|farce|hoax|invention|slander|fairy[- ]tale)"
_UNTRUE_WORD = (
    rf"(?:{'|'.join(sorted(_UNTRUE))}|{_NO_TRUTH}|{_LIE}s?|invented|propaganda|"
    r"(?:illogical|ridiculous)(?! (?:that|to)\b))\b"
    r"(?=\W*\Z|[^\w\s]|\s(?:and|but|by|which|that|because|in|on|accusations?|fake|false|lies)\b|"
    r"\s(?:circulated|concocted|fabricated|invented|made\sup|manufactured|peddled|spread)\b)"
)
_REJECTED = r"\b(?:brand|call|condemn|denounc|describ|dismiss|reject)\w*\sas\b"  # by somebody else
_HOW = rf"(?:an?\s(?:[\w-]{{3,15}}\s){{1,2}}(?={_LIE}\b)|(?:an?\s|the\s|pure\s|sheer\s|[a-z]{{3,12}}ly\s){{0,2}})"
# "Called the allegation a fairy tale", "described the reports that … as untrue", "called reports of … baseless",
# "described the massacre as fabricated".
_CALLED_UNTRUE = re.compile(
    rf"(?:{_OF_TOLD}(?:\sby\s(?:the\s)?\w{{2,20}})?(?:\sas)?\W{{1,3}}{_HOW}|"
    rf"{_OF_TOLD}(?:(?!{_REJECTED}).){{0,200}}?\sas\W{{1,3}}{_HOW}|"
    rf"{_OF_TOLD}.{{1,200}}?(?<!\bis)(?<!\bwas)(?<!\bare)(?<!were)(?<!\bbe)(?<!been)(?<!being)(?<!\bas)\s"
    rf"(?=(?:\w{{3,12}}ly\s)?{_NO_TRUTH}\W*\Z)(?:\w{{3,12}}ly\s)?|"
    r"\A\W{0,3}(?:the|this|that)\s(?:attacks?|bombings?|incident|killings?|massacres?|strikes?|shelling)\sas\W{1,3}"
    rf"(?:an?\s)?(?=fabricat|invent|hoax|fiction|lie|fake)){_UNTRUE_WORD}",
    re.IGNORECASE | re.DOTALL,
)
# What an account does that has a content of its own: "the report found that …".
_TELLS = (
    r"(?:f(?:ou|i)nds?|show(?:s|ed|n)?|sa(?:id|ys?)|t(?:old|ells?)|(?:add|alleg|assert|claim|conclud|confirm|demonstrat|"
    r"describ|detail|determin|establish|explain|indicat|insist|mention|not|observ|prov|report|reveal|stat|stress|suggest|"
    r"warn)ed|(?:conclud|demonstrat|describ|establish|explain|indicat|prov)es|(?:asserts|confirms|insists|reveals|"
    r"suggests|warns))\b(?!\s(?:by|as)\b)"
)
_HARMED = r"(?:casualties|dead|deaths?|fatalities|injured|injuries|killed|missing|victims?|wounded)"
# "Claims by the rebels that … are not true", "that the number of 21 dead had been invented".
_SAID_UNTRUE = re.compile(
    r"\A\W{0,3}(?:that\s)?(?:[\w'’-]{1,20}\s){0,3}?(?:accounts?|accusations?|allegations?|assertions?|charges?|claims?|"
    r"posts?|reports?|rumou?rs?|statements?|stories|suggestions?|"
    rf"(?<!\ba\s)(?:counts?|figures?|numbers?|tolls?)(?!\sof\s(?!(?:[\w,.-]{{1,20}}\s){{0,3}}?{_HARMED}\b)))\b"
    rf"(?:(?!\b{_TELLS})[^.;!?]){{0,200}}?(?:\b(?:that|which)\b[^.;!?]{{0,200}}?)?\s"
    r"(?:are|is|was|were|(?:had|have|has)\sbeen)\s(?:(?!(?:not|never|hardly|scarcely|neither)\b)[a-z]{2,12}\s){0,2}"
    rf"(?:not\s(?:\w{{3,12}}ly\s)?(?:true|correct|accurate)|{_NO_TRUTH}|invented|exaggerated|made\sup(?!\sof\b)|"
    rf"(?:an?\s(?:[\w-]{{3,15}}\s){{0,2}}|\W)?{_LIE}s?)\b(?=\W*\Z|[^\w\s]|\s(?:and|but|by|which|because|of|in|to)\b)",
    re.IGNORECASE,
)
# "It had nothing to do with the attack".
_NOT_OURS = re.compile(
    r"\A\W{0,3}(?:that\s)?(?:it|they|we|he|she)\s(?:had|has|have)\snothing\sto\sdo\swith\s(?:it|them|that|this|"
    r"(?:any|the|this|that|these|those)\s(?:[\w-]{2,20}\s){0,2}?(?:abduction|assault|attack|blast|bombing|crash|death|"
    r"disappearance|explosion|fire|incident|killing|massacre|murder|raid|shelling|shooting|strike)s?)\b",
    re.IGNORECASE,
)
_NOT_CALLED = re.compile(r"\b(?:not|neither|far from|hardly|refus\w+|declin\w+)\b", re.IGNORECASE)
# "will say" still asserts; "will strike" announces.
_SAYING = word_set("say tell add state report confirm announce declare claim note explain discuss")
_LONGEST = 400  # characters; more is no cue, and is not read


def stance_of(cue: str | None, source: str | None, content: str) -> Stance:
    """The stance that ``cue`` expresses, or without one the noun that ends ``source`` ("a threat"); "asserts" where
    neither says anything else."""
    words = _words(cue) or _words(source)[-1:]
    negated = any(word in _NEGATIONS or word.endswith("n't") for word in words)
    if _UNTRUE.intersection(words) or ({"rule", "ruled"}.intersection(words) and "out" in words):
        return "other" if negated else "denies"
    if not negated and _is_called_untrue(words, content):
        return "denies"
    if "responsible" in words and any(word.startswith(("hold", "held")) for word in words):
        return "other" if negated else "accuses"
    stance = next((found for word in words if (found := _stance_of_word(word))), None)
    if stance is None and not negated and _is_said_untrue(content):
        return "denies"
    if stance == "denies" and content.startswith("that ") and _is_said_untrue(content):
        return "other"  # who denies that a report is false denies no report
    if stance is None:
        stance = "plans" if _wants_to(words, content) or _is_future(words) else "asserts"
    if negated:
        return "denies" if stance == "suspects" else "other"
    return stance


def _is_called_untrue(words: Sequence[str], content: str) -> bool:
    """True of "called" with a content that says of an account that it is untrue."""
    if _CALLING.isdisjoint(words) or words[-1] in ("for", "on", "upon") or {"refused", "declined"}.intersection(words):
        return False
    found = _CALLED_UNTRUE.match(content[:_LONGEST])
    return found is not None and not _NOT_CALLED.search(found.group()[-40:])


def _is_said_untrue(content: str) -> bool:
    """True of a content that says of an account, or of "this", that it is untrue, or of a deed that the own side had no
    part in it."""
    told = content[:_LONGEST]
    return bool(_SAID_UNTRUE.match(told) or this_is_untrue(told) or _NOT_OURS.match(told))


def _words(said: str | None) -> list[str]:
    return [match.group().lower().replace("’", "'") for match in _WORD.finditer((said or "")[:_LONGEST])]


@lru_cache(4096)
def _stance_of_word(word: str) -> Stance | None:
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if len(stem) < len(word) or not ending:
            undoubled = stem[:-1] if stem[-1:] == stem[-2:-1] else stem  # "planned"
            if stance := _STANCE_OF.get(stem) or _STANCE_OF.get(undoubled):
                return stance
    return None


def _wants_to(words: Sequence[str], content: str) -> bool:
    """True for "wants" with something of one's own to do; what one wants of others is no plan."""
    return any(word.startswith("want") for word in words) and (words[-1] == "to" or content.startswith("to "))


def _is_future(words: Sequence[str]) -> bool:
    """True for "will", "would" and "is going to" with a verb of doing; "would have" looks back."""
    future = bool({"will", "would", "shall"}.intersection(words)) or ("going" in words and words[-1] == "to")
    return future and "have" not in words and not _SAYING.intersection(words)
