"""From files to articles: the only place that reads what people hand in."""
