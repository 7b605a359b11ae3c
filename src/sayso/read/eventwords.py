"""General words that the roles and the certainty of events are read off; none names a party, a people or a place.

The types are the root codes of PLOVER (Open Event Data Alliance, PLOVER Codebook).
"""

from __future__ import annotations

from sayso.wordsets import word_set

# Before a target, by type: "an attack on X", "talks with X", "withdrew from X".
TARGET_PREPOSITIONS = {
    "AGREE": word_set("with to"),
    "CONSULT": word_set("with to"),
    "SUPPORT": word_set("for with behind of to"),
    "COOPERATE": word_set("with to"),
    "AID": word_set("to for of from in"),
    "YIELD": word_set("of to from with against on for"),
    "REQUEST": word_set("on from upon to for against"),
    "ACCUSE": word_set("against on at of into for"),
    "REJECT": word_set("with of to against from on"),
    "THREATEN": word_set("against to with of on"),
    "PROTEST": word_set("against at outside over"),
    "SANCTION": word_set("against on to from with of"),
    "MOBILIZE": word_set("against to into near in along around"),
    "COERCE": word_set("of against on from"),
    "ASSAULT": word_set("on against at of into with upon toward towards"),
}
# What befalls its subject.
BEFALLS = word_set(
    """die died dies dying perish perished succumbed suffocated drowned collapsed missing disappeared fled flee
    fleeing"""
)
# Used without an object in the past, so that a bare past of them is no passive: "rebels clashed near the town".
INTRANSITIVE = word_set(
    """clashed fought marched rallied protested demonstrated gathered agreed talked met spoke withdrew surrendered
    retreated pulled advanced exploded erupted refused appealed called vowed threatened warned promised
    cooperated collaborated responded retaliated negotiated returned visited apologised apologized complied
    objected ran went came fell rose broke"""
)
# Deeds on somebody: "X's arrest", "X's killing" tell whom they befall.
BEFALLING_NOUNS = word_set(
    """arrest arrests detention detentions killing killings death deaths murder murders assassination abduction
    abductions kidnapping kidnappings imprisonment release execution executions expulsion injury injuries
    disappearance disappearances torture rape displacement extradition trial liberation rescue evacuation
    conviction besiegement siege casualties casualty dead wounded fatalities"""
)
# Deeds of somebody: "the withdrawal of X", "a march of X".
DEEDS_OF = word_set(
    """withdrawal withdrawals surrender pullout retreat protest protests march marches rally rallies demonstration
    demonstrations strike strikes meeting meetings visit visits advance statement threat threats agreement
    refusal resignation promise pledge mobilisation mobilization"""
)
# Verbs that say no more than that somebody does what the noun after them tells.
LIGHT_VERBS = word_set(
    """launch launches launched launching carry carries carried carrying conduct conducts conducted conducting stage
    stages staged staging mount mounts mounted mounting wage wages waged waging commit commits committed
    committing perpetrate perpetrated hold holds held holding open opens opened opening start starts started
    starting begin begins began beginning make makes made making perform performed undertake undertook
    undertaking plan plans planned planning resume resumes resumed resuming step stepped stepping continue
    continues continued continuing intensify intensified intensifying order orders ordered ordering lead leads
    led leading impose imposes imposed imposing fire fires fired firing announce announces announced announcing
    sign signs signed signing reach reached reaching execute executed organise organised organize organized
    organising organizing deliver delivers delivered delivering send sends sent sending give gives gave giving
    provide provides provided providing offer offers offered offering issue issues issued issuing file files
    filed filing express expressed voice voiced declare declares declared declaring suspend suspended suspending
    halt halted halting end ended ending lift lifted lifting do did doing conclude concluded enter entered seek
    sought seeking cut cuts cutting escalate escalated extend extended grant granted show showed establish
    established join joined joining break broke drop dropped dropping take takes took taken taking use used
    using pay paid"""
)
# Their object is harmed: "the strikes hit a hospital".
HITTING = word_set(
    """kill kills killed killing hit hits hitting strike strikes struck striking target targets targeted targeting
    wound wounds wounded wounding injure injures injured injuring destroy destroys destroyed destroying damage
    damages damaged damaging claimed claiming left leaving ripped tore rocked hurt displaced displacing"""
)
# "came under attack", "was subjected to shelling", "was hit by": the deed is done to the subject.
UNDERGOING = word_set(
    "came come comes under subjected suffered survived escaped hit struck faced sustained witnessed saw"
)
# Things, not parties: they kill, but somebody else acts.
INSTRUMENTS = word_set(
    """airstrike airstrikes attack attacks strike strikes raid raids shelling shell shells bomb bombs bombing bombings
    bombardment rocket rockets missile missiles mortar mortars mine mines landmine landmines explosion
    explosions blast blasts device devices ied ieds fire gunfire crossfire bullet bullets shrapnel grenade
    grenades artillery gas chlorine sarin weapon weapons clash clashes fighting battle battles operation
    operations offensive assault assaults ambush barrage violence massacre gunshot shot shots car truck vehicle
    drone drones warplane warplanes jet jets plane planes helicopter helicopters aircraft siege war wars
    conflict incident round rounds salvo barrels barrel poison means force knife hand hands"""
)
# Objects that are no party: behind them a preposition tells the target.
ABSTRACTS = word_set(
    """attack attacks strike strikes airstrike airstrikes raid raids sanctions sanction talks talk meeting meetings aid
    assistance support help statement lawsuit complaint complaints charge charges criticism condemnation call
    calls appeal demand demands warning warnings threat threats agreement agreements deal ceasefire truce ban
    restrictions siege blockade embargo operation operations assault assaults offensive protest protests
    demonstration investigation inquiry probe rocket rockets missile missiles shell shells mortar mortars bomb
    bombs fire shots gas bullets relations ties contact contacts war campaign effort efforts resolution letter
    role pressure concern concerns opposition commitment funding funds money visit fine tariffs tariff measures
    cooperation food supplies readiness willingness troops forces reinforcements crackdown sympathy solidarity
    condolences bid request proposal offer negotiations stones arrest warrant barrage relief loan loans grant
    memorandum treaty pact hope responsibility investigations action actions claim claims report reports
    complicity access package team teams rejection condemnation mission exercise exercises drills project
    projects contract letter letters message messages order orders sentence sentences"""
)
# "ordered troops to attack": those who are told to, do it.
CONTROLLING = word_set(
    """order orders ordered ordering urge urges urged urging ask asks asked asking tell tells told telling force forces
    forced forcing allow allows allowed allowing send sends sent sending call called calls calling want wants
    wanted expect expected instruct instructed persuade persuaded invite invited enable enabled permit permitted
    encourage encouraged direct directed require required press pressed compel compelled help helped deploy
    deployed mobilise mobilised mobilize mobilized warn warned"""
)
ACCUSING = word_set(
    """accuse accuses accused accusing suspect suspects suspected suspecting convict convicted blame blames blamed
    blaming condemn condemned criticise criticised criticize criticized denounce denounced charge charged stop
    stopped prevent prevented prevents thank thanked"""
)
CIVILIANS = word_set(
    """civilian civilians resident residents villager villagers child children woman women worker workers journalist
    journalists reporter teacher teachers student students pupil pupils doctor doctors nurse nurses shopper
    shoppers worshipper worshippers farmer farmers shepherd shepherds boy boys girl girls baby infant infants
    family families passer-by passers-by bystander bystanders patient patients pilgrims refugees displaced
    protester protesters demonstrators activist activists peasant peasants schoolgirl schoolgirls schoolboys
    medic medics paramedic paramedics rescuer rescuers aid priest priests cleric monk monks nun nuns traders
    commuters passengers"""
)

