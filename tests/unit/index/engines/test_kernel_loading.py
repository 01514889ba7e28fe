from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from index.engines.kernel_loading import KernelLoader, default_cache_dirs, folder_name
from index.ranking.building import Origin, SegmentBuilder
from index.ranking.collection import Collection, Found
from index.ranking.part import Part

ROOT = Path(__file__).parents[4]
# searches in memory and in a file, with and without removed passages, dates, marks and a bar
SEARCHES = """
import sys
import time
from pathlib import Path
from index.engines.kernel_loading import KernelLoader
from index.ranking.admission import Admission
from index.ranking.building import Origin, SegmentBuilder
from index.ranking.collection import Collection
from index.ranking.part import Part
from index.ranking.segment import Segment
from index.storage.segments.segment_file import open_segment_file, write_segment_file

folder, *cache_dirs = map(Path, sys.argv[1:])
loader = KernelLoader(cache_dirs)
if folder.name == "aside":
    loader.start()
    while loader._kernel is None and loader._thread.is_alive():
        time.sleep(0.05)
print("loaded", loader.load(), loader.current() is not None)

def built(first, count):
    builder = SegmentBuilder()
    for n in range(first, first + count):
        builder.add(Origin(n, n, n * 10**9), [["a", "b"] * (n % 3) + ["c"] * (n % 5 + 1)])
    return builder.build()

segment = built(1000, 900)
arrays = {name: [values] for name, values in segment.arrays.named().items()}
write_segment_file(folder / "a.segment", segment.meta, arrays)
file = open_segment_file(folder / "a.segment")
parts = [Part(built(1, 70)), Part(Segment.of(file.arrays, file.meta)), Part(built(5000, 1))]
plainly = Collection(parts)
compiled = Collection(parts, kernel=loader.current)
admissions = Admission(), Admission(since=20 * 10**9), Admission(required=("a",), excluded=("x",))
for gone in (), (3, 1500, 1501):
    for admission in admissions:
        for count in 1, 5, 1000:
            query = ["a", "c", "c"]
            found = compiled.removing(gone).search(query, count, admission)
            assert found == plainly.removing(gone).search(query, count, admission)
            assert found
print("searched")
if loader.current():
    from index.ranking.kernel.search import search
    print("signatures", len(search.signatures))
    if folder.name == "aside":
        print("compiled here", sum(search.stats.cache_misses.values()))
"""


class Ended(NamedTuple):
    code: int
    lines: list[str]
    told: str


def running(folder: Path, *cache_dirs: Path, before: Path | None = None) -> subprocess.Popen[str]:
    # measuring what numba does in there would take longer than all of it
    without = ("NUMBA_CACHE_DIR", "COVERAGE_PROCESS_START")
    environment = {name: value for name, value in os.environ.items() if name not in without}
    environment["PYTHONPATH"] = os.pathsep.join(map(str, [before, ROOT] if before else [ROOT]))
    folder.mkdir()
    return subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-c", SEARCHES, *map(str, [folder, *cache_dirs])],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def ended(process: subprocess.Popen[str]) -> Ended:
    out, told = process.communicate(timeout=400)
    return Ended(process.returncode, out.splitlines(), told)


