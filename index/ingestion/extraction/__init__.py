"""From a page's bytes to its article. Fetches nothing; meant for a process that can be ended."""
