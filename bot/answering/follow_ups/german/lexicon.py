"""German words by what they do in a question; in place of a parser. All in lower case."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a text, each once."""
    return frozenset(text.split())


ADVERBIAL = words("warum wieso weshalb weswegen wann wo wohin woher wie")
"""Question words behind which a whole sentence follows: "warum wurde sie geschlossen"."""
QUESTION_WORDS = ADVERBIAL | words(
    "was wer wen wem wessen welche welcher welches welchen welchem womit worüber wozu wofür wogegen"
    " wodurch woran"
)
MEASURED = words("lange viel viele oft hoch teuer alt groß weit spät schnell stark schwer")
"""What may stand between "wie" and the verb."""

AUXILIARIES = words(
    "ist sind war waren wird werden wurde wurden hat haben hatte hatten kann können konnte konnten"
    " soll sollen sollte sollten muss müssen musste mussten darf dürfen durfte durften will wollen"
    " wollte wollten würde würden wäre wären hätte hätten mag möchte möchten"
)
PREPOSITIONS = words(
    "über zu zum zur von vom in im ins an am ans auf aufs aus bei beim bis durch für gegen"
    " gegenüber mit nach seit um unter vor während wegen zwischen hinter neben ohne trotz laut"
)
CONTRACTED = {
    **dict.fromkeys(("im", "ins"), "in"),
    **dict.fromkeys(("am", "ans"), "an"),
    **dict.fromkeys(("zum", "zur"), "zu"),
    "aufs": "auf",
    "beim": "bei",
    "vom": "von",
}
OF_PLACES = words("in bei an nach aus auf")
OF_TOPICS = words("über zu")
"""What stands before what somebody speaks about; one is as good as the other."""

DETERMINERS = words(
    "der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen diesem"
    " kein keine keinen alle jeder jede jedes manche"
)
PRONOUNS = {
    **dict.fromkeys(("er", "sie", "es"), "nominative"),
    **dict.fromkeys(("ihm", "ihr", "ihnen"), "dative"),
    "ihn": "accusative",
}
POSSESSIVES = words("sein seine seiner seines seinen seinem ihr ihre ihrer ihres ihren ihrem")
GENDERS = {
    "er": "m",
    "ihn": "m",
    "ihm": "mn",
    "es": "n",
    **dict.fromkeys(("sie", "ihr", "ihnen"), "f"),
}
"""Which genders a pronoun may stand for; the plural is as the feminine."""

ARTICLES = {
    ("m", "nominative"): "der",
    ("m", "accusative"): "den",
    ("m", "dative"): "dem",
    ("f", "nominative"): "die",
    ("f", "accusative"): "die",
    ("f", "dative"): "der",
    ("n", "nominative"): "das",
    ("n", "accusative"): "das",
    ("n", "dative"): "dem",
}
GENDER_OF_SUBJECT = {
    **dict.fromkeys(("der", "den", "dieser", "diesen", "einen"), "m"),
    **dict.fromkeys(("die", "diese", "eine"), "f"),
    **dict.fromkeys(("das", "dieses"), "n"),
}
GENDER_BEHIND_PREPOSITION = {
    **dict.fromkeys(("die", "der", "zur", "diese", "dieser", "eine", "einer"), "f"),
    **dict.fromkeys(("das", "ins", "dieses"), "n"),
}

ONE_THING = ("ion", "ung", "heit", "keit", "tät", "schaft", "ik", "ei", "anz", "enz", "ur")
"""How nouns end that are one thing, and feminine."""

ABOUT_THAT = words("dazu darüber davon dagegen damit dafür daran")
THERE = words("da dort dorthin")
ADVERBS = words(
    "nicht auch noch schon wieder jetzt heute gestern morgen immer nie nun bald dann dabei"
    " eigentlich genau sonst denn mal bereits erst nur so sehr mehr weniger hier"
)
SEAMS = words("und oder aber sondern weil dass ob wenn als obwohl während damit denn")
FUNCTION_WORDS = (
    QUESTION_WORDS
    | AUXILIARIES
    | PREPOSITIONS
    | DETERMINERS
    | PRONOUNS.keys()
    | POSSESSIVES
    | ABOUT_THAT
    | THERE
    | ADVERBS
    | SEAMS
    | words("ich du wir mich mir uns sich man bitte ja nein okay ok")
)
IMPERSONAL = words(
    "gibt gab geht ging regnet schneit heißt hieß kommt kam dauert dauerte stimmt wahr möglich"
    " wahrscheinlich spät warm kalt sicher richtig"
)
"""Words beside which "es" stands for nothing."""

TELLING = FUNCTION_WORDS - words("was war in an am so will die man um hat also den des mal bei")
"""Words that only German has: none of these is English, too."""
