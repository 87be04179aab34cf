"""Where data lies and is asked: in memory, on disk, in the cache of the user."""
