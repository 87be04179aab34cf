"""The explorer: pages for people, on a server or written as plain files. It shows, and decides nothing."""
