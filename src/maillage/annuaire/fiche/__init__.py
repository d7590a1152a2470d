"""La page d'une organisation : ses parties, chacune dans son fichier."""
