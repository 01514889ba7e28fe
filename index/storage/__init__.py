"""The only SQL of the index."""
