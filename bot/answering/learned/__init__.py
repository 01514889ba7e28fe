"""What was learned from judged questions: small files of weights and trees, and who reads them.

`benchmarks.training` makes the files. Knows no passage, sentence or question: rows of numbers in,
scores and what each number brought out.
"""
