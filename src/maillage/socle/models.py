"""Tables communes : comptes, journal, documents, notifications, travaux longs."""

from maillage.socle.comptes import Utilisateur
from maillage.socle.documents.models import Document
from maillage.socle.envois.models import Notification
from maillage.socle.journal.models import Acte
from maillage.socle.travaux.models import Travail

__all__ = ["Acte", "Document", "Notification", "Travail", "Utilisateur"]
