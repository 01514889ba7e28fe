"""The command line: `pullquote`. Words in, words out; all work is done elsewhere.

Exit status: 0 done or answered, 1 failed (one line on standard error says why), 2 wrong usage,
3 the news does not answer.
"""
