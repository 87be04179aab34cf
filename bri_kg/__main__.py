"""`python -m bri_kg`."""

from bri_kg.cli import main

raise SystemExit(main())
