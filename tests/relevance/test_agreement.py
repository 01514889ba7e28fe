"""Our measures of the sample news are those that ir_measures finds in the same run."""

import pytest

from bot.evaluation.outside import measured_by_others

THEIRS = {
    "Success@1": "hits@1",
    "Success@4": "hits@4",
    "Success@10": "hits@10",
    "RR@10": "mrr@10",
    "nDCG@10": "ndcg@10",
}


@pytest.mark.parametrize("what", ["passage", "article"])
def test_the_sample_news_is_measured_as_ir_measures_does(sample, what):
    ours = sample.figures()
    theirs = measured_by_others(list(THEIRS), sample.run, sample.questions)[f"{what}s"]
    for name, figure in theirs.items():
        assert ours[f"{what}_{THEIRS[name]}"] == pytest.approx(figure, abs=1e-9), name
