"""Tables communes : comptes, journal, documents, notifications, liens, travaux longs."""

from maillage.socle.comptes import Utilisateur
from maillage.socle.documents.models import Document
from maillage.socle.envois.models import Notification
from maillage.socle.journal.models import Acte
from maillage.socle.liens.models import Lien
from maillage.socle.travaux.models import Travail

__all__ = ["Acte", "Document", "Lien", "Notification", "Travail", "Utilisateur"]
