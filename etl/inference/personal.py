"""Which columns seem to identify a person, by what they are called in the languages of the region."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

#: Words and phrases that name something of a person: English, Dutch, French, German, Spanish, Italian.
_SURE = (
    # How to reach somebody.
    *("email", "e mail", "mailadres", "courriel", "correo", "phone", "telephone", "telefoon", "telefon"),
    *("telefono", "telefone", "mobile", "mobiel", "gsm", "handy", "handynummer", "cellulare", "tel", "fax"),
    *("address", "adres", "adresse", "anschrift", "direccion", "indirizzo", "street", "straat", "strasse"),
    *(
        "zip",
        "zipcode",
        "zip code",
        "postal code",
        "postalcode",
        "postcode",
        "post code",
        "code postal",
        "plz",
    ),
    *("postleitzahl", "codigo postal", "codice postale", "ip", "ipaddress", "ip address"),
    # What somebody is called.
    *("first name", "last name", "middle name", "given name", "family name", "full name", "maiden name"),
    *("name first", "name last", "firstname", "lastname", "fullname", "surname", "forename", "initials"),
    *("person name", "customer name", "client name", "employee name", "candidate name", "patient name"),
    *("user name", "username", "login", "nickname", "voornaam", "achternaam", "familienaam", "naam klant"),
    *("gebruikersnaam", "prenom", "nom de famille", "nom complet", "vorname", "nachname", "familienname"),
    *("benutzername", "apellido", "apellidos", "nombre completo", "cognome", "nome utente"),
    # What documents and accounts have.
    *("ssn", "social security", "passport", "paspoort", "passeport", "reisepass", "pasaporte"),
    *("passaporto", "iban", "credit card", "creditcard", "card number", "cardnumber", "kreditkarte"),
    *("carte bancaire", "tarjeta", "national insurance", "nino", "national id", "national number", "bsn"),
    *("rijksregisternummer", "rijksregister", "burgerservicenummer", "niss", "insz", "numero national"),
    *("nir", "numero de securite sociale", "steuer id", "steueridentifikationsnummer", "matricule"),
    *("sozialversicherungsnummer", "dni", "nie", "nif", "codice fiscale", "codicefiscale", "tax id"),
    *("driver license", "drivers license", "rijbewijs", "fuhrerschein", "license plate", "kenteken"),
    # What is said of somebody.
    *(
        "birth",
        "born",
        "birthday",
        "birthdate",
        "birth date",
        "dob",
        "geboortedatum",
        "geboren",
        "geburtsdatum",
    ),
    *("geburtstag", "naissance", "date de naissance", "nacimiento", "nascita", "gender", "geslacht"),
    *("geschlecht", "sexe", "genero", "genere", "sesso", "salary", "salaris", "gehalt", "salaire"),
    *("salario", "stipendio", "sueldo", "religion", "ethnicity", "nationality", "nationaliteit"),
    *("nationalite", "nationalitat", "nacionalidad", "nazionalita", "marital status"),
)

#: Names that are of a person only where the data are of people.
_OF_PEOPLE = frozenset({"name", "naam", "nom", "nombre", "nome", "names", "sex", "age", "race", "mail"})

_PEOPLE = re.compile(
    r"(^| )(person|people|customer|client|user|employee|staff|member|patient|contact|candidate|student"
    r"|teacher|subscriber|applicant|voter|driver|passenger|player|author|guest|tenant"
    r"|klant|persoon|personen|medewerker|werknemer|gebruiker"
    r"|kunde|mitarbeiter|benutzer|mitglied|mitglieder|patienten"
    r"|utilisateur|employe|personne|membre"
    r"|cliente|empleado|usuario|persona|dipendente|utente)(s|en|n|i)?( |$)"
)

#: Last words that make a measure or a sort of it.
_MEASURES = frozenset(
    {
        "count",
        "counts",
        "total",
        "rate",
        "ratio",
        "share",
        "percent",
        "pct",
        "type",
        "kind",
        "valid",
        "verified",
    }
)

_SURE_WORDS = re.compile(rf"(^| )({'|'.join(_SURE)})s?( |$)")

#: What shops and machines have, too.
_OF_PLACES = re.compile(
    r"(^| )(e ?mail|phone|telephone|tel|fax|address|adres|adresse|street"
    r"|zip|zipcode|postal|postcode|plz|ip)s?( |$)"
)


def words_of(name: str) -> str:
    """The words of a name without accents: `nameFirst` is `name first`, and `Prénom_1` is `prenom 1`."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", plain)
    return " ".join(re.findall(r"[a-z]+|[0-9]+", spaced.lower()))


def personal_names(dataset: str, names: Collection[str]) -> frozenset[str]:
    """The columns of a dataset whose names say that they identify a person.

    `name` is that of a product or an airport as well: it counts where the dataset is called as people are, or
    another column is sure to be of one.
    """
    words = {name: words_of(name) for name in names}
    sure = {name for name, each in words.items() if _is_sure(each)}
    of_people = bool(_PEOPLE.search(words_of(dataset))) or any(_tells_people(words[name]) for name in sure)
    unsure = {name for name, each in words.items() if of_people and each in _OF_PEOPLE}
    return frozenset(sure | unsure)


def _is_sure(words: str) -> bool:
    return bool(_SURE_WORDS.search(words)) and words.rsplit(maxsplit=1)[-1] not in _MEASURES


def _tells_people(words: str) -> bool:
    """Whether a name is of people alone: shops have addresses and telephones, too."""
    return not _OF_PLACES.search(words)
