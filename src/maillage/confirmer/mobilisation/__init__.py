"""La campagne de mobilisation : inviter, recevoir les réponses, relancer, comparer l'entonnoir."""
