"""The words by which reports say that people were killed, wounded, missing, detained or displaced, and whom they count.

Nothing here names a party, a people, a faith or a place. A people is known by how it is written, whichever it is.
"""

from __future__ import annotations

from enum import Enum

from sayso.types import CasualtyKind
from sayso.wordsets import ARMED, word_set


class Role(Enum):
    """Where a trigger has its victims."""

    ACTIVE = "what follows: kills, killing"
    EITHER = "killed: after it when active, before it when passive"
    STATE = "what goes before: died, dead, were missing"
    NOUN = "deaths of 12, 12 deaths"
    TOLL = "death toll … 12"


def _phrases(phrases: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(p.split()) for p in phrases.split("|"))


# kind, role, only people (the verb is also used of things, so its noun must be one for people): phrases
_TABLE: tuple[tuple[CasualtyKind, Role, bool, str], ...] = (
    (
        "killed",
        Role.ACTIVE,
        False,
        "kill|kills|killing|murder|murders|murdering|execute|executes|executing|behead|beheads|beheading|"
        "assassinate|assassinates|assassinating|slaughter|slaughters|slaughtering|massacring|massacres|slays|"
        "slaying|martyring|claim the lives|claims the lives|claimed the lives|claiming the lives|"
        "claim the life|claims the life|claimed the life|claiming the life|claim lives|claimed lives|"
        "claims lives|claiming lives|took the lives|taking the lives|takes the lives|took the life|"
        "cost the lives|shooting dead|gunning down|leaving dead|eliminates|eliminating|liquidating|hanging|hangs|"
        "crucifies|crucifying|victims included|victims include|dead included|dead include",
    ),
    (
        "killed",
        Role.EITHER,
        False,
        "killed|murdered|executed|beheaded|assassinated|slaughtered|martyred|slain|lynched|eliminated|"
        "liquidated|hanged|crucified|massacred|gunned down|shot dead|left dead|shot to death|stoned to death|"
        "burned to death|burnt to death|tortured to death|crushed to death|beaten to death|stabbed to death|"
        "hacked to death|trampled to death|bombed to death|put to death|burned alive|burnt alive|fatally wounded|"
        "fatally injured|fatally shot|fatally stabbed|mortally wounded",
    ),
    (
        "killed",
        Role.STATE,
        False,
        "dead|died|die|dies|dying|perished|perish|drowned|drown|lost their lives|lost his life|lost her life|"
        "lost their life|lose their lives|losing their lives|succumbed|fallen|fell martyrs|"
        "fell as martyrs|among the victims|among its victims|"
        "were martyrs",
    ),
    (
        "killed",
        Role.NOUN,
        False,
        "deaths|death|killings|murders|executions|execution|beheadings|massacre|bodies|corpses|dead bodies|"
        "lives|life|martyrdom|martyrs|fatalities|assassination",
    ),
    ("killed", Role.ACTIVE, True, "remains of|body of|corpse of"),
    ("killed", Role.ACTIVE, True, "lost|losing|claim|claims|claimed|claiming"),
    ("killed", Role.NOUN, True, "loss"),
    ("killed", Role.ACTIVE, True, "destroying|destroys|neutralising|neutralizing|neutralises|neutralizes|annihilating"),
    ("killed", Role.EITHER, True, "destroyed|neutralised|neutralized|annihilated"),
    (
        "killed",
        Role.TOLL,
        False,
        "death toll|toll|death count|number of victims|number of dead|number of deaths|number of fatalities|"
        "number of martyrs",
    ),
    ("wounded", Role.TOLL, False, "number of wounded|number of injured|number of injuries"),
    ("displaced", Role.TOLL, False, "number of displaced|number of evacuees"),
    (
        "wounded",
        Role.ACTIVE,
        False,
        "wound|wounds|wounding|injure|injures|injuring|hurts|hurting|maiming|maims|leaving injured|leaving wounded|"
        "poisoning|asphyxiating",
    ),
    (
        "wounded",
        Role.EITHER,
        False,
        "wounded|injured|hurt|maimed|poisoned|suffocated|asphyxiated|left injured|left wounded",
    ),
    (
        "wounded",
        Role.STATE,
        True,
        "affected|suffer|suffers|suffered|suffering|sustained|suffered from|suffering from|suffered injuries|"
        "suffered wounds|suffered burns|sustained injuries|sustained wounds|suffered breathing|"
        "suffered suffocation|treated for|being treated|hospitalised|hospitalized|sustained serious injuries|"
        "suffered serious injuries|sustained various injuries|choked|critical condition|in critical condition|"
        "serious condition|in serious condition",
    ),
    ("wounded", Role.NOUN, False, "injuries|injury|wounded people"),
    (
        "missing",
        Role.STATE,
        True,
        "missing|unaccounted for|disappeared|went missing|remain under|remained under|still under|remain beneath|"
        "remained beneath|still beneath",
    ),
    ("missing", Role.EITHER, True, "trapped|buried under|buried beneath"),
    ("missing", Role.NOUN, True, "disappearance|disappearances"),
    (
        "detained",
        Role.ACTIVE,
        True,
        "detain|detains|detaining|arrest|arrests|arresting|capture|captures|capturing|abduct|abducts|"
        "abducting|kidnap|kidnaps|kidnapping|imprisoning|jailing|rounding up|taking hostage|"
        "took hostage|take|takes|taking|took|holding|held",
    ),
    (
        "detained",
        Role.EITHER,
        True,
        "detained|arrested|captured|abducted|kidnapped|kidnaped|imprisoned|jailed|taken hostage|"
        "taken prisoner|taken captive|held hostage|held captive|apprehended",
    ),
    ("detained", Role.STATE, True, "were held|are held|been held|being held|still held"),
    ("detained", Role.NOUN, True, "detention|abduction"),
    ("displaced", Role.ACTIVE, True, "displacing|displaces|displace|evacuating|evacuates|evacuate|forcing|uprooting"),
    ("displaced", Role.ACTIVE, True, "drive|drives|driving|drove|driven"),
    ("displaced", Role.EITHER, True, "displaced|evacuated|uprooted|driven out|driven from|internally displaced|forced"),
    (
        "displaced",
        Role.STATE,
        True,
        "fled|flee|flees|have left|had left|left their homes|forced to flee|forced to leave|left for|"
        "able to leave|leave their homes|lost their homes|leaving their homes|forced from|homeless|"
        "abandoned their homes|cross|crossed|crossing|sought refuge|sought shelter|seeking refuge|seeking shelter|"
        "taken refuge|took refuge",
    ),
    ("displaced", Role.NOUN, True, "displacement|evacuation"),
)
TRIGGERS: dict[str, tuple[CasualtyKind, Role, bool]] = {
    phrase: (kind, role, only_people) for kind, role, only_people, phrases in _TABLE for phrase in phrases.split("|")
}

