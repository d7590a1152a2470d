"""La charge d'un opérateur : ce qu'il a convenu, ce qui est fait, qui porte quoi."""