def files_in(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


COMPILED = ["loaded True True", "searched", "signatures 1"]


@pytest.fixture(scope="module")
def machine_code(tmp_path_factory) -> Path:
    """What is compiled and kept, which the tests of this machine may have done already."""
    folder = tmp_path_factory.mktemp("compiled")
    done = ended(running(folder / "one", *default_cache_dirs()))
    assert (done.code, done.lines) == (0, COMPILED)
    # beside it may be what other versions of the kernel have left
    places = (place / folder_name() for place in default_cache_dirs())
    kept = next(place for place in places if place.is_dir())
    return copy_of(kept, folder / "kept" / kept.name).parent


def copy_of(machine_code: Path, folder: Path) -> Path:
    # files and their times as they were, since numba looks at them
    return shutil.copytree(machine_code, folder)


@pytest.fixture
def nowhere(tmp_path) -> Path:
    """A place that cannot be written, whoever asks: inside of a file."""
    path = tmp_path / "file"
    path.touch()
    return path / "folder"


@pytest.mark.skipif("NUMBA_CACHE_DIR" in os.environ, reason="machine code is kept elsewhere")
def test_machine_code_is_used_as_it_is_where_the_first_writable_place_has_it(
    tmp_path, nowhere, machine_code
):
    kept = copy_of(machine_code, tmp_path / "kept")
    before = files_in(kept)
    assert any(name.endswith(".nbc") for name in before)
    assert ended(running(tmp_path / "one", nowhere, kept)) == (0, COMPILED, "")
    assert files_in(kept) == before


@pytest.mark.skipif("NUMBA_CACHE_DIR" in os.environ, reason="machine code is kept elsewhere")
@pytest.mark.parametrize("has_own_place", [True, False])
def test_what_an_image_has_is_used_by_who_must_not_write_there(
    tmp_path, nowhere, has_own_place, machine_code
):
    image = copy_of(machine_code, tmp_path / "image")
    before = files_in(image)
    # permissions would not keep root from writing
    denying = tmp_path / "denying"
    denying.mkdir()
    (denying / "sitecustomize.py").write_text(
        "import os\n"
        "access = os.access\n"
        f"os.access = lambda path, mode: {str(image)!r} not in str(path) and access(path, mode)\n"
    )
    own = tmp_path / "own" if has_own_place else nowhere
    done = ended(running(tmp_path / "one", image, own, before=denying))
    assert done == (0, COMPILED, "")
    assert files_in(image) == before
    if has_own_place:
        # beside what other versions of the kernel may have left in the image
        copied = files_in(own)
        assert copied
        assert copied.items() <= before.items()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_machine_code_is_not_kept_where_others_may_put_theirs(tmp_path, machine_code):
    shared, own = tmp_path / "shared", copy_of(machine_code, tmp_path / "own")
    (name,) = (place.name for place in own.iterdir())
    (shared / name).mkdir(parents=True)
    (shared / name).chmod(0o777)
    before = files_in(own)
    assert ended(running(tmp_path / "two", shared, own)) == (0, COMPILED, "")
    assert files_in(shared) == {}
    assert files_in(own) == before


def test_without_any_place_it_is_compiled_all_the_same_and_told(tmp_path, nowhere):
    # by a process of its own, since the compiler gives no memory back
    done = ended(running(tmp_path / "aside", nowhere, nowhere))
    assert (done.code, done.lines) == (0, [*COMPILED, "compiled here 0"])
    assert "no place to keep the compiled search kernel" in done.told
    assert f"make {nowhere} or {nowhere} writable, or set NUMBA_CACHE_DIR" in done.told


@pytest.mark.parametrize("fault", ["raise ImportError('no llvmlite here')", "raise OSError(2)", ""])
def test_where_numba_does_not_work_numpy_answers(tmp_path, fault):
    package = tmp_path / "broken" / "numba"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(fault)
    done = ended(running(tmp_path / "one", tmp_path / "kept", before=package.parent))
    assert (done.code, done.lines) == (0, ["loaded False False", "searched"])
    assert "search kernel not compiled, NumPy answers" in done.told


def test_the_kernel_is_loaded_in_a_thread_once_it_is_asked_for():
    loader = KernelLoader()
    assert loader.current() is None
    loader.start()
    loader.start()
    assert loader.load()
    kernel = loader.current()
    assert kernel is not None
    assert loader.load()
    assert loader.current() is kernel


def test_four_threads_find_what_one_finds():
    loader = KernelLoader()
    assert loader.load()
    rng = np.random.default_rng(3)
    builder = SegmentBuilder()
    for n in range(3000):
        terms = [f"t{each}" for each in rng.integers(0, 40, rng.integers(1, 30)).tolist()]
        builder.add(Origin(n, n), [terms])
    collection = Collection([Part(builder.build())], kernel=loader.current)
    queries = [[f"t{each}" for each in rng.integers(0, 45, 6).tolist()] for _ in range(400)]

    def found(query: list[str]) -> list[Found]:
        return collection.search(query, 20)

    expected = [found(query) for query in queries]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(found, queries)) == expected
