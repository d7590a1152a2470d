"""L’accueil : noter une demande, regarder son éligibilité, y répondre."""
