"""Les deux côtés du portail : la personne qui répond, l’agent qui remet le lien."""
