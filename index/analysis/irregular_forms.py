"""English words whose forms a stemmer cannot join: "met" and "meet", "women" and "woman".

Only forms with one likely meaning in the news; "lay", "wound" or "bound" would join strangers.
"""

from __future__ import annotations

from types import MappingProxyType

_FORMS = """
arise arose arisen; awake awoke awoken; bear bore borne; beat beaten; become became; begin began
begun; bend bent; bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred;
bring brought; build built; burn burnt; buy bought; catch caught; choose chose chosen; come came;
creep crept; deal dealt; die dying; dig dug; draw drew drawn; dream dreamt; drink drank drunk;
drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found;
flee fled; fly flew flown flies; forbid forbade forbidden; forecast forecasted; foresee foresaw
foreseen; forget forgot forgotten; forgive forgave forgiven; freeze froze frozen; get got gotten;
give gave given; go went gone goes; grow grew grown; hang hung; hear heard; hide hid hidden;
hold held; keep kept; know knew known; lead led; lean leant; leap leapt; learn learnt; leave left;
lend lent; light lit; lose lost; make made; mean meant; meet met; mistake mistook mistaken;
outgrow outgrew outgrown; overcome overcame; oversee oversaw overseen; overtake overtook overtaken;
overthrow overthrew overthrown; pay paid; prove proven; rebuild rebuilt; repay repaid; ride rode
ridden; ring rang rung; rise rose risen; run ran; say said; see saw seen; seek sought; sell sold;
send sent; shake shook shaken; shine shone; shoot shot; show shown; shrink shrank shrunk; sing sang
sung; sink sank sunk; sit sat; sleep slept; slide slid; speak spoke spoken; speed sped; spell
spelt; spend spent; spill spilt; spin spun; spoil spoilt; spring sprang sprung; stand stood;
steal stole stolen; stick stuck; sting stung; stink stank stunk; strike struck stricken;
strive strove striven; swear swore sworn; sweep swept; swim swam swum; swing swung; take took taken;
teach taught; tear tore torn; tell told; think thought; throw threw thrown; undergo underwent
undergone; understand understood; undertake undertook undertaken; uphold upheld; wake woke woken;
wear wore worn; weave wove woven; weep wept; win won; withdraw withdrew withdrawn; withhold
withheld; withstand withstood; wring wrung; write wrote written;
child children; calf calves; foot feet; goose geese; half halves; knife knives; leaf leaves; loaf
loaves; man men; mouse mice; ox oxen; shelf shelves; thief thieves; tooth teeth; wife wives;
wolf wolves; woman women; crisis crises; analysis analyses; medium media; criterion criteria;
fireman firemen; policeman policemen; policewoman policewomen; fisherman fishermen;
councilman councilmen; councilwoman councilwomen; congressman congressmen; gunman gunmen;
spokesman spokesmen; spokeswoman spokeswomen; businessman businessmen; sportsman sportsmen
"""


def _by_form() -> dict[str, str]:
    rows = (row.split() for row in _FORMS.split(";"))
    return {form: base for base, *forms in rows for form in forms}


BASE_OF = MappingProxyType(_by_form())
