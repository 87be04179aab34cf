"""What people see in a terminal: answers as lines that fit, with nothing cut."""
