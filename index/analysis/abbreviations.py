"""English abbreviations, and the words that open or continue a sentence after one.

Word lists only: lower-case, without the final period. What they mean is in sentence_rules.py.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# a name follows: the period never ends a sentence
TITLES = _words("""
mr mrs ms mx dr prof sen sens rep reps gov govs gen lt col maj capt cpt sgt cpl pvt cmdr cmdt adm
brig rev fr hon pres sec supt insp det messrs mme mmes mlle ste amb atty asst bro cllr pfc spc
""")

# a number follows, or else it is an ordinary word ("The answer was no. Everyone left.")
BEFORE_NUMBERS = _words("""
no nos p pp art sec ch vol rte rt fig sect par para ca c approx route est app ex pt op opp
""")

# the period ends a sentence only where the next word opens one
NAME_ENDS = _words("jr sr inc corp co cos ltd plc bros llc univ assn assoc esq ret dept dist")
PLACES = _words("""
st mt ft ave blvd rd hwy pkwy ala ariz ark calif colo conn fla ga kan ky md mich minn miss mont neb
nev okla ore pa penn tenn tex vt va wis wyo w.va
""")
CALENDAR = _words("jan feb mar apr jun jul aug sept sep oct nov dec tue tues thu thur thurs")
MEASURES = _words("mph km cm kg lb lbs oz yr yrs mos hr hrs sq approx est tel ext pts yds gp mi yd")
LATIN = _words("etc al i.e e.g cf ca viz v vs")
REFERENCES = _words("fig figs vol vols pp eds messrs sect rte")
DOTTED = _words("""
a.m p.m u.s u.k u.n e.u d.c u.s.a u.s.s.r u.a.e n.y n.j n.h n.c n.d n.m s.c s.d r.i w.va l.a b.c
n.s.w ph.d m.d b.a m.a b.s j.d ll.d d.d.s r.n m.p r-texas d-calif
""")

VERSUS = frozenset({"v", "vs"})
HOURS = frozenset({"a.m", "p.m"})

ABBREVIATIONS = TITLES | NAME_ENDS | PLACES | CALENDAR | MEASURES | LATIN | REFERENCES | DOTTED

# words that open a sentence after an abbreviation, and rarely stand capitalised inside a name
OPENERS = _words("""
a about according additionally after all also although among an and another any anyone around as
asked at be because before besides both but by can critics despite did do does during each
earlier either even everyone every few finally first following for from further furthermore had has
have he her here his how however i i'm i've if in indeed instead investigators is it it's its just
last later lawmakers let like many meanwhile more moreover most much my nearly neither neighbors
nevertheless next no nobody none nonetheless nor not nothing now of officers officials often on
once one only or other others our over perhaps police prosecutors rather recently residents
separately several she she's shortly similarly since so some somehow someone still such that that's
the their then there there's these they they're this those though three through thus to today
together two under unless unlike until upon was we we're we've were what what's when where whether
which while who why will with witnesses within without yes yesterday yet you you're your
""")

# words that continue a time of day: "9 a.m. Monday", "5 p.m. ET"
TIME_WORDS = _words("""
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
january february march april may june july august september october november december jan feb mar
apr jun jul aug sept sep oct nov dec et est edt ct cst cdt mt mst mdt pt pst pdt gmt bst utc cet
cest ist aest aedt jst hkt sgt eastern central mountain pacific greenwich local
""")

# no sentence begins with what ends a company's or a person's name
NAME_TAILS = _words("inc inc. corp corp. ltd ltd. llc plc co. jr jr. sr. bros. esq.")

# verbs of speech: “Stop!” Lopez said
SPEECH = _words("""
said says say asked asks told tells added adds wrote writes tweeted replied replies shouted declared
exclaimed recalled insisted argued warned quipped joked posted continued concluded wondered yelled
explained noted remarked responded answered cried screamed whispered chanted
""")
