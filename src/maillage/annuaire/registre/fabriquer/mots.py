"""Le vocabulaire des noms et des objets fabriqués ; rien n'y désigne une personne.

Un nom est un modèle à trous : {ville} et {de} (« de la ville »), {lieu} (un lieu-dit composé),
{mot} (un mot inventé), {image} (« Les Ailes bleues »), {an}.
"""

from __future__ import annotations

from typing import NamedTuple


class Domaine(NamedTuple):
    """Un domaine : son poids, ses codes d'objet social, ses modèles de noms, ses activités."""

    poids: int
    objets: tuple[str, ...]
    noms: tuple[str, ...]
    activites: tuple[str, ...]


DOMAINES = (
    Domaine(
        16,
        ("011075", "011055", "011065", "011070"),
        (
            "Football club {de}",
            "Association sportive {de}",
            "Entente sportive {lieu}",
            "Union sportive {ville} {lieu}",
            "Basket club {ville}",
            "Handball club {de}",
            "Etoile sportive {de}",
            "Olympique {ville}",
            "Sporting club {lieu}",
            "Amicale sportive {lieu}",
        ),
        ("pratiquer un sport collectif", "former les jeunes joueurs", "engager des équipes"),
    ),
    Domaine(
        13,
        ("011105", "011115", "011165", "011140", "011055", "011180", "011095"),
        (
            "Tennis club {de}",
            "Gymnastique volontaire {de}",
            "Judo club {ville}",
            "Les Randonneurs {lieu}",
            "Pétanque {de}",
            "La Boule {lieu}",
            "Cyclo club {de}",
            "Yoga {mot}",
            "Badminton {lieu}",
            "Club de voile {mot}",
            "Karaté do {ville}",
            "Roller {mot}",
            "Tennis de table {de}",
        ),
        ("pratiquer une activité physique", "organiser des sorties", "entretenir la forme"),
    ),
    Domaine(
        12,
        ("009030", "009040", "007040", "009035", "009045"),
        (
            "Comité des fêtes {de}",
            "Comité d'animation {lieu}",
            "Club du troisième âge {de}",
            "Club de l'amitié {de}",
            "Foyer rural {de}",
            "Les Aînés {de}",
            "Générations mouvement {de}",
            "Les Amis {de}",
            "Festi {mot}",
            "Majorettes {de}",
            "Comité de jumelage {de}",
            "{ville} en fête",
        ),
        ("organiser des fêtes", "animer la commune", "rompre l'isolement des aînés"),
    ),
    Domaine(
        14,
        ("006030", "006040", "006070", "006010", "006100", "006020"),
        (
            "Compagnie {mot}",
            "Théâtre {image}",
            "Choeur {lieu}",
            "Chorale {mot}",
            "Harmonie municipale {de}",
            "Ecole de musique {de}",
            "Collectif {mot}",
            "Ensemble vocal {mot}",
            "{image}",
            "Les Arts {lieu}",
            "Danse {mot}",
            "{mot} productions",
            "Ciné-club {de}",
            "Atelier {image}",
            "Festival {mot}",
            "{image} en scène",
        ),
        ("créer des spectacles", "diffuser la musique", "promouvoir les arts de la scène"),
    ),
    Domaine(
        8,
        ("015005", "015065", "015025", "015070"),
        (
            "Association des parents d'élèves {de}",
            "Parents d'élèves de l'école {lieu}",
            "Amicale laïque {de}",
            "Foyer socio-éducatif du collège {lieu}",
            "Sou des écoles {de}",
            "Association sportive du collège {lieu}",
            "Anciens élèves du lycée {lieu}",
            "Bureau des étudiants {mot}",
            "Coopérative de l'école {lieu}",
            "Maison familiale rurale {de}",
        ),
        ("représenter les parents", "financer les sorties scolaires", "soutenir la scolarité"),
    ),
    Domaine(
        7,
        ("013005", "013010"),
        (
            "ACCA {de}",
            "Société de chasse {de}",
            "Société de chasse {lieu}",
            "La Saint-Hubert {de}",
            "AAPPMA {de}",
            "Association communale de chasse agréée {de}",
            "La Gaule {lieu}",
            "Les Pêcheurs {lieu}",
        ),
        ("organiser la chasse", "protéger le gibier", "entretenir les cours d'eau"),
    ),
    Domaine(
        8,
        ("018005", "019005", "021005", "021010", "019010"),
        (
            "Crèche parentale {image}",
            "Centre social {lieu}",
            "Familles rurales {de}",
            "Aide à domicile en milieu rural {de}",
            "Halte-garderie {image}",
            "Maison de quartier {lieu}",
            "Service de soins {mot}",
            "Relais {mot}",
            "Accueil {lieu}",
            "Les Petits {mot}",
            "Maison d'assistantes maternelles {image}",
        ),
        ("accueillir les jeunes enfants", "aider les familles", "gérer un service à domicile"),
    ),
    Domaine(
        7,
        ("030010", "030020", "030012", "019016", "030050", "030015"),
        (
            "Régie de quartier {lieu}",
            "Chantier d'insertion {mot}",
            "{mot} insertion",
            "Ressourcerie {mot}",
            "Tiers-lieu {mot}",
            "Groupement d'employeurs {mot}",
            "Les Jardins {lieu}",
            "Mission locale {lieu}",
            "Emploi solidaire {lieu}",
            "Épicerie solidaire {mot}",
            "Comité de quartier {lieu}",
        ),
        ("favoriser l'insertion par l'emploi", "animer un lieu partagé", "créer des emplois"),
    ),
    Domaine(
        8,
        ("020015", "020020", "014035", "020005", "017055"),
        (
            "{mot} solidarité",
            "Entraide {lieu}",
            "Les Mains {image}",
            "Espoir pour {mot}",
            "Un puits pour {mot}",
            "Amicale des donneurs de sang {de}",
            "Secours {mot} comité {de}",
            "Solidarité {lieu}",
            "Vivre avec {mot}",
            "Ensemble pour {mot}",
        ),
        ("venir en aide aux personnes", "collecter des dons", "soutenir les malades"),
    ),
    Domaine(
        6,
        ("024045", "024035", "024050", "024026", "024015"),
        (
            "Sauvegarde {lieu}",
            "Association de défense {lieu}",
            "Nature et {mot}",
            "{mot} environnement",
            "Jardins partagés {lieu}",
            "Les Amis des chats {de}",
            "Bien vivre {lieu}",
            "Refuge {mot}",
            "Vigilance {lieu}",
        ),
        ("protéger la nature", "défendre le cadre de vie", "sensibiliser à l'environnement"),
    ),
    Domaine(
        5,
        ("010015", "010020", "010010", "010017"),
        (
            "Les Amis de l'église {de}",
            "Patrimoine {lieu}",
            "Société d'histoire {de}",
            "Les Amis du moulin {lieu}",
            "Mémoire {de}",
            "Cercle généalogique {lieu}",
            "Musée {lieu}",
        ),
        ("étudier l'histoire locale", "restaurer le patrimoine", "recueillir la mémoire"),
    ),
    Domaine(
        5,
        ("038105", "036510", "014080", "036520"),
        (
            "Amicale des sapeurs-pompiers {de}",
            "Anciens combattants {de}",
            "Amicale de la classe {an} {de}",
            "Jeunes sapeurs-pompiers {de}",
            "Secouristes {lieu}",
            "Souvenir militaire section {de}",
            "Amicale des conscrits {an} {de}",
        ),
        ("entretenir la camaraderie", "honorer la mémoire", "former aux premiers secours"),
    ),
    Domaine(
        7,
        ("007080", "007003", "007025", "006090", "007060", "007030", "007045"),
        (
            "Club de modélisme {mot}",
            "Les Doigts {image}",
            "Confrérie {lieu}",
            "Patchwork {mot}",
            "Photo club {de}",
            "Scrabble {ville}",
            "Club canin {lieu}",
            "Les Vieux Volants {lieu}",
            "Bridge club {de}",
            "Ludothèque {mot}",
            "Moto club {mot}",
            "Ateliers {mot}",
        ),
        ("partager un loisir", "organiser des ateliers", "réunir des amateurs"),
    ),
    Domaine(
        5,
        ("022535", "023025", "023020", "034240", "032520", "022542"),
        (
            "Union des commerçants {de}",
            "Office de tourisme {de}",
            "Association syndicale {lieu}",
            "Amicale des locataires {lieu}",
            "Les Vitrines {de}",
            "Groupement agricole {lieu}",
            "Producteurs {lieu}",
            "{mot} développement",
        ),
        ("dynamiser le commerce", "défendre les locataires", "promouvoir le territoire"),
    ),
    Domaine(
        5,
        ("040000", "003060", "001015", "016080", "005010", "050000"),
        (
            "Communauté {mot}",
            "Cercle {mot}",
            "Union citoyenne {de}",
            "Radio {mot}",
            "{mot} débats",
            "Institut {mot}",
            "Fraternité {lieu}",
            "{ville} autrement",
        ),
        ("réunir des fidèles", "débattre de la cité", "diffuser des connaissances"),
    ),
)

