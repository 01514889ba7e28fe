"""The write flow: files become articles, articles passages, passages rows."""
