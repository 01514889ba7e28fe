"""Find passages in the news. Has never heard of Discord."""
