"""Un objet de chaque sorte dans la mission de la matrice, pour bâtir toutes les adresses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.utils import timezone

from maillage.accueillir.demandes.operations import noter_demande
from maillage.accueillir.diagnostics.operations import ajouter_besoin, ouvrir
from maillage.accueillir.diagnostics.validation import soumettre
from maillage.accueillir.models import (
    Action,
    Besoin,
    Demande,
    Diagnostic,
    NoteDeParcours,
    ObjectifConvenu,
    Parcours,
    PointDeSuivi,
)
from maillage.annuaire.models import (
    ChiffresAnnuels,
    EntreeDuRegistre,
    Fusion,
    Organisation,
    PaireDeFiches,
    PaireDuRegistre,
    Personne,
    Rattachement,
    RechercheGardee,
)
from maillage.capitaliser.models import Fiche
from maillage.capitaliser.operations import changer_etat_de_fiche
from maillage.confirmer.models import (
    CahierDesCharges,
    ConcurrencePresumee,
    Consultation,
    Creneau,
    EffectifDeclare,
    ExigenceDeGroupe,
    Groupe,
    Invitation,
    Mobilisation,
    Offre,
    Participation,
    ProjetDIntervention,
    ScenarioDeGroupes,
    SouhaitDeGroupe,
    SuiteDAction,
)
from maillage.engager.models import (
    AttentesDePartenaire,
    Avis,
    Financement,
    LigneDeBudget,
    Objectif,
    Partenariat,
    ProjetDEvaluation,
    ValidationDuPorteur,
)
from maillage.finaliser.models import (
    AppreciationDeRegistre,
    QuestionAdaptee,
    Reponse,
    Resultat,
    Seance,
)
from maillage.identifier.models import (
    Codage,
    Orientation,
    Problematique,
    Rapprochement,
    RechercheDeCiblage,
    ResultatDeCiblage,
    RoleDuDLA,
    Signal,
)
from maillage.ingenieries.models import Ingenierie, Note
from maillage.socle.models import Acte, Document, Travail, Utilisateur
from tests.fabriques import organisation

Orgs = dict[str, Organisation]


def creer_objets(
    mission: Ingenierie, orgs: Orgs, comptes: dict[str, Utilisateur | None]
) -> dict[str, Any]:
    """Chaque objet par le nom que lui donne son adresse."""
    objets = _du_dossier(mission, orgs) | _de_la_structure(orgs, comptes) | _de_l_accueil(orgs)
    _publier(objets["capitalisation"], comptes["charge"])
    objets |= _du_parcours(mission, orgs) | _des_doublons(orgs)
    objets |= _des_besoins(mission, orgs, comptes["charge"]) | _du_socle(mission, comptes["charge"])
    return objets


def _des_doublons(orgs: Orgs) -> dict[str, Any]:
    structure = orgs["structure"]
    autre = organisation(commune=structure.commune, operateur=orgs["pilote"])
    premiere, seconde = sorted((structure, autre), key=lambda o: o.pk)
    return {
        "paire": PaireDeFiches.objects.create(
            premiere=premiere, seconde=seconde, probabilite=0.9, indices=["meme_commune"]
        ),
        "paire_du_registre": PaireDuRegistre.objects.create(
            premiere="W251000001", seconde="W251000002", probabilite=0.8
        ),
        "fusion": Fusion.objects.create(
            gardee=structure, absorbee=UUID(int=1), nom_absorbee="Une autre fiche"
        ),
    }


def _du_dossier(mission: Ingenierie, orgs: Orgs) -> dict[str, Any]:
    dans = {"ingenierie": mission}
    partenaire = Partenariat.objects.create(
        **dans, organisation=orgs["partenaire"], famille="financeurs", etat="engage"
    )
    retenue = Participation.objects.create(
        **dans, structure=orgs["structure"], palier="retenue", atteint="retenue"
    )
    autre = Participation.objects.create(
        **dans, structure=orgs["structure_ailleurs"], palier="reperee", atteint="reperee"
    )
    campagne = Mobilisation.objects.create(**dans, voie="entonnoir", objet="o", message="m")
    return {
        "note": Note.objects.create(**dans, texte="À rappeler jeudi"),
        "role": RoleDuDLA.objects.create(**dans),
        "partenaire": partenaire,
        "attentes": AttentesDePartenaire.objects.create(**dans, partenariat=partenaire),
        "objectif": Objectif.objects.create(**dans, niveau="operationnel", code="innovation"),
        "evaluation": ProjetDEvaluation.objects.create(**dans, objet="La démarche"),
        "validation": ValidationDuPorteur.objects.create(**dans),
        "avis": Avis.objects.create(**dans, operateur=orgs["pilote"]),
        "ligne": LigneDeBudget.objects.create(**dans, nature="conseil", libelle="Conseil"),
        "financement": Financement.objects.create(**dans, financeur=orgs["partenaire"]),
        "participation": retenue,
        "effectif": EffectifDeclare.objects.create(
            **dans, palier="contactee", nombre_valeur=27, nombre_precision="exact"
        ),
        "voie": campagne,
        "message": campagne,
        "invitation": Invitation.objects.create(
            participation=retenue,
            personne=orgs["structure"].rattachements.get().personne,
            etat="remise",
        ),
        "creneau": Creneau.objects.create(**dans, jour_semaine=2),
        "concurrence": ConcurrencePresumee.objects.create(**dans, une=retenue, autre=autre),
        "groupe": Groupe.objects.create(**dans, nom="Groupe A"),
        **_des_groupes(mission, retenue, autre),
        "projet": ProjetDIntervention.objects.create(**dans),
        "cahier": CahierDesCharges.objects.create(
            **dans,
            etat="emis",
            emis_le=timezone.localdate(),
            edition=1,
            contenu={"titre": mission.titre, "en_bref": [{"libelle": "budget plafond"}]},
        ),
        "consultation": Consultation.objects.create(
            **dans,
            etat="ouverte",
            ouverte_le=timezone.now(),
            limite_le=timezone.now() + timedelta(days=9),
        ),
        "offre": Offre.objects.create(
            **dans, prestataire=orgs["prestataire"], consulte_le=timezone.localdate()
        ),
        "seance": Seance.objects.create(**dans, forme="collective", titre="Première journée"),
        "resultat": Resultat.objects.create(**dans, nature="mecenat", phrase="Mécénat levé"),
        "registre": AppreciationDeRegistre.objects.create(
            **dans, registre="coherence", texte="Cohérent"
        ),
        "question_ajoutee": QuestionAdaptee.objects.create(
            **dans,
            geste="ajoutee",
            groupe="utilite",
            libelle="Et après ?",
            publics=["structures"],
            raison="Utile ici",
        ),
        "mise_de_cote": QuestionAdaptee.objects.create(
            **dans, geste="ecartee", question="utilite.projet", raison="Sans objet ici"
        ),
        "reponse": Reponse.objects.create(
            **dans, question="utilite.financements", public="structures", mots="Oui"
        ),
        "capitalisation": Fiche.objects.create(**dans, titre="Partenariats"),
    }


def _publier(fiche: Fiche, par: Any) -> None:
    changer_etat_de_fiche(fiche, "publier", version=fiche.version, par=par)


def _de_la_structure(orgs: Orgs, comptes: dict[str, Utilisateur | None]) -> dict[str, Any]:
    structure = orgs["structure"]
    return {
        "structure": structure,
        "chiffres": ChiffresAnnuels.objects.create(organisation=structure, annee=2010),
        "rattachement": Rattachement.objects.get(personne__compte=comptes["structure"]),
        "entree": EntreeDuRegistre.objects.create(
            numero="W251000123", nom="Chorale", mots="chorale"
        ),
        "recherche": RechercheGardee.objects.create(
            personne=Personne.objects.get(compte=comptes["charge"]), nom="Culture", parametres="q=a"
        ),
    }


def _des_groupes(mission: Ingenierie, une: Participation, autre: Participation) -> dict[str, Any]:
    """Une exigence, un souhait, et un scénario où l'une a sa place."""
    dans = {"ingenierie": mission}
    return {
        "exigence_de_groupe": ExigenceDeGroupe.objects.create(
            **dans, sorte="jamais", une=une, autre=autre
        ),
        "souhait_de_groupe": SouhaitDeGroupe.objects.create(
            **dans, participation=une, theme="Mécénat"
        ),
        "scenario": ScenarioDeGroupes.objects.create(
            **dans,
            nom="Proposition 1",
            reglages={"groupes": [{"nom": "Groupe B"}]},
            places={str(une.pk): [0]},
        ),
    }