SECTIONS = (
    *("judo", "tennis", "danse", "football", "pétanque", "gymnastique", "marche", "théâtre"),
    *("échecs", "natation", "musique", "cyclisme", "photo", "couture", "badminton", "volley"),
)
RIVAUX = ("olympique", "athlétique", "de la jeunesse", "féminin", "des cheminots", "vétérans")
QUARTIERS = ("Nord", "Sud", "Centre", "Est", "Ouest", "Gare", "Rives", "Plateau")

PUBLICS = (
    *("des habitants", "des jeunes", "des familles", "des adhérents", "des aînés"),
    *("de tous les publics", "des personnes isolées", "des enfants", "du voisinage"),
)
COMPLEMENTS = (
    "organiser des manifestations",
    "développer les échanges entre ses membres",
    "proposer des ateliers et des rencontres",
    "gérer un local mis à disposition",
    "participer à la vie de la commune",
    "mettre en oeuvre tout moyen utile à son but",
    "favoriser la convivialité",
    "coopérer avec les autres associations",
    'éditer un bulletin intitulé "La Lettre"',
    "rechercher les financements nécessaires",
    "former des bénévoles",
    "intervenir en milieu scolaire",
)

ELEMENTS_DE_LIEU = (
    *("du Moulin", "du Pont", "du Bois", "du Clos", "du Champ", "du Pré", "du Bourg", "du Mont"),
    *("du Val", "du Puits", "du Four", "du Lac", "du Port", "du Parc", "du Canal", "du Coteau"),
    *("de la Croix", "de la Fontaine", "de la Tour", "de la Lande", "de la Combe", "de la Source"),
    *("de la Forge", "de la Vigne", "de la Roche", "de la Butte", "de la Plaine", "de la Digue"),
    *("des Vignes", "des Landes", "des Chênes", "des Sources", "des Ormes", "des Tilleuls"),
    *("des Forges", "des Marais", "des Prés", "des Roches", "des Bruyères", "des Carrières"),
)
QUALIFICATIFS = (
    *("Vert", "Blanc", "Rouge", "Neuf", "Vieux", "Joli", "Haut", "Bas", "Rond", "Long", "Noir"),
    *("Saint-Aubry", "Saint-Morand", "Sainte-Ombeline", "Beauvoir", "Malpas", "Chantelune"),
    *("Morvel", "Fontclaire", "Brisevent", "Hautecombe", "Grandval", "Clairmarais", "Boisjoly"),
    *("Tournebride", "Passerose", "Gratteloup", "Chantemerle", "Taillefer", "Rochebrune"),
    *("Aubepierre", "Merlimont", "Vaudoré", "Sablonnet", "Pierrelaye", "Courtevigne", "Orvaux"),
)
IMAGES = (
    *("Les Ailes", "La Lanterne", "Le Jardin", "Les Chemins", "La Cabane", "Le Fil", "Les Mots"),
    *("La Marmite", "Le Phare", "Les Racines", "La Passerelle", "Le Manège", "Les Étoiles"),
    *("La Boussole", "Le Grenier", "Les Lucioles", "La Ruche", "Le Sillon", "Les Galets"),
    *("La Clef", "Le Tambour", "Les Bottines", "La Roulotte", "Le Cerf-volant", "Les Coquelicots"),
    *("La Grange", "Le Carrousel", "Les Pinceaux", "La Vague", "Le Hérisson", "Les Cigales"),
)
COULEURS = (
    *("bleues", "d'argent", "du vent", "en chemin", "de l'aube", "du soir", "à ressort", "d'hiver"),
    *("des possibles", "du bout du monde", "à plumes", "de papier", "en herbe", "du dimanche"),
    *("de traverse", "sans fin", "à pas feutrés", "du large", "en couleurs", "de lune", "à vapeur"),
    *("des quatre saisons", "de nos rêves", "du voisin", "à l'envers", "en partage", "d'ici"),
)
DEBUTS = (
    *("Val", "Mor", "Ker", "Tam", "Sol", "Bri", "Lu", "Ora", "Nav", "Pel", "Zin", "Arti", "Cal"),
    *("Dor", "Emi", "Fal", "Gar", "Hel", "Iri", "Jol", "Lan", "Mir", "Nor", "Omb", "Par", "Qui"),
    *("Ros", "Syl", "Tri", "Ulm", "Ven", "Xan", "Yol", "Alt", "Bel", "Cor", "Del", "Est", "Fer"),
)
MILIEUX = (
    *("a", "o", "i", "u", "é", "an", "on", "el", "or", "in", "ou", "ar", "al", "is", "en", "ur"),
    *("eli", "ami", "ora", "uni", "ati", "ilo", "era", "oni", "ava", "ité", "ola", "emu", "ica"),
)
FINS = (
    *("ne", "ra", "lis", "don", "ta", "vie", "mé", "dia", "rine", "tis", "lia", "nor", "zel"),
    *("gane", "phie", "lo", "mar", "ské", "tane", "rel", "va", "dine", "co", "lune", "sson"),
)

VOIES = (
    *("RUE", "RUE", "RUE", "RUE", "RUE", "AV", "AV", "PL", "PL", "CHE", "CHE", "RTE", "IMP"),
    *("BD", "ALL", "SQ", "LD", ""),
)
NOMS_DE_VOIE = (
    *("de la Mairie", "des Ecoles", "du Stade", "Principale", "de l'Eglise", "de la Gare"),
    *("du Marché", "de la Liberté", "du 8 mai 1945", "de la Paix", "du Centre", "du Lavoir"),
    *("de Verdun", "du 11 novembre", "des Lilas", "de la Poste", "des Acacias", "du Château"),
)
COMPLEMENTS_D_ADRESSE = (
    *("Bâtiment B", "Résidence les Tilleuls", "Salle polyvalente", "Boîte 12", "1er étage"),
    *("Espace associatif", "Ancienne école", "Appartement 4", "Le Bourg", "Centre culturel"),
)
DISTRIBUTIONS = ("_", "_", "_", "_", "_", "_", "_", "", "BP 12_", "_Le Bourg", "CS 40017_")
