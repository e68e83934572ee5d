"""How long the numbers take, beside lifelines and R: ``python -m tests.bench``. No test.

Times are measured and printed, never asserted.
"""

import os

# Set before numpy is imported. With several threads the small products of this work wait for each
# other on a busy machine; both contenders in Python get one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
