"""What others take away: JSON-LD, mapping tables, catalogues, records of questions, reference pages."""
