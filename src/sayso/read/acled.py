"""From a PLOVER type and an event's words to ACLED's event and sub-event type, where the one is clearly the other.

Sources: ACLED Codebook (Armed Conflict Location & Event Data Project, 2024), "Event types and sub-event types"; PLOVER
Codebook (Open Event Data Alliance), root codes. ACLED codes what happened between whom; a word or two seldom tell all
of it, so that what is left open stays open: a bare event type where the sub-event is not plain, None where neither is.
"""

from __future__ import annotations

from collections.abc import Collection

from sayso.read.eventwords import CIVILIANS
from sayso.wordsets import word_set

SHELLING = "Explosions/Remote violence: Shelling/artillery/missile attack"
AIR = "Explosions/Remote violence: Air/drone strike"
SUICIDE = "Explosions/Remote violence: Suicide bomb"
REMOTE = "Explosions/Remote violence: Remote explosive/landmine/IED"
CHEMICAL = "Explosions/Remote violence: Chemical weapon"
GRENADE = "Explosions/Remote violence: Grenade"
CLASH = "Battles: Armed clash"
SEXUAL = "Violence against civilians: Sexual violence"
ATTACK = "Violence against civilians: Attack"
ABDUCTION = "Violence against civilians: Abduction/forced disappearance"
PROTESTS = "Protests"
RIOT = "Riots: Violent demonstration"
MOB = "Riots: Mob violence"
ARREST = "Strategic developments: Arrests"
AGREEMENT = "Strategic developments: Agreement"
LOOTING = "Strategic developments: Looting/property destruction"
TRANSFER = "Strategic developments: Non-violent transfer of territory"

_WORDS: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "ASSAULT": (
        (SEXUAL, word_set("rape rapes raped raping")),
        (MOB, word_set("lynch lynched lynching")),
        (RIOT, word_set("riot riots rioted rioting")),
        (ABDUCTION, word_set("abduct abducted abducting abduction abductions kidnap kidnapped kidnapping kidnappings")),
        (CLASH, word_set("clash clashes clashed clashing battle battles battled battling firefight firefights skirmish "
                         "skirmishes fighting fought gunfight ambush ambushed ambushes")),
        (CHEMICAL, word_set("gassed gassing")),
        (AIR, word_set("airstrike airstrikes air-strike air-strikes")),
        (SHELLING, word_set("shell shells shelled shelling shellings bombardment bombardments")),
    ),
    "COERCE": (
        (ABDUCTION, word_set("abduct abducts abducted abducting abduction abductions kidnap kidnaps kidnapped kidnaped "
                             "kidnapping kidnappings")),
        (ARREST, word_set("arrest arrests arrested arresting detain detains detained detaining detention detentions")),
        (LOOTING, word_set("loot loots looted looting ransack ransacked pillage pillaged pillaging torch torched "
                           "demolish demolished demolition demolitions")),
    ),
    "PROTEST": (
        (RIOT, word_set("riot riots rioted rioting")),
        (PROTESTS, word_set("protest protests protested protesting demonstrate demonstrated demonstrating "
                            "demonstration demonstrations march marches marched marching rally rallies rallied "
                            "sit-in sit-ins")),
    ),
    "AGREE": (
        (AGREEMENT, word_set("agreement agreements accord accords truce ceasefire cease-fire pact treaty deal signed "
                             "armistice")),
    ),
    "YIELD": (
        (AGREEMENT, word_set("ceasefire cease-fire truce armistice")),
        (TRANSFER, word_set("handover cede ceded ceding")),
    ),
}  # fmt: skip
# What a deed is done with tells an assault where its own word does not: "killed by a landmine", "bombed from the air".
_MEANS: tuple[tuple[str, frozenset[str]], ...] = (
    (SUICIDE, word_set("suicide")),
    (CHEMICAL, word_set("chemical chlorine sarin")),
    (AIR, word_set("airstrike airstrikes air-strike air-strikes aerial warplane warplanes jet jets drone drones "
                   "helicopter helicopters aircraft planes barrel")),
    (SHELLING, word_set("shell shells shelling shelled mortar mortars rocket rockets artillery missile missiles "
                        "bombardment")),
    (GRENADE, word_set("grenade grenades")),
    (REMOTE, word_set("landmine landmines ied ieds roadside booby-trapped booby")),
)  # fmt: skip
_BY_MEANS = word_set(
    """attack attacks attacked attacking strike strikes struck hit hits kill kills killed killing wounded wounding
    injured injuring bomb bombs bombed bombing bombings blast blasts explosion explosions exploded explode
    detonated detonation targeted targeting raid raids assault pounded fired firing died dead deaths destroyed"""
)
_FROM_THE_AIR = word_set("strike strikes raid raids attack attacks assault bombardment bombing bombings")  # "air raid"
_AGAINST_PERSONS = word_set(
    """attack attacks attacked kill kills killed killing killings murder murdered murders execute executed executing
    execution executions behead beheaded shot stabbed tortured torture massacre massacred beaten hanged
    crucified gunned wounded injured slaughtered"""
)


def acled_type(kind: str, word: str, around: Collection[str], targets: Collection[str]) -> str | None:
    """ "Event type: Sub-event type", "Event type" alone, or None.

    ``kind`` is the PLOVER type, ``word`` the trigger, ``around`` the words of its clause and ``targets`` those of its
    targets, all in lower case.
    """
    for name, words in _WORDS.get(kind, ()):
        if word in words:
            return name
    if kind != "ASSAULT":
        return None
    if word in _FROM_THE_AIR and "air" in around:
        return AIR
    if word in _BY_MEANS:
        for name, words in _MEANS:
            if not words.isdisjoint(around):
                return name
    if word in _AGAINST_PERSONS and not CIVILIANS.isdisjoint(targets):
        return ATTACK
    return None
