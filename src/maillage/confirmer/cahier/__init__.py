"""Le cahier des charges : ce que la mission demande à qui va intervenir (S3, fiche 3/4)."""