def _du_parcours(mission: Ingenierie, orgs: Orgs) -> dict[str, Any]:
    suivi = Parcours.objects.create(structure=orgs["structure"], operateur=orgs["pilote"])
    dans = {"parcours": suivi}
    action = Action.objects.create(**dans, sorte="propre", intitule="Écrire le poste")
    return {
        **dans,
        "action": action,
        "objectif_convenu": ObjectifConvenu.objects.create(
            operateur=orgs["pilote"],
            annee=2026,
            nature="diagnostics",
            nombre_valeur=30,
            nombre_precision="exact",
        ),
        "suite": SuiteDAction.objects.create(action=action, ingenierie=mission),
        "point": PointDeSuivi.objects.create(**dans, resume="On s’est vus"),
        "note_de_parcours": NoteDeParcours.objects.create(**dans, texte="Prudence"),
    }


def _de_l_accueil(orgs: Orgs) -> dict[str, Any]:
    """Une demande, un diagnostic en cours et son besoin, un autre donné à relire."""
    communs = {"structure": orgs["structure"], "operateur": orgs["pilote"]}
    en_cours = ouvrir(Diagnostic(**communs), par=None)
    soumis = ouvrir(Diagnostic(**communs, synthese="Ce que nous voyons ensemble"), par=None)
    return {
        "demande": noter_demande(Demande(**communs), par=None),
        "diagnostic": en_cours,
        "besoin": ajouter_besoin(
            Besoin(diagnostic=en_cours, domaine="projet", dit="Savoir où l’on va"), par=None
        ),
        "diagnostic_soumis": soumettre(soumis, version=soumis.version, par=None),
    }


