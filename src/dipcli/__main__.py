"""`python -m dipcli`."""

import sys

from dipcli.cli.main import main

sys.exit(main())
