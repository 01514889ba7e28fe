"""What is never shown, whatever is asked."""

import pytest

UNWANTED = ("READ MORE", "via Harbour Pictures", "Facebook", "newsletter")


@pytest.mark.parametrize("shown", ["quotes", "hits"])
def test_no_caption_or_call_to_follow_is_ever_shown(sample, shown):
    texts = [each.text for reply in sample.run.replies.values() for each in getattr(reply, shown)]
    assert len(texts) > 100
    for text in texts:
        assert not [words for words in UNWANTED if words in text], text
