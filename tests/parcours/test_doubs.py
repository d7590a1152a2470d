"""Du signal à la fiche : l'agente du Doubs conduit la mission de 2010, par les formulaires."""

from tests.parcours.conftest import Entrer
from tests.parcours.doubs import confirmer, engager, finaliser, identifier, voisins


def test_doubs(entrer: Entrer) -> None:
    lea = entrer("lea.morel")

    identifier.noter_le_signal(lea)
    identifier.formuler_la_problematique(lea)
    engager.inscrire_les_partenaires(lea)
    mission = identifier.ouvrir_la_mission(lea)
    identifier.cibler_les_structures(mission)
    identifier.choisir_la_posture(mission)

    engager.lancer_le_partenariat(mission)
    engager.convenir_des_objectifs(mission)
    engager.valider_la_demarche(mission)
    engager.poser_le_budget(mission)

    confirmer.mobiliser_les_structures(mission)
    confirmer.prevenir_celle_que_l_on_ne_retient_pas(mission)
    confirmer.declarer_les_effectifs(mission)
    confirmer.former_le_groupe(mission)
    confirmer.ecrire_le_projet(mission)
    confirmer.emettre_le_cahier_des_charges(mission)
    confirmer.consulter(mission)
    confirmer.deposer_l_offre(entrer("yann.delmas"))
    confirmer.decider(mission)

    finaliser.tenir_les_seances(mission)
    finaliser.interroger_les_voix(mission)
    finaliser.noter_les_resultats(mission)
    finaliser.remplir_les_registres(mission)
    finaliser.publier_la_fiche(mission)

    finaliser.trouver_la_fiche(lea)
    theo = entrer("theo.lafargue")
    finaliser.trouver_la_fiche(theo)
    finaliser.emporter_la_fiche(lea)

    voisins.lire_sans_l_interne(entrer("odile.ravier"), lea.visites)
    voisins.ne_rien_trouver(theo, lea.visites)