# Sickness is no deed of anybody's, whoever dies of it.
DISEASES = word_set(
    "cholera measles malaria typhoid typhus diphtheria dysentery diarrhoea diarrhea polio tuberculosis pneumonia "
    "meningitis ebola covid covid-19 coronavirus virus influenza flu cancer disease diseases illness illnesses "
    "infection infections"
)
OUTBREAKS = word_set("outbreak epidemic")  # of a disease, where they kill; people also die in an outbreak of fighting
FROM = word_set("of from to by in during with")  # before what somebody died of
CARE = word_set("ward wards centre centres center centers clinic clinics hospital hospitals unit treatment patients")
# What people suffer that is no wound.
SUFFERING = word_set("affected suffer suffers suffered suffering sustained treated hospitalised hospitalized")
HARDSHIPS = DISEASES | word_set(
    "siege sieges blockade hunger malnutrition starvation famine drought poverty shortage shortages thirst "
    "losses defeat defeats setback setbacks cuts outages conditions unemployment sanctions displacement"
)
SAVING = word_set("save saves saved saving spare spared risk risks risked risking")
_FLIGHT = word_set("safety refuge asylum shelter flee fleeing escape escaping")
_RUINS = word_set("rubble debris ruins wreckage")
_HOME = word_set("flee home homes leave evacuate")
CAPTIVE = word_set("captive hostage prisoner")
PARTICLES = word_set("up off out back together")  # "held off" takes nobody
_BENEATH = tuple(
    f"{word} {where}" for word in ("remain", "remained", "still", "buried") for where in ("under", "beneath")
)
# What tells of harm only where one of these words follows near by.
NEEDED: dict[str, frozenset[str]] = {
    **dict.fromkeys(("cross", "crossed", "crossing"), _FLIGHT),
    **dict.fromkeys(("trapped", *_BENEATH), _RUINS),
    **dict.fromkeys(("forced", "forcing"), _HOME),
    **dict.fromkeys(("take", "takes", "taking", "took"), CAPTIVE | {"captives", "hostages", "prisoners"}),
}
# Said of things far more often than of people: only what is clearly people counts, no bare number.
OF_THINGS = frozenset(
    phrase
    for _, _, _, phrases in _TABLE
    for phrase in phrases.split("|")
    if phrase.startswith(("destroy", "neutrali", "annihil"))
    or phrase.endswith(" held")
    or phrase in {"held", "loss", "body of", "corpse of", *NEEDED}
)

TRIGGER_BEGINNINGS = frozenset(phrase.partition(" ")[0] for phrase in TRIGGERS)

