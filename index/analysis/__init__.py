"""Text to sentences, passages and terms: plain functions without I/O."""
