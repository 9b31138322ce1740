"""What the frozen program starts with."""

from app.__main__ import main

raise SystemExit(main())
