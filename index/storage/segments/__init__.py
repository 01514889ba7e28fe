"""The engine's arrays on disk: immutable segments, and the manifest that says which ones count."""
