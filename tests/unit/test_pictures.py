"""The README's pictures are there, light to load, and told to who cannot see them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
SCREENSHOTS = ROOT / "docs" / "screenshots"
MOST_BYTES = 150_000


def test_the_readme_begins_with_a_picture():
    before = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## ")[0]
    assert "](docs/screenshots/" in before


@pytest.mark.parametrize(("told", "path"), NAMED)
def test_every_picture_of_the_readme_is_there_and_light(told, path):
    assert 0 < (ROOT / path).stat().st_size < MOST_BYTES
    assert len(told) > 10


def test_every_picture_is_in_the_readme():
    taken = {path.relative_to(ROOT).as_posix() for path in SCREENSHOTS.iterdir()}
    assert taken == {path for _, path in NAMED if path.startswith("docs/screenshots/")}


def test_every_screenshot_is_what_its_name_says():
    for path in SCREENSHOTS.iterdir():
        content = path.read_bytes()
        assert (path.suffix, content[:4] + content[8:12]) == (".webp", b"RIFFWEBP")
