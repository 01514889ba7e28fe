"""Words that made-up news is made of. Nothing but tuples; a sentence picks one of each."""

from __future__ import annotations

ONSETS = (
    *("b", "br", "c", "cl", "cr", "d", "dr", "f", "fl", "g", "gl", "gr", "h", "j", "k", "l"),
    *("m", "n", "p", "pl", "qu", "r", "s", "sk", "sl", "st", "str", "t", "th", "tr", "v", "w"),
)
NUCLEI = ("a", "e", "i", "o", "u", "ae", "ea", "ie", "oa", "ou")
CODAS = ("", "ck", "ld", "lm", "n", "nd", "ng", "r", "rn", "rt", "sk", "ss", "th", "x")
TOWN_ENDINGS = ("bury", "combe", "dale", "ford", "ham", "haven", "mouth", "stead", "ton", "wick")
FIRST_NAMES = (
    *("Adela", "Benno", "Calla", "Dorrit", "Edwin", "Farida", "Gustav", "Hanna", "Ines", "Jorun"),
    *("Kasimir", "Leonie", "Mirela", "Nils", "Oriel", "Pavel", "Quentin", "Rosalba", "Sunniva"),
    *("Tadeo", "Ulla", "Viggo", "Wanda", "Xenia", "Yusuf", "Zelda"),
)
ROLES = (
    *("mayor", "harbour master", "head teacher", "treasurer", "chief engineer", "coroner"),
    *("librarian", "ferry captain", "market warden", "fire chief", "bishop", "museum director"),
)
BODIES = (
    *(
        "council",
        "harbour board",
        "water company",
        "school board",
        "farmers' union",
        "tram company",
    ),
    *("theatre trust", "fishing guild", "hospital board", "chamber of trade", "rowing club"),
)
PROJECTS = (
    *("tunnel", "footbridge", "tram line", "library", "seawall", "hospital wing", "reservoir"),
    *("lighthouse", "swimming pool", "market hall", "wind farm", "observatory", "fish market"),
)
CAUSES = (
    *("a crack in its main beam", "a colony of bats under its roof", "a leak in the gas pipe"),
    *("a fire in the engine room", "a missing safety certificate", "a landslide above the road"),
    *("a strike of the night shift", "an unexploded shell in the mud", "a flooded cellar"),
)
ADJECTIVES = (
    *("anxious", "brittle", "careful", "costly", "crowded", "distant", "early", "empty", "famous"),
    *("former", "frozen", "gloomy", "hasty", "hidden", "honest", "idle", "joint", "late", "local"),
    *(
        "lonely",
        "loud",
        "modest",
        "muddy",
        "narrow",
        "nervous",
        "new",
        "northern",
        "old",
        "patient",
    ),
    *("plain", "polite", "private", "quiet", "rusty", "secret", "shallow", "silent", "southern"),
    *("stubborn", "sudden", "tidy", "uneven", "vast", "weary", "western", "wooden", "young"),
)
PEOPLE = (
    *("actors", "bakers", "beekeepers", "bell ringers", "builders", "cyclists", "dentists"),
    *("divers", "farmers", "gardeners", "grocers", "inspectors", "joiners", "landlords", "lawyers"),
    *("midwives", "miners", "musicians", "neighbours", "nurses", "painters", "parents", "plumbers"),
    *("porters", "printers", "pupils", "sailors", "shepherds", "shopkeepers", "surveyors"),
    *("teachers", "tenants", "tourists", "traders", "vets", "visitors", "weavers", "widows"),
)
THINGS = (
    *("archive", "bakery", "barn", "boiler", "budget", "canal", "chapel", "charter", "clock"),
    *("contract", "crane", "ditch", "engine", "fence", "festival", "garden", "gate", "harvest"),
    *("kiosk", "lease", "letter", "lift", "mast", "meadow", "mill", "orchard", "organ", "path"),
    *("pension", "petition", "pier", "playground", "quarry", "register", "report", "roof", "rota"),
    *("school bus", "signal box", "statue", "station", "survey", "tariff", "timetable", "tower"),
    *("vault", "verdict", "vineyard", "warehouse", "well", "workshop"),
)
DEEDS = (
    *("abandoned", "admired", "auctioned", "blamed", "blocked", "borrowed", "cleaned", "counted"),
    *("defended", "delayed", "doubled", "examined", "finished", "forgot", "guarded", "inherited"),
    *("inspected", "lost", "measured", "mended", "mocked", "moved", "opened", "painted", "praised"),
    *("questioned", "rebuilt", "refused", "rented", "repaired", "replaced", "restored", "saved"),
    *("searched", "sketched", "sold", "studied", "surrounded", "toured", "visited", "watched"),
)
OCCASIONS = (
    *("after the storm", "before dawn", "during the fair", "for a wager", "in spite of the rain"),
    *("on market day", "once a fortnight", "since the spring", "under police guard"),
    *("until the money ran out", "while the tide was low", "with borrowed tools"),
    *("without a permit", "against all advice", "at the third attempt", "by candlelight"),
)
SAYINGS = ("added", "admitted", "explained", "insisted", "joked", "recalled", "replied", "said")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SECTIONS = ("Business", "Culture", "Local", "Politics", "Science", "Sport")
