"""BM25 engines side by side: ours and its peers, on one corpus, in one run.

    uv run --group bench python -m benchmarks.engines --passages 1000000

What is read and generated: corpus.py, articles.py, generator.py, questions.py, description.py.
What is compared: protocol.py, peers/, ours.py. What defines the right answer: reference.py.
What is measured: measures/. How it is run and shown: child.py, runner.py, table.py, growth.py.
"""
