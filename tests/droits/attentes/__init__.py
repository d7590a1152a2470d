"""La matrice : chaque adresse de l'instance, et ce que chacun y obtient.

Un profil dit, pour chaque personne, l'une de quatre issues : `OUI` (la page s'ouvre, ou le
formulaire répond), `NON` (403, avec la raison), `RIEN` (404 : cela n'existe pas pour elle) et
`ENTRER` (on lui demande de se connecter). `reste` vaut pour les personnes non nommées.
Une adresse absente de la matrice fait échouer la suite.
"""

from tests.droits.attentes.besoins import BESOINS
from tests.droits.attentes.instance import INSTANCE
from tests.droits.attentes.lignes import Ligne
from tests.droits.attentes.missions import MISSIONS
from tests.droits.attentes.structures import STRUCTURES

MATRICE: dict[str, Ligne] = INSTANCE | STRUCTURES | BESOINS | MISSIONS
