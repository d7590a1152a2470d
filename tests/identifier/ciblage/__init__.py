"""Le ciblage : calculs, opérations, pages et droits."""
