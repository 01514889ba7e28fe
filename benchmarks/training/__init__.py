"""How the weights and trees that come with Pullquote are made from judged questions.

    uv run --group train python -m benchmarks.training DATA [--folds N] [--ablation]

DATA is a folder of judged sets. Nothing of it is kept but the weights.
"""
