"""La recherche comme on tape : mes structures, l'annuaire, puis le registre (décision 0010)."""
