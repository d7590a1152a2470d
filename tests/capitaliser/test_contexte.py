"""Ce que dit une fiche : chaque chiffre du Doubs, et rien de ce qui est interne."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from maillage.annuaire.models import Nature
from maillage.capitaliser.chiffres import chiffres_de
from maillage.capitaliser.contexte import contexte_de_fiche
from maillage.capitaliser.contexte.lecture import lire
from maillage.capitaliser.grille import ContexteDeFiche
from maillage.confirmer.models import ConcurrencePresumee, Participation
from maillage.engager.models import AttentesDePartenaire, Financement, LigneDeBudget, Partenariat
from maillage.finaliser.models import Seance
from maillage.identifier.models import Problematique, RoleDuDLA, Signal
from maillage.ingenieries.models import Ingenierie, Note
from maillage.socle.documents.grilles import champs_de, exemple
from maillage.socle.quantites import Quantite
from tests.capitaliser.fabriques import remplir
from tests.fabriques import mission, organisation

pytestmark = pytest.mark.django_db

SECRET = "ZZSECRETZZ"


def test_chaque_chiffre_du_doubs_est_sur_la_fiche(doubs: Ingenierie) -> None:
    fiche = contexte_de_fiche(doubs)
    assert [(p.nombre, p.libelle) for p in fiche.beneficiaires.entonnoir] == [
        (27, "contactées"),
        (10, "retenues"),
    ]
    assert [c.valeur for c in fiche.en_bref[:3]] == ["10", "5\u00a0jours", "inconnu"]
    assert [(r.mesure, r.quand) for r in fiche.resultats] == [
        ("6", ""),
        ("4 structures", ""),
        ("30\u202f000\u00a0€", "4\u00a0mois après l’intervention"),
        ("20\u202f000\u00a0€", "4\u00a0mois après l’intervention"),
    ]
    assert [(c.valeur, c.libelle) for c in fiche.en_bref[3:]] == [
        ("30\u202f000\u00a0€", "mécénat"),
        ("20\u202f000\u00a0€", "contrat de prestation"),
    ]
    jury = next(s for s in fiche.action.seances if s.titre == "Devant le jury")
    assert jury.intervenants.count(",") + jury.intervenants.count(" et ") == 2
    assert fiche.action.rythme.startswith("Temps à plusieurs")


def test_un_budget_non_publie_est_inconnu_et_non_nul(doubs: Ingenierie) -> None:
    fiche = contexte_de_fiche(doubs)
    assert fiche.moyens.financiers.budget == "inconnu"
    assert not fiche.en_bref[2].connu
    assert "Le coût de la mission" in fiche.manques


def test_les_structures_que_la_source_tait_ne_sont_que_comptees(doubs: Ingenierie) -> None:
    fiche = contexte_de_fiche(doubs)
    assert fiche.beneficiaires.structures == ()
    assert fiche.beneficiaires.sans_nom == "Les structures accompagnées ne sont pas nommées."


def test_rien_d_interne_ne_parait() -> None:
    """Posture, attentes, concurrents présumés, notes, mots des signaux, temps individuels."""
    m = mission()
    structures = [
        Participation.objects.create(
            ingenierie=m,
            structure=organisation(nom=f"Structure {rang}"),
            palier="retenue",
            atteint="retenue",
            attentes=SECRET,
            remarques=SECRET,
            motif=SECRET,
        )
        for rang in range(2)
    ]
    ConcurrencePresumee.objects.create(
        ingenierie=m, une=structures[0], autre=structures[1], raison=SECRET
    )
    RoleDuDLA.objects.create(ingenierie=m, legitimite=SECRET, coherence=SECRET, risque_garde=SECRET)
    Note.objects.create(ingenierie=m, texte=SECRET)
    partenaire = Partenariat.objects.create(
        ingenierie=m, organisation=organisation(Nature.RESEAU), famille="ressources", etat="engage"
    )
    AttentesDePartenaire.objects.create(
        ingenierie=m, partenariat=partenaire, mots=SECRET, motivations=SECRET
    )
    besoin = Problematique.objects.create(operateur=m.operateur, titre="Besoin")
    besoin.ingenieries.add(m)
    besoin.signaux.add(
        Signal.objects.create(operateur=m.operateur, texte=SECRET, auteur_libelle=SECRET)
    )
    Seance.objects.create(
        ingenierie=m,
        forme="individuelle",
        titre=SECRET,
        contenu=SECRET,
        participation=structures[0],
    )
    ecrit = json.dumps(contexte_de_fiche(m).en_json())
    assert "Structure 0" in ecrit
    assert SECRET not in ecrit


def test_une_structure_dont_le_nom_n_est_pas_publie_est_comptee_sans_etre_nommee() -> None:
    m = mission()
    for nom, publie in (("Dite", True), (SECRET, False)):
        Participation.objects.create(
            ingenierie=m,
            structure=organisation(nom=nom, nom_publie=publie),
            palier="retenue",
            atteint="retenue",
        )
    beneficiaires = contexte_de_fiche(m).beneficiaires
    assert beneficiaires.structures == ("Dite",)
    assert beneficiaires.sans_nom == "Une autre structure n’est pas nommée."


def test_un_operateur_ou_un_partenaire_tu_par_la_source_n_est_pas_nomme() -> None:
    m = mission()
    m.operateur.nom, m.operateur.nom_publie = SECRET, False
    m.operateur.save()
    tu = organisation(Nature.FINANCEUR, nom=SECRET, nom_publie=False)
    Partenariat.objects.create(
        ingenierie=m, organisation=tu, famille="financeurs", role="Paie", etat="engage"
    )
    Financement.objects.create(ingenierie=m, financeur=tu, etat="accorde")
    fiche = contexte_de_fiche(m)
    assert SECRET not in json.dumps(fiche.en_json())
    assert fiche.moyens.humains.partenaires[0].role == "Paie"


def test_un_partenaire_ou_un_financeur_seulement_pressenti_ne_parait_pas() -> None:
    m = mission()
    pressenti = organisation(Nature.FINANCEUR, nom=SECRET)
    Partenariat.objects.create(ingenierie=m, organisation=pressenti, famille="financeurs")
    Financement.objects.create(ingenierie=m, financeur=pressenti)
    assert SECRET not in json.dumps(contexte_de_fiche(m).en_json())


def test_une_part_d_un_total_inconnu_reste_une_part() -> None:
    m = mission()
    ville = organisation(Nature.COLLECTIVITE, nom="Ville")
    Financement.objects.create(
        ingenierie=m, financeur=ville, etat="accorde", part_valeur=40, part_precision="exact"
    )
    assert contexte_de_fiche(m).moyens.financiers.financements[0].montant == "40\u00a0% du coût"


def test_un_temps_valorise_n_entre_pas_dans_le_cout() -> None:
    m = mission()
    for nature, euros in (("conseil", 1000), ("valorisation", 400)):
        LigneDeBudget.objects.create(
            ingenierie=m, nature=nature, montant_valeur=euros, montant_precision="exact"
        )
    assert contexte_de_fiche(m).moyens.financiers.budget == "1\u202f000\u00a0€"


def test_les_apports_d_un_meme_financeur_font_une_somme() -> None:
    m = mission()
    ville = organisation(Nature.COLLECTIVITE, nom="Ville")
    for euros in (300, 200):
        Financement.objects.create(
            ingenierie=m,
            financeur=ville,
            etat="accorde",
            montant_valeur=euros,
            montant_precision="exact",
        )
    apport = chiffres_de(m, lire(m.pk))["financements.montant.ville"]
    assert apport == Quantite(Decimal(500), unite="€")


@pytest.mark.parametrize("nombre", [1, 40])
def test_une_seule_requete_quel_que_soit_le_dossier(nombre, django_assert_num_queries) -> None:
    m = mission()
    remplir(m, nombre)
    m = Ingenierie.objects.select_related("operateur").get(pk=m.pk)
    with django_assert_num_queries(1):
        fiche = contexte_de_fiche(m)
    assert len(fiche.resultats) == nombre


def test_le_contenu_fige_se_relit_a_l_identique(doubs: Ingenierie) -> None:
    fiche = contexte_de_fiche(doubs)
    assert ContexteDeFiche.depuis_json(json.loads(json.dumps(fiche.en_json()))) == fiche


def test_une_ancienne_edition_se_relit_meme_si_la_grille_a_change() -> None:
    ancienne = {
        "titre": "Avant",
        "rubrique_disparue": 3,
        "resultats": [{"phrase": "Un", "vieux": 1}],
    }
    relue = ContexteDeFiche.depuis_json(ancienne)
    assert (relue.titre, relue.resultats[0].phrase, relue.capitalisation.ton) == ("Avant", "Un", "")


def test_chaque_champ_offert_aux_gabarits_est_rempli_dans_l_exemple() -> None:
    """Sans quoi un gabarit fautif passerait la vérification."""
    rempli = exemple(ContexteDeFiche).en_json()

    def valeur(chemin: str) -> object:
        lu: object = rempli
        for nom in chemin.split("."):
            lu = lu[0] if isinstance(lu, list | tuple) else lu
            lu = lu[nom]  # type: ignore[index]
        return lu

    assert all(valeur(champ) not in (None, "", ()) for champ in champs_de(ContexteDeFiche))


def test_une_structure_desistee_apres_avoir_ete_retenue_n_est_pas_nommee() -> None:
    """Elle compte parmi celles qui ont atteint le palier, sans que la fiche la nomme (règle 3)."""
    dossier = mission()
    for nom, palier in (("La Fabrique", "retenue"), ("Les Partants", "desistee")):
        Participation.objects.create(
            ingenierie=dossier,
            structure=organisation(nom=nom),
            palier=palier,
            atteint="retenue",
        )
    assert contexte_de_fiche(dossier).beneficiaires.structures == ("La Fabrique",)
