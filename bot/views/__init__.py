"""Values in, messages out: how answers look on Discord and in a terminal."""
