"""The texts of sources on the reader's own disk, and the way from words to claims."""