def _des_besoins(mission: Ingenierie, orgs: Orgs, par: Utilisateur | None) -> dict[str, Any]:
    signal = Signal.objects.create(
        operateur=orgs["pilote"],
        source="structures",
        date=timezone.localdate(),
        texte="Nous cherchons des entreprises",
        secteur="culture",
        structure=orgs["structure"],
    )
    problematique = Problematique.objects.create(operateur=orgs["pilote"], titre="Mécénat")
    problematique.signaux.add(signal)
    problematique.structures.add(orgs["structure"])
    problematique.ingenieries.add(mission)
    rapprochement = Rapprochement.objects.create(
        operateur=orgs["pilote"], theme="finances.banque", libelle="Obtenir un prêt"
    )
    rapprochement.signaux.add(signal)
    codage = Codage.objects.create(signal=signal, themes=["emploi.recruter"], par=par)
    orientation = Orientation.objects.create(
        problematique=problematique,
        structure=orgs["structure"],
        vers_libelle="La fédération",
        pourquoi="Elle anime un réseau d’entreprises",
    )
    return {
        "signal": signal,
        "problematique": problematique,
        "rapprochement": rapprochement,
        "codage": codage,
        **_du_ciblage(mission, orgs),
        "orientation": orientation,
    }


def _du_ciblage(mission: Ingenierie, orgs: Orgs) -> dict[str, Any]:
    """Un ciblage du DLA pilote, et le résultat qu'il en a gardé."""
    recherche = RechercheDeCiblage.objects.create(
        operateur=orgs["pilote"],
        nom="Culture du Doubs",
        ingenierie=mission,
        criteres={"secteur": {"valeur": ["culture"], "inconnues": True}},
    )
    recherche.territoires.set(mission.territoires.all())
    demande = {"criteres": recherche.criteres, "mots": {}, "lieux": ["Doubs"], "par": "epci"}
    etape = {"code": "secteur", "garder_inconnues": True, "entrees": 1, "repondent": 1}
    resultat = ResultatDeCiblage.objects.create(
        recherche=recherche,
        criteres=demande | {"fiches": True, "registre": False},
        etapes=[etape | {"ecartees": 0, "inconnues": 0, "seul": 0}],
        regardees=1,
        retenues=1,
        a_verifier=0,
    )
    structure = orgs["structure"]
    resultat.structures.create(
        cle=str(structure.pk), organisation=structure, nom=structure.nom, profil="o"
    )
    return {"recherche_de_ciblage": recherche, "resultat_de_ciblage": resultat}


def _du_socle(mission: Ingenierie, par: Utilisateur | None) -> dict[str, Any]:
    sujet = {"sujet_type": mission._meta.label_lower, "sujet_id": mission.pk}
    document = Document(
        titre="Compte rendu", type_mime="text/plain", taille=7, empreinte="0" * 64, **sujet
    )
    document.fichier.save("compte-rendu.txt", ContentFile(b"Bonjour"), save=False)
    document.save()
    return {
        "document": document,
        "acte": Acte.objects.create(qui=par, phrase="a ouvert la mission", **sujet),
        "travail": Travail.objects.create(libelle="Calcul", tache="rien", demande_par=par),
    }
