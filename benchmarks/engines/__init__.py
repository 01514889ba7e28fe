"""BM25 engines side by side: ours and its peers, on one corpus, in one run.

    uv run --group bench python -m benchmarks.engines --passages 1000000

What is searched: corpus.py, generator.py, articles.py, questions.py, material.py, description.py.
What is compared: protocol.py, ours.py, peers/, registry.py. What the right answer is: reference.py.
What is measured: measures/, each in a process of its own (runner.py, child.py, workspace.py).
What is shown: table.py, growth.py with svg.py.
"""
