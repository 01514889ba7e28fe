"""The documents' pictures are there, light to load, and told to who cannot see them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = ["README.md", "docs/commands.md"]
SCREENSHOTS = ROOT / "docs" / "screenshots"
MOST_BYTES = 150_000


def pictures_of(name: str) -> list[tuple[str, Path]]:
    """What is told of each picture of a document, and where it is."""
    document = ROOT / name
    named = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", document.read_text(encoding="utf-8"))
    return [(told, document.parent / path) for told, path in named]


NAMED = [picture for name in DOCUMENTS for picture in pictures_of(name)]


def test_the_readme_begins_with_a_picture():
    before = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## ")[0]
    assert "](docs/screenshots/" in before


@pytest.mark.parametrize(("told", "path"), NAMED)
def test_every_picture_is_there_and_light(told: str, path: Path):
    assert 0 < path.stat().st_size < MOST_BYTES
    assert len(told) > 10


def test_every_picture_is_shown_somewhere():
    shown = {path for _, path in NAMED if path.parent == SCREENSHOTS}
    assert set(SCREENSHOTS.iterdir()) == shown


def test_every_screenshot_is_what_its_name_says():
    for path in SCREENSHOTS.iterdir():
        content = path.read_bytes()
        assert (path.suffix, content[:4] + content[8:12]) == (".webp", b"RIFFWEBP")
