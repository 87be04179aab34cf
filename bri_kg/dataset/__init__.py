"""From files to a release: resources, generated values, projection, closure, stored questions."""