# Certainty

PLANNING = word_set(
    """plan plans planned planning intend intends intended intending prepare prepares prepared preparing vow vows vowed
    vowing pledge pledges pledged pledging promise promises promised promising aim aims aimed aiming want wants
    wanted threaten threatens threatened threatening order orders ordered ordering going due set scheduled
    poised decide decided decides hope hopes hoped ready agree agreed agrees seek seeks sought seeking undertake
    offered offers offer about intention intentions preparations decision threat threats willing bound urge
    urged urges urging ask asked calls demanded"""
)
FAILING = word_set(
    """fail fails failed failing refuse refuses refused refusing decline declines declined declining failure refusal
    unable"""
)
PREVENTED = word_set(
    "foil foiled foils thwart thwarted prevent prevented averted avert cancelled canceled aborted called-off"
)
POSSIBLE_BEFORE = word_set(
    """possible potential alleged suspected likely feared imminent threatened possibly probably reportedly allegedly
    apparently"""
)
POSSIBLE_MODALS = word_set("may might could would can")
FUTURE_MODALS = word_set("will shall 'll ’ll")
NOBODY = word_set("no nobody none neither zero")
NOT_THE_DEED = word_set("involvement responsibility behind role part links link complicity hand responsible involved")
"""What is denied where one of these stands before the deed: somebody's part in it, not that it happened."""
