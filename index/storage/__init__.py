"""What the index keeps on disk: the only SQL, and the files of the segments."""
