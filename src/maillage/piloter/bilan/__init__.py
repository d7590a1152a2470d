"""Le bilan : ce que disent ensemble les missions d’un périmètre."""
