"""The explorer as plain files: the pages of `bri_kg.web.explorer`, written into a folder that needs no server."""
