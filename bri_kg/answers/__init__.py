"""What is said of a thing, and the evidence for it."""
