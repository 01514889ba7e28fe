import pytest

from bot.answering import confidence_features, passage_features, sentence_features
from bot.answering.learned.linear import sum_of
from bot.answering.phrases import phrase


@pytest.mark.parametrize(
    ("description", "value", "told"),
    [
        ("of the question is in its title", 0.426, "43 % of the question is in its title"),
        ("more is covered by its title", 0.0, "0 % more is covered by its title"),
        ("how new its article is", -0.0, "how new its article is: 0.00"),
        ("logarithm of its rank", 0.693, "logarithm of its rank: 0.69"),
        ("opens its article", 1.0, "opens its article"),
        ("opens its article", 0.0, "does not open its article"),
        ("is in capitals", 0.0, "is not in capitals"),
        ("has numbers", 0.0, "does not have numbers"),
        ("the question asks who", 0.0, "the question does not ask who"),
        ("names what most name", 0.25, "names what most name (0.25)"),
    ],
)
def test_a_number_is_told_as_a_phrase(description, value, told):
    assert phrase(description, value) == told


@pytest.mark.parametrize("module", [confidence_features, passage_features, sentence_features])
def test_whatever_is_measured_can_be_told_when_it_is_not_so(module):
    for description in module.DESCRIPTIONS.values():
        assert phrase(description, 0.0) != description, description


def test_a_measure_is_told_once_with_all_it_brought():
    brought = [
        ("title", 0.5, 0.8),
        ("lead", -0.25, 0.0),
        ("relative_title", -0.2, 1.0),
        ("near", 0.0, 1.0),
        ("relative_near", 0.1, 1.0),
    ]
    names = {"title": "of it is in the title", "lead": "opens it", "near": "of it is near"}
    names |= {f"relative_{name}": f"{told}, beside the best" for name, told in names.items()}
    told = sum_of("the sum of", brought, names.__getitem__, start=1.0)
    assert told.value == pytest.approx(1.15)
    assert [(round(each.value, 2), each.description) for each in told.details] == [
        (0.3, "80 % of it is in the title"),
        (-0.25, "does not open it"),
        (0.1, "100 % of it is near"),
    ]
    assert [each.description for each in told.details[0].details] == [
        "80 % of it is in the title",
        "100 % of it is in the title, beside the best",
    ]
