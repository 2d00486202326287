"""python -m gan_course: see `cli`."""

import sys

from gan_course.cli import main

sys.exit(main())
