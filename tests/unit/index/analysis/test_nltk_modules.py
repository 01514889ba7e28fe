import subprocess
import sys

import pytest

CODES = {
    "a module of nltk comes without the rest of it": """
        from index.analysis.nltk_modules import nltk_module
        stemmer = nltk_module("nltk.stem.snowball").EnglishStemmer()
        splitter = nltk_module("nltk.tokenize.punkt").PunktSentenceTokenizer()
        assert stemmer.stem("running") == "run"
        assert list(splitter.span_tokenize("One. Two.")) == [(0, 4), (5, 9)]
        assert not [name for name in sys.modules if name.startswith("nltk")]
        assert "numpy" not in sys.modules
    """,
    "whoever imports nltk afterwards gets the whole": """
        from index.analysis.nltk_modules import nltk_module
        stem = nltk_module("nltk.stem.snowball").EnglishStemmer().stem
        import nltk
        assert nltk.stem.SnowballStemmer("english").stem("running") == stem("running")
        assert nltk.corpus.stopwords is not None
    """,
    "where nltk is imported already, its module is taken": """
        import nltk.stem.snowball
        from index.analysis.nltk_modules import nltk_module
        assert nltk_module("nltk.stem.snowball") is nltk.stem.snowball
    """,
    "a module that needs more of nltk comes with all of it": """
        from index.analysis.nltk_modules import nltk_module
        assert nltk_module("nltk.wsd") is sys.modules["nltk.wsd"]
    """,
    "other threads may import what they like meanwhile": """
        import itertools, os, threading
        from index.analysis.nltk_modules import nltk_module
        sys.setswitchinterval(1e-6)
        names = [f"other{number}" for number in range(500)]
        turns = itertools.cycle([lambda name: sys.modules.setdefault(name, sys), sys.modules.pop])
        others = (list(map(next(turns), names)) for _ in itertools.count())
        threading.Thread(target=all, args=(others,), daemon=True).start()
        assert all(nltk_module("nltk.stem.snowball") for _ in range(5))
        os._exit(0)
    """,
}


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_importing_nltk(code):
    lines = ["import sys", *(line.strip() for line in code.strip().splitlines())]
    child = subprocess.run([sys.executable, "-c", "\n".join(lines)], check=False)  # noqa: S603 - our own code
    assert child.returncode == 0


def test_what_is_no_module_of_nltk_is_an_import_error():
    code = (
        "from index.analysis.nltk_modules import nltk_module\n"
        "try: nltk_module('nltk.nothing')\n"
        "except ModuleNotFoundError: pass\n"
        "else: raise SystemExit(1)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own code
