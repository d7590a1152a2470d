"""Les besoins : signaux, codage, rapprochements, ciblages, problématiques."""

from __future__ import annotations

from tests.droits.attentes.lignes import Ligne, dossier, objet
from tests.droits.attentes.profils import (
    AGENTS_DU_RESEAU,
    ECRIRE_BESOIN,
    ECRIRE_DOSSIER,
    EQUIPE,
    LA_SIENNE,
    LIRE_BESOIN,
    LIRE_RAPPROCHEMENT,
)

BESOINS: dict[str, Ligne] = {
    "identifier:signaux": Ligne(),
    "identifier:noter": Ligne(get=AGENTS_DU_RESEAU, post=AGENTS_DU_RESEAU),
    "identifier:signal": Ligne(objet("signal"), LIRE_BESOIN),
    "identifier:completer": Ligne(objet("signal"), ECRIRE_BESOIN, ECRIRE_BESOIN),
    "identifier:a_coder": Ligne(get=AGENTS_DU_RESEAU),
    "identifier:a_coder_en_liste": Ligne(get=AGENTS_DU_RESEAU, post=AGENTS_DU_RESEAU),
    "identifier:coder": Ligne(objet("signal"), None, ECRIRE_BESOIN),
    "identifier:codage_annuler": Ligne(objet("codage"), None, LA_SIENNE),
    "identifier:retirer": Ligne(objet("signal"), None, ECRIRE_BESOIN),
    "identifier:partages": Ligne(),
    "identifier:rapprochements": Ligne(),
    "identifier:rapprocher": Ligne(get=None, post=AGENTS_DU_RESEAU),
    "identifier:rapprochement": Ligne(objet("rapprochement"), LIRE_RAPPROCHEMENT),
    "identifier:rapprochement_etat": Ligne(
        objet("rapprochement", "retenir"), None, LIRE_RAPPROCHEMENT
    ),
    "identifier:rapprochement_joindre": Ligne(objet("rapprochement"), None, LIRE_RAPPROCHEMENT),
    "identifier:rapprochement_scinder": Ligne(objet("rapprochement"), None, LIRE_RAPPROCHEMENT),
    "identifier:rapprochement_sortir": Ligne(objet("rapprochement"), None, LIRE_RAPPROCHEMENT),
    "identifier:rapprochement_nourrir": Ligne(objet("rapprochement"), None, LIRE_RAPPROCHEMENT),
    "identifier:ciblages": Ligne(),
    "identifier:ciblage_nouveau": Ligne(get=AGENTS_DU_RESEAU, post=AGENTS_DU_RESEAU),
    "identifier:ciblage_recherche": Ligne(objet("recherche_de_ciblage"), EQUIPE),
    "identifier:ciblage_modifier": Ligne(objet("recherche_de_ciblage"), EQUIPE, EQUIPE),
    "identifier:ciblage_compter": Ligne(objet("recherche_de_ciblage"), None, EQUIPE),
    "identifier:ciblage_garder": Ligne(objet("recherche_de_ciblage"), None, EQUIPE),
    "identifier:ciblage_retirer": Ligne(objet("recherche_de_ciblage"), None, EQUIPE),
    "identifier:ciblage_resultat": Ligne(objet("resultat_de_ciblage"), EQUIPE),
    "identifier:ciblage_reperer": Ligne(objet("resultat_de_ciblage"), None, EQUIPE),
    "identifier:problematiques": Ligne(),
    "identifier:formuler": Ligne(get=AGENTS_DU_RESEAU, post=AGENTS_DU_RESEAU),
    "identifier:problematique": Ligne(objet("problematique"), LIRE_BESOIN),
    "identifier:modifier": Ligne(objet("problematique"), ECRIRE_BESOIN, ECRIRE_BESOIN),
    "identifier:joindre": Ligne(objet("problematique"), ECRIRE_BESOIN, ECRIRE_BESOIN),
    "identifier:detacher": Ligne(
        lambda m: [m.objets["problematique"].pk, m.objets["signal"].pk], None, ECRIRE_BESOIN
    ),
    "identifier:structure_ajouter": Ligne(objet("problematique"), ECRIRE_BESOIN, ECRIRE_BESOIN),
    "identifier:structure_retirer": Ligne(
        lambda m: [m.objets["problematique"].pk, m.objets["structure"].pk], None, ECRIRE_BESOIN
    ),
    "identifier:etat": Ligne(objet("problematique", "confirmer"), None, ECRIRE_BESOIN),
    "identifier:ouvrir_mission": Ligne(objet("problematique"), ECRIRE_BESOIN, ECRIRE_BESOIN),
    "identifier:orienter": Ligne(objet("problematique"), ECRIRE_BESOIN, ECRIRE_BESOIN),
    "identifier:orientation_rendre": Ligne(
        lambda m: [m.objets["problematique"].pk, m.objets["orientation"].pk], None, ECRIRE_BESOIN
    ),
    "identifier:rattacher": Ligne(dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
    "identifier:ciblage": Ligne(dossier, ECRIRE_DOSSIER, ECRIRE_DOSSIER),
}
