"""What people are told in another language than English: a file a language, read when something is said in it."""
