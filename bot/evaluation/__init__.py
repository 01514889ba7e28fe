"""How good are the answers? Judged questions in, measures out.

A run is asked (`asking`) or read, each reply is held to what is known of its question (`judging`),
and the outcomes become figures with intervals (`report`). Files of other tools are `trec` and
`beir`. Knows no command line and no Discord; only `files` opens files.
"""
