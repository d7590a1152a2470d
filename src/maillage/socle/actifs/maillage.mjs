/* Modules de la page. Aucun n'est nécessaire pour lire ni pour agir. */
import "htmx.org";
import "./requetes.mjs";
import "./raccourcis.mjs";
import "./brouillons.mjs";
import "./envois.mjs";
import "./groupes.mjs";
import "./typographie.mjs";
