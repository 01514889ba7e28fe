"""BM25: from terms to scores."""
