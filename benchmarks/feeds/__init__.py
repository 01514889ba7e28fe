"""How many documents of others' test suites are read as the feeds that they are."""
