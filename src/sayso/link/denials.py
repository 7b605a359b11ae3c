"""What shows in a claim's words that it denies, accuses, clears or counts: readable rules over common words and forms.

No party is known here. Texts are cut to a length, and every repetition is bounded.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice

from sayso.link.accused import BEING, SOMEBODY, THAT, blamed, doers, tells_only_of_deed, whom
from sayso.link.contents import LONGEST, content_words, overlap
from sayso.link.counting import counts, numbers_in
from sayso.link.disowning import HARM, is_of_civilians, is_of_nobody, is_of_nothing, takes_no_part
from sayso.link.naming import KINDS, NATIONAL, anonymous, named, one_nation
from sayso.link.parties import same_party
from sayso.text import unmangled
from sayso.types import ClaimRow
from sayso.untrue import this_is_untrue
from sayso.wordsets import word_set

_SHARED = 0.5  # share of words from which on two acts are one, and beyond which one says what the other denies
_BEHIND = 3  # words between a name and the word for its account: "the Observatory's latest report"

_LONGEST_NAME = 8  # words of a name
_BEFORE = 12  # words before a "not" that makes a claim negative
_AFTER = 10  # words after a "not" that it is about
_NONE_DONE = r"(?:conducted|carried out|dropped|launched|fired|planted|sent|used) no"
_NEGATIVE = re.compile(
    r"\b(?:no (?:(?:clear|credible|reliable|solid) )?(?:evidence|indications?|proof|signs?)|"
    r"(?:did|does|do|was|were|is|are|has|have|had|would|could|will) not|never|none of|fail(?:ed|s) to|"
    r"not (?:behind|involved|responsible|true)|nothing to do with|"
    rf"{_NONE_DONE}|"
    r"no (?:role|part|hand|links?|responsibility) in|"
    # "No unit fired", but not "no fewer than ten died"
    r"(?:(?<=\A)|(?<=\A[\"“‘']))no (?!doubt|longer|fewer|less|more|matter)[a-z]{2,20}|"
    r"den(?:y|ied|ies|ying)|false(?:ly)?|fabricat\w{0,5}|baseless|unfounded|groundless|untrue|refut\w{1,4})\b|n't\b",
    re.IGNORECASE,
)
_DENYING = re.compile(r"den|refut", re.IGNORECASE)
_NOT_NEGATIVE = re.compile(
    r"\b(?:not|n't|never) (?:immediately |yet )?(?:den(?:y|ied)|comment\w*|clear|known)\b", re.IGNORECASE
)
_ALIVE = re.compile(
    r"\b(?:(?:is|was|are|were) (?:still |very much )?alive|still alive|(?:has |had |have )?surviv(?:ed|es))\b",
    re.IGNORECASE,
)
_DEAD = re.compile(r"\b(?:kill(?:ed|s|ing)?|dead|died|deaths?|eliminated|slain)\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w'’-]{2,30}")
# Words that a denial may consist of without saying what it denies.
_BARE = content_words(
    "any all responsibility responsible involvement involved role part accusation accusations allegation allegations "
    "charge charges claim claims report reports attack attacks strike strikes incident bombing killing it carrying "
    "carried out having being behind blame guilt wrongdoing use using such weapons targeting civilians forces army "
    "they its previous doing day evidence massacre"
)
# What says only that something was said, or whose doing it would be.
_ONLY_POINTING = content_words(
    "it they them that this these those both which any all such responsibility responsible involvement accusation "
    "accusations allegation allegations charge charges claim claims report reports account accounts suggestion version "
    "finding findings statement criticism its"
)
_TOLD = (
    r"(?:report|claim|alleg(?!ian)|accus|account|statement|comment|remark|figure|testimon|video|footage|version|assert|"
    r"charge|finding|conclusion|criticism)[a-z]{0,8}\b"
)
_ACCOUNT = re.compile(rf"\b{_TOLD}", re.IGNORECASE)
# What an account is called, "as a cynical lie", "absurd", of which it is not said what it is of.
_CALLED = re.compile(
    rf"(?P<account>\A\W{{0,3}}(?:all\s)?(?P<which>[\w'’-]{{2,20}}\s)(?:[\w'’-]{{2,20}}\s){{0,2}}?{_TOLD})"
    r"(?:\sas\b.{1,60}|\W{1,3}(?:(?:an?|the|\w{2,12}ly|\w{2,12}al)\s){0,2}[\w-]{3,20}\W{0,3})\Z",
    re.IGNORECASE,
)
_POINTER = word_set("the that this these those its such")
_OWNED = re.compile(rf"(?:['’]s|s['’]|\b(?:his|her|their))\s(?:\w{{2,15}}\s)?{_TOLD}", re.IGNORECASE)
_OWNER = re.compile(rf"\bthe\s(\w{{3,20}}?)(?:['’]s|(?<=s)['’])\s(?:\w{{2,15}}\s)?{_TOLD}", re.IGNORECASE)
_PART_IN = re.compile(rf"\b(?:{_TOLD}|involv|responsib|behind\b)", re.IGNORECASE)
_OPENING_FIRE = re.compile(r"\bopen(?:ed|s|ing)?\sfire\b", re.IGNORECASE)
_HARMS = re.compile(HARM, re.IGNORECASE)
_HARM_WORD = re.compile(rf"\b{HARM}", re.IGNORECASE)
_ACCUSATION = re.compile(r"\b(?:accus|alleg|charge|conclusion|finding|report)", re.IGNORECASE)
_BLAMES = re.compile(r"accus|blam", re.IGNORECASE)
_POINTING = re.compile(rf"\b(?:(?:that|this|those|these|such)\s(?:{_TOLD}|{HARM})|its\s{_TOLD})", re.IGNORECASE)
_THAT_ACCOUNT = re.compile(rf"\b(?:that|this|those|these|such|its)\s{_TOLD}", re.IGNORECASE)
_OF_DEAD = r"(?:casualty|death|official|latest)\s"
_FIGURE = rf"(?:{_OF_DEAD})?(?:figures?|numbers?|tolls?|estimates?)"
# "That figure", "the toll was exaggerated"; not "the number two commander", "that opposition figures had fled"
_THAT_FIGURE = re.compile(
    rf"\W{{0,3}}(?:(?:that|this|those|these)\s{_FIGURE}|(?:that\s)?the\s(?:{_OF_DEAD})?(?:tolls?|figures))"
    r"(?=\W*\Z|[,;:]|\s(?:as|by|given|had|has|is|are|was|were)\b)",
    re.IGNORECASE,
)
_FIGURE_OF = re.compile(
    rf"\b(?:the|that)\s{_FIGURE}\sof\s(?P<size>[\w,]{{1,12}})"
    r"(?=\W*\Z|[,;:]|\s(?:as|had|has|is|was)\b|\s(?:[\w-]{3,15}\s){0,2}?(?:casualt|dead|deaths?|fatalit|killed|victims))",
    re.IGNORECASE,
)
_OF_THAT = re.compile(rf"\b(?:in|from|by|during|of)\s(?:that|this|the same)\s{HARM}", re.IGNORECASE)
_FORMER = re.compile(
    rf"\b(?:previous|earlier|past|former|similar)\s{_TOLD}|\bat (?:the|that) time\b|(?<!not )\bin the(?: past\b|\W*\Z)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ONE = re.compile(
    r"\b(?:the|that|this)\s(?:attack|strike|bombing|incident|massacre|killing|shelling|raid)\b", re.IGNORECASE
)
_MANY = re.compile(
    r"\b(?:(?:multiple|several|numerous|various|many|other|past|previous) (?:occasions|times|attacks|incidents)|"
    r"(?:\d{1,3}|two|three|four|five) occasions)\b",
    re.IGNORECASE,
)
_DAYS = content_words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december"
)
_AT_NAMED = re.compile(
    r"\b(?:in|on|at|near)\s(?:the\s)?((?:[A-Z][\w'’-]{2,20}\s?){1,3})|"
    r"\bthe\s((?:[A-Z][\w'’-]{2,20}\s){1,3})(?:attack|massacre|bombing|raid|strike)"
)
_OPENING = 200  # characters of a claim
_FALSE = (
    r"(?:not\strue|absurd|false(?!\sflag)|fabricated|fabrications?|untrue|baseless|unfounded|groundless|illogical|invented|"
    r"lies)\b"
)
_SPOKEN_OF = r"\b(?:reports?|allegations?|accusations?|claims?|charges?|accounts?)\b"
# "The reports that … are completely false", "there is no truth to the reports"
_REFUTING = re.compile(
    rf"{_SPOKEN_OF}(?P<of>.{{0,120}}?)\b(?:are|is|was|were|as|being|been)\s[\"“‘']?"
    rf"(?:(?!hardly|scarcely|not|never)\w{{2,15}}\s){{0,2}}{_FALSE}|"
    rf"\bno truth\b.{{0,40}}?{_SPOKEN_OF}(?P<that>.{{0,120}})",
    re.IGNORECASE | re.DOTALL,
)
_WHICH = re.compile(r",\s(?:which|who)\b", re.IGNORECASE)
_APART = re.compile(
    r"\A\W{0,3}(?:that\s)?(?:it|they|we|he|she)\s(?:had|has|have)\snothing\sto\sdo\swith\s", re.IGNORECASE
)
_UNREFUTED = re.compile(r"\b(?:hardly|scarcely|far from|nobody|no one|not(?! true)|never)\b|n't\b", re.IGNORECASE)
_NOT_DONE = re.compile(
    rf"(?:do|does|did|has|have|had|was|were) not|never|none of|{_NONE_DONE}|no ",
    re.IGNORECASE,
)
_FORETELLING = re.compile(
    r"\b(?:will|would|is going to|are going to)\s(?:\w{1,15}\s){0,2}(?:deny|reject|dismiss|refute)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")
# What is only asked for, or still looked into, is not said to be so.
_WISHING = re.compile(
    r"\b(?:should|must|ought|whether|(?:to|will|would|is|are|was|were|begun|began|started)\s(?:be\s)?"
    r"investigat(?:e|ed|ing))\b",
    re.IGNORECASE,
)
_DOING = re.compile(
    rf"\W{{0,3}}(?:that\s)?(?:(?:in|on|during|since)\s(?:\w{{1,15}}\s){{1,3}}?)?(?:the\s)?{SOMEBODY}\s"
    r"(?:(?:had|has|have|also)\s){0,2}"
    r"(?:used|bombed|shelled|attacked|killed|carried out|launched|fired|struck|hit|targeted|gassed)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are)\Z", re.IGNORECASE)  # "ten were killed": who did it is not said
_OTHERS = re.compile(r"\b(?:insist|say|said|claim|maintain|argu|den(?:y|ied|ies))", re.IGNORECASE)
# Words of an outlet's own by which it gives what others say, and that tell of no more than that somebody says so.
_RELAYING = re.compile(
    r"\b(?:according to|(?<!un)reportedly|\w{2,20}\s(?:said|says|reported|claimed|announced|told))\b|"
    r"\A\W{0,3}(?:but |and )?there (?:have|has|had|were|was|are|is) (?:been )?(?:\w{2,15} ){0,2}"
    r"(?:allegations?|accusations?|reports?|claims?|rumou?rs?)\b",
    re.IGNORECASE,
)
_CLEARED = re.compile(
    rf"\b{SOMEBODY}\s(?:{BEING} (?:not|never)|(?:was|were|is|are|has|have|had)n't|had no (?:part|role|hand) in|"
    r"did not carry out)\b",
    re.IGNORECASE,
)
# Under each of these a state's own side is accused: two of them may well be one.
_OF_STATE = content_words("government regime army military forces troops authorities state president soldiers")
_SAYING = content_words("saying adding")
_OF_OFFICE = content_words("president")  # of which a state's forces are not called by
_OF_ARMED = content_words("rebels fighters militants opposition insurgents gunmen")  # and so the other side's
# By what harm is done, whosever it is.
_MEANS = content_words("planes aircraft jets warplanes helicopters guns artillery drones air force any our")
_WEAPONS = content_words("gas chlorine sarin chemical toxic poison nerve barrel cluster phosphorus napalm mine mines")
_UNSURE = re.compile(
    r"\b(?:could|hardly|improbable|lies|may|might|perhaps|possibly|rumou?rs?|scarcely|unclear|unlikely|untrue|whether)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"\b(?:another|earlier|other|previous|second|separate|third)\b", re.IGNORECASE)
# The own side as who was harmed: "that its soldiers had been shelled".
_SUFFERED = re.compile(
    r"\b(?:its|our|their)\s(?:\w{2,15}\s)?\w{2,15}\s(?:(?:had|has|have)\sbeen|was|were)\s(?!not\b)\w{3,15}(?:ed|t)\b",
    re.IGNORECASE,
)
# Where and when somebody has no part in what was told, and who of one's own has not.
_THERE = content_words(
    "attack area region town city village time part hand role nothing operations operation presence men units tanks"
)
_JOINING = word_set("of for on in to and de la du des al el the a an")  # words of a name

# Before a name these show that it is a place.
_PLACING = word_set("in into across inside within near northern southern eastern western central")
_MOST = 16  # things counted in a claim that are looked at


class Wording:
    """A claim's words, looked at once: what they deny, whom they accuse or clear, what they count."""

    def __init__(self, claim: ClaimRow) -> None:
        self.claim = claim
        self.text = unmangled(claim.text[:LONGEST])
        says_so = len(claim.chain) > 1 and claim.stance == "asserts" and this_is_untrue(self.text)
        self.is_denial = claim.stance == "denies" or says_so
        self._said, self._is_called = self._what_is_denied() if self.is_denial else (self.text, False)
        found = _NEGATIVE.search(_NOT_NEGATIVE.sub(lambda m: "-" * len(m.group()), self._said))
        self.negative = self.is_denial or found is not None
        """Something is said not to be so, denied or asserted with a "not", wherever that stands."""
        early = found is not None and len(self._said[: found.start()].split()) <= _BEFORE
        others = found is not None and not self.is_denial and bool(_DENYING.match(found.group()))  # "X denies that"
        self._negation = found if early and not others else None

    def _what_is_denied(self) -> tuple[str, bool]:
        """The words of a denial without what an account is called, or what it is said not to be; and whether they are
        for the account alone."""
        told = self.text[:_OPENING]
        if this_is_untrue(told):
            return "this claim", True
        if called := _CALLED.match(told):
            return called["account"], called["which"].strip().lower() in _POINTER
        if untrue := self._untrue():
            of = untrue["of"] or untrue["that"] or ""
            return (of.split(" that ", 1)[-1], False) if content_words(of) else (_account_in(untrue.group()), True)
        if apart := _APART.match(told):
            return self.text[apart.end() :], False
        return self.text, False

    def _untrue(self) -> re.Match[str] | None:
        """Where reports are said to be false; not in a denial of "reports that …, which were false"."""
        found = _REFUTING.search(self.text[:_OPENING])
        if not found or _UNREFUTED.search(found.group()) or (self.is_denial and _WHICH.search(found.group())):
            return None
        return found

    @cached_property
    def denied(self) -> frozenset[str]:
        """The content words of what is said not to be so, as ``harm`` has them."""
        return _harm_as_one(self._denied_text())

    @cached_property
    def harm(self) -> frozenset[str]:
        """The content words, with one for all words of attacking: one's strike is the other's bombing."""
        return _harm_as_one(self.text)

    @cached_property
    def bare(self) -> bool:
        """True of a denial that does not say what it denies: "any responsibility"."""
        return len(content_words(self._said) - _BARE) < 2

    @cached_property
    def names_nothing(self) -> bool:
        """True of a denial that names no one and nothing to whom it would have been done."""
        return content_words(self._said) <= _BARE | _OF_STATE | _OF_ARMED

    @cached_property
    def only_points(self) -> bool:
        """True of a denial that says nothing of what it denies: "it", "the charge"."""
        return self.is_denial and content_words(self._said) <= _ONLY_POINTING

    @cached_property
    def points(self) -> bool:
        """True where the words point back at what was just told: "those accusations", "that attack"."""
        return self._is_called or bool(_POINTING.search(self.text))

    @cached_property
    def points_at_account(self) -> bool:
        """True of a denial of "that account", whatever it says of it: that stands in the same report."""
        return self._is_called or (self.is_denial and bool(_THAT_ACCOUNT.search(self._said)))

    @cached_property
    def points_at_figure(self) -> bool:
        """True of a denial of "that figure", or toll."""
        return self.is_denial and bool(_THAT_FIGURE.match(self._said))

    @cached_property
    def figure_denied(self) -> frozenset[int]:
        """The number in a denial of "the figure of 112"."""
        found = _FIGURE_OF.search(self._said[:_OPENING]) if self.is_denial else None
        return numbers_in(found["size"]) if found else frozenset()

    @cached_property
    def of_accusation(self) -> bool:
        """True of a denial of an accusation, or of a report or findings, which tell of much."""
        return bool(_ACCUSATION.search(self._said))

    @cached_property
    def is_of_any_account(self) -> bool:
        """True of "the report", which may be another's, and not of "that report"."""
        return not _THAT_ACCOUNT.search(self._said)

    @cached_property
    def is_of_any_accounts(self) -> bool:
        """True of "the allegations", whoever made them."""
        return self.is_of_any_account and self._said.endswith("s")

    @cached_property
    def only_points_at_account(self) -> bool:
        """True of a denial of nothing but "that account"."""
        return self.only_points and self.points_at_account

    @cached_property
    def refuted(self) -> frozenset[str] | None:
        """The content words of what reports that are said to be false are of, empty where that isn't said: "there is no
        truth to the reports"; None where none are said to be false."""
        found = None if self.is_denial else self._untrue()
        return _harm_as_one(found["of"] or found["that"] or "") - _BARE if found else None

    def refutes(self, other: Wording) -> bool:
        """True where these words say that reports are false, of nothing else than what the other tells."""
        return self.refuted is not None and (not self.refuted or bool(self.refuted & (other.harm | {"attack"})))

    @cached_property
    def not_us(self) -> bool:
        """True of words that say that the speaker had no part in it: "we did not do this", "our guns did not fire"."""
        return not self.is_denial and takes_no_part(self.text)

    @cached_property
    def disowns(self) -> bool:
        """True of words that the speaker had no part in it, and nothing else: "its guns did not fire on Monday"."""
        left = self.denied - _BARE - _MEANS - _DAYS - _OF_STATE - _OF_ARMED - _THERE
        return self.not_us and not left

    @cached_property
    def of_nothing(self) -> bool:
        """True where somebody says that nothing happened: "no such attack took place", "there was no shelling"."""
        return self._is_said and is_of_nothing(self.text)

    @cached_property
    def of_nobody(self) -> bool:
        """True where somebody says that nobody was killed."""
        return self._is_said and is_of_nobody(self.text)

    @cached_property
    def of_civilians(self) -> bool:
        """True where somebody says that no civilians were."""
        return is_of_civilians(self.text)

    @property
    def _is_said(self) -> bool:
        """True of what somebody says to be so: not hoped, asked or denied, and not the outlet's own word."""
        return len(self.claim.chain) > 1 and self.claim.stance == "asserts"

    @cached_property
    def disclaims(self) -> str | None:
        """Whose doing something is said not to be, where it was harm: "our planes" of "our planes have not bombed".
        What will not be done is none."""
        if self.is_denial or self._negation is None or not _NOT_DONE.match(self._negation.group()):
            return None
        return self.text[: self._negation.start()] if "attack" in _harm_as_one(self._denied_text()) else None

    @cached_property
    def of_that(self) -> bool:
        """True of what is told of an act that the article just told of: "ten were wounded in that attack"."""
        return bool(_OF_THAT.search(self.text))

    @cached_property
    def of_former(self) -> bool:
        """True of a denial of what was said before, of something else, or that was given then: "previous accusations",
        "involvement at the time", a year that is over."""
        published = self.claim.published or ""
        of_year = any(year < published[:4] for year in _YEAR.findall(self.text)) and published[:4] not in self.text
        return of_year or bool(_FORMER.search(self.text))

    @cached_property
    def of_one(self) -> bool:
        """True of a denial of one act that was just told of: "that attack"."""
        return bool(_ONE.search(self.text))

    @cached_property
    def of_many(self) -> bool:
        """True where acts in general are told of: "on multiple occasions"."""
        return bool(_MANY.search(self.text))

    @cached_property
    def is_name(self) -> bool:
        """True of words that are a name, and state nothing: "the Harbour Workers Party"."""
        words = self.text.split()
        named_ = [w for w in words if w.lower() not in ("the", "of", "and", "for")]
        if not named_ or len(words) > _LONGEST_NAME or _HARM_WORD.search(self.text):
            return False
        return all(w[:1].isupper() for w in named_)

    @cached_property
    def is_of_another_speaker(self) -> bool:
        """True of a denial of which a name alone stands before the word of denying: who denies is that name's bearer,
        and not the claimant."""
        first = self.claim.spans[0].text.split() if self.is_denial and len(self.claim.spans) > 1 else []
        own = content_words(" ".join(first)) <= content_words(self.claim.claimant or "")
        return bool(first) and not own and all(word[:1].isupper() for word in first)

    @cached_property
    def foretells_denial(self) -> bool:
        """True where somebody says that it will be denied."""
        return bool(_FORETELLING.search(self.text))

    @cached_property
    def of_harm(self) -> bool:
        """True of a denial of harm done, or of an accusation: a plea that is rejected is neither."""
        return self.bare or bool(_HARM_WORD.search(self.text) or _ACCOUNT.search(self.text))

    @cached_property
    def of_owned_account(self) -> bool:
        """True of a denial that says whose account it is of: "the rebels' claims"."""
        return bool(_OWNED.search(self.text))

    @cached_property
    def relays(self) -> bool:
        """True of what an outlet tells on its own, where its words give it as what others say."""
        return len(self.claim.chain) == 1 and bool(_RELAYING.search(self.text))

    @cached_property
    def accused(self) -> tuple[str, str] | None:
        """Who is said to have done what, in the claim's words; None where they accuse nobody in so many words."""
        on_word = self.claim.stance == "accuses" and len(self.claim.chain) > 1
        return None if self.negative else blamed(self.text, accuses=on_word)

    @cached_property
    def accuses(self) -> bool:
        """True where somebody accuses somebody, not the outlet on its own. Who condemns an attack accuses nobody."""
        accuses = self.claim.stance == "accuses" and not tells_only_of_deed(self.text, self.claim.place)
        return len(self.claim.chain) > 1 and (accuses or self.accused is not None)

    @cached_property
    def doers(self) -> tuple[str, ...]:
        """Those of whom the words say that they did harm, or accuse."""
        told = self.accused or whom(self.claim)
        return (*(told[:1] if told else ()), *doers(self.text))

    @cached_property
    def cleared(self) -> frozenset[str]:
        """Content words of those who are said not to have been behind something: not where somebody else says so, as in
        "fumes that the ministry insists were not its doing"."""
        found = _CLEARED.search(self.text) if self.negative else None
        if found and _OTHERS.search(THAT.split(found["who"])[-1]):
            return frozenset()
        return content_words(THAT.split(found["who"])[-1]) if found else frozenset()

    @cached_property
    def living(self) -> frozenset[str]:
        """Names of somebody who is said to be alive."""
        found = _ALIVE.search(self.text)
        return frozenset(_NAME.findall(self.text[: found.start()][-100:])) if found else frozenset()

    @cached_property
    def counts(self) -> list[tuple[tuple[str, ...], int, str]]:
        """What is counted exactly, other than those harmed: the stems of the thing's words, the number, the words.
        "two blue lorries" is ("blue", "lorrie"), 2; who attacks is one thing, by whatever word; measures are none."""
        harmed = {n for f in self.claim.figures for n in (f.min, f.max) if n is not None}
        return list(islice(counts(self.text, harmed), _MOST))

    @cached_property
    def numbers(self) -> frozenset[int]:
        """All numbers from one to twelve in words, and of up to six digits."""
        return numbers_in(self.text)

    def speaks_of_account_by(self, name: str | None) -> bool:
        """True of a denial of what the party says: "the Observatory's reporting"."""
        if name is None or anonymous(name) or not _ACCOUNT.search(self.text):
            return False
        words = _WORD.findall(self.text)
        if any(any(map(_ACCOUNT.match, words[at + 1 : at + 1 + _BEHIND])) for at in self._at(name)):
            return True
        owner = _OWNER.search(self.text)  # "the ministry's account": in one article there is but one
        return owner is not None and owner[1].casefold() in set(named(name).core) - _JOINING

    def blames(self, name: str) -> bool:
        """True where the words say of the party, named or by its country ("Norvian jets"), that it did harm."""
        words = _WORD.findall(self.text)
        return any(_did_harm(words, at) for at in self._at(name))

    def blames_one_called(self, name: str) -> bool:
        """As ``blames``, also by words of the name that may be anybody's: in one article "the army" is one."""
        told, words = set(named(name).core) - _JOINING, _WORD.findall(self.text)
        return any(word.casefold() in told and _did_harm(words, at) for at, word in enumerate(words))

    def clears(self, other: Wording) -> bool:
        """True where these words say that those whom the other's accuse were not behind it: of one and the same act."""
        if not other.accused or not self.cleared & content_words(other.accused[0]):
            return False
        found = _CLEARED.search(self.text)
        of_what = _harm_as_one(self.text[found.end() :] if found else "") - _BARE
        act = _harm_as_one(other.accused[1]) - _BARE
        return not of_what or not act or bool(act & of_what)

    def says_alive(self, other: Wording) -> bool:
        """True where somebody is said to live of whom the other says that he was killed: two names in common."""
        if len(self.living) < 2 or not _DEAD.search(other.text):
            return False
        return len(self.living & set(_NAME.findall(other.text))) > 1

    def denies_content_of(self, other: Wording) -> bool:
        """True where the other says most of what is said here not to be so, the first word of it among them: who denies
        that shells "hit the school" does not deny that there is a school."""
        if (not self.is_denial and self._negation is None) or _WISHING.search(other.text):
            return False
        shared = self.denied & other.harm
        return len(shared) > 1 and len(shared) > _SHARED * len(self.denied) and bool(self._first() & shared)

    def may_deny_harm_in(self, other: Wording) -> bool:
        """True where the other tells of the harm that is denied here, or this does not say which: who denies to have
        used gas denies no air strike. Of what an outlet says itself, it must be half of what is denied; and where a
        denial without more to it names anything, the other must, too."""
        opening = " ".join(self._said.split()[:_BEFORE])
        harm = _harm_as_one(opening)
        denied = harm - _BARE
        if self.bare and not self._names_in(other):
            return False
        if self.bare or not denied or _PART_IN.search(opening):
            return True
        shared = denied & other.harm
        least = 0.0 if len(other.claim.chain) > 1 else _SHARED
        return bool(shared) and "attack" in harm & other.harm and len(shared) >= least * len(denied)

    @cached_property
    def tells_only_that_harm_was_done(self) -> bool:
        """True of an accusation that says whom it accuses of harm, and not of what: "the army of firing the shells"."""
        act = self.accused[1] if self.accused else ""
        return "attack" in _harm_as_one(act) and _harm_as_one(act) <= _BARE | _MEANS

    def is_of_harm_at(self, other: Wording) -> bool:
        """True of a denial of harm that names where the other's claim is placed, and no weapon."""
        place = content_words(other.claim.place or "")
        return "attack" in self.denied and bool(place & self.denied) and self.denied.isdisjoint(_WEAPONS)

    def may_deny_deed_in(self, other: Wording) -> bool:
        """True where the other tells of harm, surely, in half of the words for that which is denied here, that begin
        with harm: not "that it had been warned of the attack". Where this names anybody, a place or a weapon that does
        harm of its own, the other must, too."""
        if self.names_nothing or not (self.is_denial or self.not_us) or _WISHING.search(other.text):
            return False
        untelling = _BARE | _MEANS | _OF_STATE | _OF_ARMED | _DAYS
        denied = self.denied - untelling
        shared = denied & other.harm
        if not shared or 2 * len(shared) < len(denied) or not denied & _WEAPONS <= other.harm:
            return False
        words = (word for told in THAT.split(self._denied_text())[-1].split() for word in _harm_as_one(told))
        first = next((word for word in words if word == "attack" or word not in untelling), "")
        surely = not (_UNSURE.search(other.text) or _ANOTHER.search(self.text) or _SUFFERED.search(self.text))
        named_ = self._names() - _DAYS
        there = not named_ or bool(named_ & content_words(f"{other.text} {other.claim.place or ''}"))
        return first == "attack" and "attack" in other.harm and surely and there

    def denies_most_of(self, other: Wording, who: str) -> bool:
        """True where the other has half of the words for what is denied, without those for ``who`` would have done
        it."""
        denied = self.denied - content_words(who) - _BARE - _OF_STATE - _OF_ARMED - _MEANS - {"attack"}
        return bool(denied) and 2 * len(denied & other.harm) >= len(denied)

    def _names_in(self, other: Wording) -> bool:
        return not self._names() or bool(self._names() & content_words(other.text))

    def _names(self) -> frozenset[str]:
        return content_words(" ".join(_NAME.findall(self.text))) - _BARE

    def names_place_of(self, other: Wording) -> bool:
        """True unless where the harm was that is denied is named, and is neither in the other's words nor where that
        was."""
        named_ = content_words(" ".join(found[1] or found[2] for found in _AT_NAMED.finditer(self.text))) - _DAYS
        return not named_ or bool(named_ & content_words(f"{other.text} {other.claim.place or ''}"))

    def has_in_common(self, other: Wording) -> int:
        """How many words that tell what is denied from other denials are in the other's words."""
        return len((self.denied - _BARE - {"attack"}) & other.harm)

    def is_of_another(self, other: Wording) -> bool:
        """True of a denial to have done what the other says that somebody else did: "the rebels had used gas"."""
        found = _DOING.match(other.text) if self.is_denial else None
        denier = self.claim.claimant
        if not found or not denier or _PASSIVE.search(found["who"]) or other.blames(denier):
            return False
        doer, own = content_words(found["who"]), content_words(denier) | content_words(self.text)
        may_be_one = any(doer & kind and own & kind for kind in (_OF_STATE, _OF_ARMED))
        return not doer <= _MEANS and not may_be_one and doer.isdisjoint(own)

    def names_doer_in(self, other: Wording) -> bool:
        """True where the party of which something is said not to be so, in the words before the "not", is in the
        other's words: that one's planes did not bomb does not deny that another's did. One's own army may be any
        state's side, one's own fighters any that fight it, and planes anybody's."""
        told = content_words(self._said[: self._negation.start()]) if self._negation else frozenset()
        by_name = told - self.denied - _MEANS - _OF_STATE - _OF_ARMED - _SAYING
        by_kind = [kind - _OF_OFFICE for kind in (_OF_STATE, _OF_ARMED) if told & kind] or [_OF_STATE, _OF_ARMED]
        wanted = by_name or _MEANS.union(*by_kind)
        return not told or not wanted.isdisjoint(content_words(other.text))

    def _denied_text(self) -> str:
        if self._negation is None:
            return self._said
        return " ".join(self._said[self._negation.end() :].split()[:_AFTER])

    def _first(self) -> frozenset[str]:
        """The first content word of what is said not to be so; of what there is "no evidence" of, that it is harm."""
        if self._negation is not None and self._negation.group().lower().startswith("no "):
            return frozenset(["attack"])
        words = (_harm_as_one(word) for word in self._denied_text().split())
        return next((word for word in words if word), frozenset())

    def accuses_another(self, other: Wording) -> str | None:
        """The words by which the two accuse different parties of one act; None where they do not."""
        if not self.accused or not other.accused:
            return None
        (who, act), (whom, deed) = self.accused, other.accused
        if overlap(_harm_as_one(act), _harm_as_one(deed)) < _SHARED:
            return None
        one, two = content_words(who), content_words(whom)
        of_state = not (one.isdisjoint(_OF_STATE) or two.isdisjoint(_OF_STATE))
        return None if one & two or of_state or same_party(who, whom) else f"{who} ≠ {whom}"

    def _at(self, name: str) -> list[int]:
        """Which of the words name the party: one of its telling words, or one that says "of that country". Where the
        word is a place ("in northern Norvia"), it names nobody."""
        telling = _telling(named(name).core)
        words = [w.casefold() for w in _WORD.findall(self.text)]
        return [
            n
            for n, word in enumerate(words)
            if not _PLACING.intersection(words[max(0, n - 1) : n])
            and any(word == w or one_nation(w, word) for w in telling)
        ]


def _account_in(words: str) -> str:
    found = _ACCOUNT.search(words)
    return found.group() if found else words


def _did_harm(words: list[str], at: int) -> bool:
    """True where the party named at ``at`` is said to have done harm: "X bombed", "bombed by X", "blamed X"."""
    before = words[max(0, at - 4) : at]
    harmed_by = "by" in before and any(map(_HARMS.match, words[max(0, at - 8) : at]))
    return harmed_by or any(map(_BLAMES.match, before)) or any(map(_HARMS.match, words[at + 1 : at + 7]))


def _harm_as_one(text: str) -> frozenset[str]:
    words = content_words(_OPENING_FIRE.sub("fired", text))
    return frozenset("attack" if _HARMS.match(word) else word for word in words)


def _telling(core: tuple[str, ...]) -> list[str]:
    """The words of a party's name that tell it from others: of "Norvian Observatory for Orphans" the second. Its nation
    tells only what has no name of its own, as a ministry."""
    lead = next((n for n, word in enumerate(core) if word in ("of", "for")), len(core))
    telling = [w for w in core[:lead] if w not in KINDS and (len(w) > 2 or len(core) == 1)]
    return telling[1:] if len(telling) > 1 and NATIONAL.search(telling[0]) else telling
