"""The search of one segment, compiled by numba: `search.search`, and what it is made of."""
