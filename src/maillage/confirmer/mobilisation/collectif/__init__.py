"""Entrer d'un coup un collectif déjà constitué : la troisième voie de la mobilisation (S1)."""
