"""The only HTTP client: what is fetched, from where, how often, and how much of it at most."""
