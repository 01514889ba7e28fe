"""The bot's own SQL: what it must remember between two starts."""
