"""Le regroupement des besoins : proposer ceux qui disent la même chose, dire pourquoi."""
