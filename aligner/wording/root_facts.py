"""Facts about the building of English words, for `roots`: endings, odd families, false steps."""

from __future__ import annotations

from typing import Final, NamedTuple


class Ending(NamedTuple):
    """An ending, what it makes of what, and what it may have replaced."""

    ending: str
    makes: str  # parts of speech of the derived word: N noun, V verb, A adjective, R adverb
    of: str  # parts of speech of the word it is built on
    restored: tuple[str, ...]


def _endings(table: str) -> tuple[Ending, ...]:
    rows = (line.split() for line in table.strip().splitlines())
    return tuple(
        Ending(ending, makes, of, tuple(r.removeprefix("-") for r in restored))
        for ending, makes, of, *restored in rows
    )


def _groups(table: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(group.split()) for group in table.split(";"))


# The columns are those of `Ending`; "-" alone restores nothing: act-ion, but innovat-e.
ENDINGS: Final = _endings("""
ability N A -able
able A V - -e -ate
acity N A -acious
acy N AN -ate -at
age N VN - -e -y
al A N - -e
al N V - -e
ally R AN -ic
an A N - -a -e
ance N VA - -e -ant
ancy N AV -ant -
ant AN V - -e -ate
ant AN N -ation
arial A N -ary
arison N V -are
ary A N - -e
ary AN NA - -e -y
ate V NA - -e
ated AV N - -e
ated A N -ation
atic A N - -acy -y -a
ation N V - -e -ate
ational A N -ation
ative A V - -e
atory A N -ation
atory AN V - -e -ate
ce N V -se
cial A N -ce
cy N AN -t -te
dom N AN -
ed A N - -e
ee N V - -e
emption N V -eem
en V AN - -e
ence N VA - -e -ent
ency N AV -ent -
ent AN V - -e
ention N V -ain -ene
eption N V -eive
er N V - -e
ernor N V -ern
ery N V -er - -e
ese AN N - -a
etary A N -ey
etic A N -y -esis -esia
etical A NA -y -etic
eyor N V -ey
f N V -ve
ful A NV -
hood N N -
ia N A -ic
iability N A -iable
iable A V -y
iage N V -y
ial A N - -y -e -ia
ial N V -y
ian A N -y -
ian NA N - -y -ics -ia
iance N V -y
iant AN V -y
ibility N A -ible
ible A V - -e
ic A N - -y -e -ics
icable A V -y
ical A NA -y -ic -ics
ication N V -y
icity N A -ic
ics N N - -y
ier N V -y
iety N A -ious
ification N V -ify
iful A N -y
ify V AN - -e -y
ility N A -le
ily R A -y
iness N A -y
ing N V - -e
ion N V - -e
ional A N -ion
ionary A N -ion
ious A NV -ion -y -e
iption N V -ibe
iry N V -ire
ish A N -
isition N V -ire
ism N AN - -y -e -ic
ist N NA - -y -e -ism -ics
istic A N -ism -ist
istry N N -ister -ist
ition N V -e - -ete
itive A V -ete -e -
ity N A - -e
ive AN VNA - -e
ization N V -ize
ize V AN - -e -y -ic
ized A V -ize
ly A N -
ly R AV - -le
ly R A -al
ment N V - -e
ness N A -
nse N V -nd
ographic A N -ography
ology N N -
orize V N -ority
ory A VN - -e
ous A N - -e -y
ption N V -be
ral A N -er
rance N V -er
ration N V -er
rative A V -er
ric A N -er
rical A N -er
rption N V -rb
ry N N -
ship N N -
sion N V -d -de -t -se -s -ss
sive A V -d -de -se -t
some A N -
sor N V -s -se
ssible A V -t
ssion N V -t -de
ssive A V -t -d
th N A -
tial A N -ce -t
tific A N -ce
tion N V -t
tor N V -t -te
ty N A - -e
ual A N - -e
ual A V -ue
uction N V -uce
uctive A V -uce
uity N VA -ue
ular A N -le -ule
umption N V -ume
uous A V -ue
ure N V - -e
ution N V -ve
vor N V -ve
y A N - -e
ysis N V -yze
yst N V -yze
ytic A N -ysis
ytical A N -ysis
zation N V -ze
""")
# Persons that do or bear something: two such words of one root are two persons.
PERSONS: Final = ("ee", "eer", "er", "ist", "or")
# Roots shorter than four letters that are no chance.
SHORT_ROOTS: Final = frozenset(
    "act add aid air art bid buy cut law own pay rob run sea sun tax use war win".split()  # noqa: SIM905 - reads best as words
)
# Families that no ending shows.
FAMILIES: Final = _groups("""
africa african; america american; arbitral arbitrate; asia asian; australia australian; automate
automatic; base basic basis; beneficiary benefit beneficial; birth born; breadth broad; britain
british; canada canadian; china chinese; choice choose; clarity clear clarify; corporate
corporation; death die dead; deep depth deepen; defense defend defensive; destroy destruction
destructive; diabetes diabetic; diagnose diagnosis diagnostic; difficult difficulty; emphasis
emphasize; enter entry entrance; europe european; expense expend expenditure; explain explanation;
france french; gene genetic; germany german; gift give; grow growth; height high heighten;
identical identify identity; india indian; italy italian; japan japanese; judge judgment judicial
judiciary; korea korean; life live lively; literature literary; long length lengthen; lose loss;
maintain maintenance; math mathematics mathematical; necessary necessity; number numerous
numerical; pharmacy pharmaceutical; politics political politician; poor poverty; produce product;
proof prove; recognition recognize; remedy remedial; repeat repetition; russia russian; sale sell;
sanitation sanitary sanitize; science scientific scientist; see sight; significant signify; sit
seat; society social societal; space spatial; speak speech; strategy strategic strategist; strong
strength strengthen; succeed success successful succession; surgery surgical; sustain sustenance
sustainable; taiwan taiwanese; taught teach; therapy therapeutic; think thought; true truth;
variety various vary; vietnam vietnamese; viral virus; voluntary volunteer; warm warmth; weight
weigh; wide width widen; young youth
""")
# Steps that the endings would allow and that lead to another meaning.
FALSE_STEPS: Final = frozenset(
    _groups("""
accessory access; apartment apart; bandage band; billion bill; business busy; cant cation; career
care; caution cave; comment come; commission commit; committee commit; competence compete;
competency compete; competent compete; complication comply; compliment comply; constitution
constitute; corner corn; counter count; country count; county count; curious cure; currency
current; customer custom; department depart; designate design; designation design; donate done;
earring ear; emergency emergent; evening even; feed fee; final fine; finance fine; flower flow;
former form; formula form; found find; fusion fuss; generally generic; grant grate; holy hole;
importance import; important import; important importation; instance instant; intensive intend;
journal journey; letter let; listen list; liver live; mansion manse; martial mart; massive mass;
master mass; median media; message mess; meter mete; million mill; mineral miner; mission miss;
mission mist; modify mode; moral more; mutation mute; mutual mute; native nate; objection object;
objective object; organic organ; organism organ; organism organic; organize organ; organize
organic; partial party; partly party; party part; passion pass; passive pass; pastry past; petition
pete; physician physic; physician physics; plant plate; portal port; position pose; position posit;
positive pose; positive posit; priority prior; professor profess; property proper; rant ration;
ration rate; rational ration; ready read; replication reply; savor save; savory save; secretary
secret; sense send; sensitive sense; signal sign; slipper slip; stable state; station state;
stationery station; storage story; subjective subject; summary sum; summer sum; surgery surge;
template temple; tender tend; tension tent; thematic them; tradition trade; treaty treat; unclean
uncle; usual use; vacant vacation; vacation vacate; venture vent; verify very; version verse;
vision vise
""")
)
# Endings that change places in learned words, which the lexicon mostly lacks.
UNKNOWN_FAMILIES: Final = tuple(
    tuple(family)
    for family in _groups("""
ate ated ating ation ative ator ant; sis tic tics; esia etic etics etist etize etized etizing;
ize ized izing ization; ify ified ifying ification; e ed ing ion ive or
""")
)
# Words that begin like a prefix and a word, and mean something else than the two.
OPAQUE: Final = frozenset(
    """misgive mischief missile mission mistake react reaction rebound recall recede reception
    recess recite reclaim recoil recommend record recount recourse recover recreation redress
    refine reflect reform refrain refresh refund refuse regain regard register rehearse relate
    relation relay release relief relieve remain remark remedy remind remit remorse remove repair
    repast repeal repent replace report repose represent reprieve reprimand reproach reprove
    republic request require research resent reserve reside resident resign resist resolve resort
    resource respect respond response restaurant restore restrain restrict result resume retail
    retain retire retort retreat return reveal revenue reverse review revise revive revolve reward
    subdue subject sublime submerge submission submit subordinate subpoena subscribe subsequent
    subside subsidy subsist substance substation substitute subtract suburb subversion subway
    unearth uniform union unique unison unit unite universal universe unless until""".split()  # noqa: SIM905 - reads best as words
)
