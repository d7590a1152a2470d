"""Les gabarits du diagnostic : Word et PDF."""
