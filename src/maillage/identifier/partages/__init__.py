"""Les besoins partagés : combien de structures les disent, où, depuis quand, et qui y a répondu."""
