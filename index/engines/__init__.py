"""What can search: the SearchEngine protocol and its implementations."""