BE = word_set("was were is are be been being got get gets getting 're 's")
FINITE = word_set("was were is are")
RELATIVES = word_set("who whom that whose")
HAVE = word_set("has have had having")
ADVERBS = word_set(
    "also still now so far all since either later then already not both more others other just there itself "
    "them themselves least reportedly meanwhile thus too yet some"
)
AUXILIARIES = (
    BE
    | HAVE
    | ADVERBS
    | word_set(
        "to left may might could and or estimated believed confirmed declared pronounced found reported "
        "presumed feared thought listed registered as remain remains remained"
    )
)
HOW_BADLY = word_set("seriously critically gravely badly severely slightly lightly mortally")
GAPPING = word_set("in on at near from among")
ASIDES = word_set("including among mostly most many")  # what an aside between dashes begins with
SAYING = word_set(
    "said says told tells reported reports added adds announced claimed claims confirmed stated noted "
    "described witnessed saw"
)
# Who a headline names last as its source: "Bomb kills six state TV".
REPORTERS = word_set("tv television radio media agency monitor ngo reports report watchdog officials police army")
ADVERB_ENDING = "ly"
CONJUNCTIONS = _phrases("as well as|in addition to|along with|together with|and|or|&|plus|besides")
INCLUDING = _phrases("including|includes|included|among them|among whom|of whom|of which|most of them|and among them")
FILLERS = word_set(
    "off of the all a an another additional further and or confirmed total us up as their its out about at "
    "least many as dead alive other more lives"
)
OTHERS = word_set("more others other another additional further")
SUBORDINATORS = word_set(
    "when after as while if because since but before where until although though that whether which what he "
    "she they we i you it"
)
PREPOSITIONS = word_set(
    "by with from against in on at near into of to for between during within under over around through about "
    "towards inside"
)
DETERMINERS = word_set("the a an this that these those its their his her our")
POSSESSIVES = word_set("his her their its my our")
TOLL_LEADS = word_set(
    "to at of reached reaches reaching hit hits is was stands stood now exceeds exceeded exceeding tops "
    "topped topping passes passed toll reaching passing surpassed reach surpasses least become became as be "
    "being climbed rose with has"
)

NOUN_STOPS = (
    BE
    | HAVE
    | SUBORDINATORS
    | PREPOSITIONS
    | DETERMINERS
    | word_set(
        "and or nor & plus i you he she it we they him them us me who whom whose what how why there here "
        "then also still not no will would can could may might must shall should do does did said says say "
        "saying told tells adding added including include includes included among as than so such only even "
        "just too yet both either most mostly all some any each every several many few both whilst despite "
        "due because following amid according besides without upon across behind along toward up down out "
        "off again later earlier ago so far least last next per via including 've 're 's took take takes "
        "taking came come comes went go goes made make makes making gave give gives became become began "
        "begin carried carrying were attacked attack attacks hit hits struck targeted launched fired blew "
        "exploded left leave leaves leaving remained remain remains worth more others"
    )
)

_PERSON_STEMS = word_set(
    "civilian citizen resident villager inhabitant person victim adult teenager teen youth infant baby "
    "toddler boy girl student schoolchild pupil teacher worker labourer laborer farmer peasant shepherd "
    "driver passenger pilgrim worshipper worshiper prisoner detainee hostage refugee evacuee migrant patient "
    "doctor medic nurse paramedic physician surgeon rescuer volunteer journalist reporter cameraman "
    "photographer activist correspondent lawyer judge engineer official officer soldier troop conscript "
    "recruit cadet guard policeman policewoman pilot airman crewman sailor marine serviceman servicewoman "
    "commander leader chief general colonel captain lieutenant sergeant adviser advisor fighter militant "
    "gunman terrorist rebel insurgent jihadist extremist militiaman mercenary combatant guerrilla guerilla "
    "paramilitary sniper bomber attacker assailant operative element infiltrator opponent loyalist supporter "
    "partisan member relative brother sister son daughter mother father husband wife cousin nephew niece "
    "uncle aunt grandmother grandfather parent child man woman wounded demonstrator protester protestor "
    "bystander pedestrian shopper employee staffer trader merchant vendor imam priest rabbi "
    "cleric sheikh bishop nun monk tribesman national native foreigner deserter defector collaborator informant "
    "suspect convict inmate executioner individual human soul survivor minister mayor politician lawmaker "
    "deputy diplomat ambassador professor scientist player footballer athlete groom bride guest neighbour "
    "neighbor widow orphan kid minor newborn foetus fetus martyr casualty helper firefighter fireman "
    "aid-worker peacekeeper observer monitor expert contractor technician cook baker butcher shopkeeper "
    "taxi-driver businessman businesswoman miner herder commuter motorist cyclist tourist settler traveller traveler "
    "pastor preacher missionary elder scholar waiter porter carpenter tailor grocer smuggler mourner cadre pensioner "
    "reservist separatist bandit pirate commando councillor magistrate prosecutor lecturer singer teammate employer "
    "apprentice trainee colleague bodyguard aide candidate"
)
_IRREGULAR = {
    "child": "children",
    "person": "persons",
    "baby": "babies",
    "wife": "wives",
    "schoolchild": "schoolchildren",
}
PERSONS = _PERSON_STEMS - {"wounded", "troop", "casualty"}


