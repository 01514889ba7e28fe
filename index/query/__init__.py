"""From what a person typed to a Query."""
