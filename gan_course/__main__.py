"""python -m gan_course: see `cli`."""

import sys

from gan_course.training.cli import main

sys.exit(main())
