"""Entry point of every job.

`spark-submit --py-files etl.zip main.py <job> …` (`main.py --help` lists them).
"""

import sys

from etl.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
