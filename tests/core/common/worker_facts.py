"""What a worker process finds about itself: the job of test_isolation.py."""

import os
import sys


def facts(job: int) -> list[str]:
    import ifcopenshell
    import numpy as np
    import shapely

    assert all((ifcopenshell, np, shapely))
    return [
        f"folder={os.getcwd()}",
        f"PYTHONPATH={os.environ.get('PYTHONPATH')}",
        f"relative={[entry for entry in sys.path if not os.path.isabs(entry)]}",
        f"safe={sys.flags.safe_path}",
    ]
