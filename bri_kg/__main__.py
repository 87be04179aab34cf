"""`python -m bri_kg`."""

from bri_kg.cli.main import main

raise SystemExit(main())
