"""Comments from other systems and to other systems: one reader for each format, one writer for all."""
