"""Following the news: what is polled when, and what becomes of what is found."""
