"""Words by what they do in a question; in place of a parser. All in lower case."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a text, each once."""
    return frozenset(text.split())


QUESTION_WORDS = words("what when where which who whom whose why how")
ADVERBIAL = frozenset({"why", "when", "where", "how"})
"""Question words behind which a whole sentence follows: "why did it close"."""

BE = words("is are was were be been being am isn't aren't wasn't weren't")
HAVE = words("has have had hasn't haven't hadn't")
DO_AND_MODAL = words(
    "do does did don't doesn't didn't will won't would wouldn't can can't could couldn't shall"
    " should shouldn't may might must"
)
AUXILIARIES = BE | HAVE | DO_AND_MODAL

PREPOSITIONS = words(
    "about above across after against along among around at before behind below beside between by"
    " concerning despite down during for from in inside into near of off on onto out outside over"
    " past regarding since through throughout to toward towards under until up upon via with within"
    " without"
)
OF_PLACES = words("in at near from to outside inside across around")
DETERMINERS = words(
    "the a an this that these those his her its their my your our some any no every each"
)
POSSESSIVES = frozenset({"his", "her", "its", "their"})
PEOPLE = frozenset({"he", "him", "she", "her", "his"})
SEVERAL = frozenset({"they", "them", "their"})
PRONOUNS = PEOPLE | SEVERAL | {"it", "its"}
SEAMS = words(
    "and or but nor while whereas because if whether that which who whom whose when where why how"
    " as than though although so"
)
"""Words behind which another clause may begin."""

ADVERBS = words(
    "again already also actually always even ever exactly finally first just later maybe never next"
    " not now often once only really recently soon still then there today tomorrow too yesterday"
    " yet else anyway instead together here"
)
FUNCTION_WORDS = (
    QUESTION_WORDS
    | AUXILIARIES
    | PREPOSITIONS
    | DETERMINERS
    | PRONOUNS
    | SEAMS
    | ADVERBS
    | words("i you we me us one ones much many more most going there please ok okay")
)
SAYING = words(
    "say said says tell told think thinks thought announce announced claim claimed call called"
    " comment commented argue argued promise promised warn warned speak spoke talk talked ask"
    " asked"
)
VERBS = SAYING | words(
    "accept add admit agree aim allow appeal approve arrest arrive attack attend ban beat become"
    " begin believe bid block borrow break bring build buy cancel cast cause change charge choose"
    " close come confirm consider control convince cook cost cover crash create criticise criticize"
    " cut deal debate decide declare defeat defend delay demand deny design destroy develop die"
    " discover dismiss do draw drive drop earn elect end enter escape expand expect explain face"
    " fail fall fear feel fight file find fine finish fire fix flee fly follow force found gain get"
    " give go grow happen have hear help hide hire hit hold hope host improve include increase"
    " injure introduce invest investigate invite issue join keep kill know land last launch lay"
    " lead learn leave lend let like live look lose lower make manage mean meet merge miss move"
    " name need offer open oppose order own pass pay plan play pledge postpone predict prepare"
    " present prevent produce propose protect prove provide publish pull punish put quit raise"
    " reach react read receive record reduce refuse reject release remain remove reopen repair"
    " replace reply report request rescue resign respond return reveal rise rule run save score see"
    " seek seize sell send sentence serve set settle shoot shout show shut sign sink sleep speak"
    " spend split stand start stay steal stop strike sue suffer support surrender survive swear"
    " take talk test threaten trade train travel try turn use veto visit vote walk want win"
    " withdraw work write"
)
PREDICATES = words(
    "born built bought broken brought caught chosen closed cut dead found given gone held hit hurt"
    " ill kept killed known late laid led left lost made meant met open paid put ready right safe"
    " seen sent set shot shut sold spent split stolen stuck sunk taken thrown told torn true won"
    " worn worth wrong written"
)
"""What may stand behind a form of "be" and a subject, beside words in -ed and -ing."""

PERSONS = words(
    "actress boss boy captain ceo champion chancellor chief clerk coach cop dean diva girl guard"
    " guest head heir hero host judge king lady man monk nurse patient pilot poet police pope"
    " president priest prince princess queen suspect thief umpire victim wife husband witness woman"
    " deputy secretary spokesman spokeswoman chair chairman"
)
_OF_PERSONS = ("er", "or", "ist", "man", "woman", "ee", "ian")
_NO_PERSONS = words(
    "river paper newspaper tower water number order power winter summer shower border corner cover"
    " computer motor floor door sector tractor reactor factor error harbor harbour"
    " weather chapter letter matter quarter semester theater theatre center server"
    " tanker ladder former other another over committee fee coffee tree degree list"
    " forest ocean"
)


def is_person(word: str) -> bool:
    """Whether a noun in lower case is most likely that of a person."""
    return word in PERSONS or (word.endswith(_OF_PERSONS) and word not in _NO_PERSONS)


def is_plural(word: str) -> bool:
    """Whether a noun in lower case looks like several things."""
    return word in {"people", "police", "children", "men", "women"} or (
        word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
    )


_ACTING = words(
    "council government police union company party court committee commission bank club team board"
    " ministry opposition army navy church firm group agency senate parliament congress"
)


def acts(word: str) -> bool:
    """Whether a noun in lower case is that of a person or of a body of people."""
    return word in _ACTING or is_person(word)
