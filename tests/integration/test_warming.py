"""`pullquote warm`, beforehand: in an image without news, and over news without a search index."""

import shutil
from pathlib import Path

from tests.integration.typed import pullquote

SAMPLE_NEWS = Path(__file__).parents[2] / "bot" / "demo" / "news"


def test_warming_without_news_compiles_and_leaves_nothing_behind(tmp_path):
    done = pullquote("warm", data_dir=tmp_path / "data")
    assert (done.returncode, done.stderr) == (0, "")
    compiled, index = done.stdout.splitlines()
    assert compiled.startswith("The search is compiled (")
    assert index == "There is no news yet."
    assert not (tmp_path / "data").exists()


def test_warming_builds_a_search_index_that_is_gone(tmp_path):
    assert pullquote("index", SAMPLE_NEWS, data_dir=tmp_path).returncode == 0
    shutil.rmtree(tmp_path / "segments")
    done = pullquote("warm", data_dir=tmp_path)
    assert done.returncode == 0
    assert "The search index holds " in done.stdout
    assert list((tmp_path / "segments").glob("*.segment"))
