"""Several archives asked together: the same seam over other stores' snapshots."""
