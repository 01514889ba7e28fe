"""What publishers list: feeds, sitemaps, JSON; from bytes to entries. Fetches nothing."""
