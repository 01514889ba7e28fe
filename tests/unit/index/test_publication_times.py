import pytest

from index.model import PublicationTime


@pytest.mark.parametrize("text", ["2026-03-04", "2026-03-04T12:30:00+00:00"])
def test_a_publication_time_survives_being_written(text):
    assert PublicationTime.fromisoformat(text).isoformat() == text
