"""Answers questions about the news on Discord."""
