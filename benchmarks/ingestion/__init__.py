"""How fast the news comes in by itself, stage by stage, and what memory that takes."""