def _plural(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith(("ch", "sh", "s")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


PERSON_NOUNS = (
    _PERSON_STEMS
    | {_plural(noun) for noun in _PERSON_STEMS}
    | word_set(
        "people persons locals captives men women children troops personnel police staff forces elderly crew "
        "servicemen gunmen lives souls"
    )
)
# Of words in lower case: "schoolgirls".
PERSON_ENDINGS = ("men", "women", "people", "girls", "boys", "workers", "fighters", "members")
PEOPLE_ENDINGS = ("s", "men", "women")  # of a people's name: "Arcadians"
# Nouns that a headline uses without "a": "Civilian killed", "Father baby injured".
HEADLINE_PERSONS = (
    word_set(
        "man woman child boy girl mother father son daughter civilian citizen person soldier journalist "
        "policeman student baby infant teenager worker pilot"
    )
    & PERSONS
)
COMPOUNDING = PERSONS | {"police", "troop", "wounded"}  # "police stations", "a student bus"
# What a number may name one of: "Block 14".
CALLED = word_set(
    "block sector district route highway road street lane camp ward zone area section gate hill point checkpoint post "
    "unit brigade battalion regiment division company squadron platoon squad cell tower building house flat room floor "
    "hall tunnel well field kilometre kilometer km flight channel chapter article resolution phase stage no number "
    "group"
)
AGE_WORDS = word_set("- year years old year-old years-old")
FAMILY = word_set("man woman mother father son daughter boy child brother sister husband wife")
# People that are counted by what befell them, where nothing else is said of them.
STATUS_NOUNS: dict[str, CasualtyKind] = {"evacuees": "displaced", "hostages": "detained", "captives": "detained"}
FREEING = word_set(
    "free frees freed freeing release releases released releasing rescue rescues rescued rescuing escaped"
)
# Whoever flees, or is brought away, for another reason than the displaced.
FUGITIVES = ARMED | word_set(
    "suspect suspects kidnapper kidnappers robber robbers "
    "bandit bandits perpetrator perpetrators raider raiders prisoner prisoners inmate inmates detainee detainees "
    "convict convicts hostage hostages captive captives"
)
FAMILIES = word_set("families family relatives wives children dependants dependents")  # who are displaced with them
# A sentence without one of these tells of no harm: for each trigger its word that is met with least, and those nouns.
TELLING = frozenset(
    max(phrase.split(), key=lambda word: (word not in BE | HAVE | PREPOSITIONS, len(word))) for phrase in TRIGGERS
).union(STATUS_NOUNS)
PARTITIVE_HEADS = word_set(
    "members member fighters militants residents soldiers civilians people men employees staff workers "
    "leaders commanders victims officers personnel supporters elements troops children women"
)
NOT_PEOPLE = word_set(
    "day days week weeks month months year years hour hours minute minutes second seconds decade decades "
    "century centuries km kms kilometre kilometres kilometer kilometers mile miles meter meters metre metres "
    "yards feet mm degrees percent dollar dollars euro euros pounds lira raid raids strike strikes airstrike "
    "airstrikes air-strikes attack attacks assault assaults operation operations bomb bombs bombing bombings "
    "barrel barrels rocket rockets shell shells missile missiles mortar mortars round rounds explosion "
    "explosions blast blasts vehicle vehicles car cars truck trucks lorry lorries bus buses tank tanks "
    "ambulance ambulances aircraft plane planes helicopter helicopters jet jets warplane warplanes drone "
    "drones ship ships boat boats convoy convoys house houses home homes building buildings shop shops "
    "school schools hospital hospitals mosque mosques church churches synagogue synagogues temple temples "
    "village villages town towns city "
    "cities district districts neighbourhood neighbourhoods neighborhood neighborhoods area areas position "
    "positions post posts checkpoint checkpoints base bases street streets weapon weapons gun guns cache "
    "caches ton tons tonne tonnes case cases incident incidents time times occasion occasions front fronts "
    "side sides province provinces region regions country countries state states phase phases stage stages "
    "place places location locations site sites part parts sheep animals families family group groups party "
    "parties brigade brigades unit units battalion battalions faction factions organisation organisations "
    "organization organizations agency agencies media video videos photo photos report reports statement "
    "statements point points mine mines device devices belt belts motorcycle motorcycles headquarters "
    "facility facilities centre centres center centers camp camps clash clashes violation violations "
    "corridor corridors massacre massacres article articles resolution suicide number station stations "
    "patrol patrols company companies ceasefire truce war wars crime crimes depot depots"
)
