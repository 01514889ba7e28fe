"""English words that are in almost every passage and say nothing about what it is about."""

from __future__ import annotations

# negations ("no", "not") stay terms: they stand in names ("No Time to Die") and weigh little
_WORDS = """
a about above after again against all also am an and any are as at be because been before being
below between both but by can could did do does doing down during each few for from further had has
have having he her here hers herself him himself his how i if in into is it its itself just let me
might more most must my myself nor now of off on once only or other ought our ours ourselves out
over own per same shall she should so some such than that the their theirs them themselves then
there these they this those through to too under until up upon us very via was we were what when
where whether which while who whom whose why will with would yet you your yours yourself yourselves
ain't aren't can't cannot couldn't didn't doesn't don't hadn't hasn't haven't isn't mightn't mustn't
needn't shan't shouldn't wasn't weren't won't wouldn't
arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt neednt shouldnt wasnt
werent wont wouldnt
im ive youre youve theyre theyve weve hes shes thats whats wheres theres heres whos lets
d ll m re s t ve a.m e.g i.e
"""

STOP_WORDS = frozenset(_WORDS.split())

# written like this, a stop word is a name: the World Health Organization, not "who"
NAMES_LIKE_STOP_WORDS = frozenset({"US", "IT", "WHO"})
