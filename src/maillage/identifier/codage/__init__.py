"""Le codage assisté des besoins : proposer un thème, dire pourquoi."""
