"""Le téléphone sonne : de l'appel au parcours, et ce que chacun en lit."""

from pathlib import Path

from tests.parcours.accueil import comite, diagnostic, parcours, registre, structure
from tests.parcours.conftest import Arriver, Entrer


def test_accueil(entrer: Entrer, arriver: Arriver, tmp_path: Path) -> None:
    lea = entrer("lea.morel")
    registre.declarer(tmp_path)

    structure.trouver_au_registre(lea)
    fiche = lea.onglet.url
    structure.nommer_la_presidente(lea)
    structure.noter_la_demande(lea)
    structure.constater_l_eligibilite(lea)
    structure.accueillir(lea)

    adresse = diagnostic.ouvrir(lea)
    diagnostic.ecrire(lea, adresse)
    diagnostic.soumettre(lea)
    zoe = arriver()
    diagnostic.valider_par_son_lien(zoe, diagnostic.remettre_le_lien(lea, fiche))

    marc = entrer("marc.tissot")
    comite.sait_qu_il_existe(marc, adresse)
    diagnostic.ouvrir_au_comite_seulement(zoe)
    comite.le_lit(marc, adresse)
    diagnostic.soustraire(zoe)
    comite.ne_le_lit_plus(marc, adresse)

    parcours.decider(lea, adresse)
