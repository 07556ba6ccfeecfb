"""What the small departments sell, in four languages. Written by hand: people search for such words."""

from __future__ import annotations

from etl.synthetic.catalogue import Article

#: What the five other departments sell.
MORE_ARTICLES: dict[str, tuple[Article, ...]] = {
    "beauty": (
        Article(
            ("cream", "A face cream without perfume for dry skin."),
            ("f", "crème", "Une crème pour le visage, sans parfum, pour peaux sèches."),
            ("de", "crème", "Een gezichtscrème zonder parfum voor de droge huid."),
            ("f", "Creme", "Eine Gesichtscreme ohne Parfüm für trockene Haut."),
        ),
        Article(
            ("balm", "A balm of shea butter for lips and hands."),
            ("m", "baume", "Un baume au beurre de karité pour les lèvres et les mains."),
            ("de", "balsem", "Een balsem van sheaboter voor lippen en handen."),
            ("m", "Balsam", "Ein Balsam aus Sheabutter für Lippen und Hände."),
        ),
        Article(
            ("shampoo", "A solid shampoo that lasts for eighty washes."),
            ("m", "shampooing", "Un shampooing solide qui dure quatre-vingts lavages."),
            ("de", "shampoo", "Een vaste shampoo voor tachtig wasbeurten."),
            ("n", "Shampoo", "Ein festes Shampoo für achtzig Haarwäschen."),
        ),
        Article(
            ("soap", "A soap with olive oil, made in Marseille."),
            ("m", "savon", "Un savon à l’huile d’olive, fabriqué à Marseille."),
            ("de", "zeep", "Een zeep met olijfolie, gemaakt in Marseille."),
            ("f", "Seife", "Eine Seife mit Olivenöl, hergestellt in Marseille."),
        ),
        Article(
            ("hair dryer", "Dries long hair in ten minutes, at three temperatures."),
            ("m", "sèche-cheveux", "Sèche les cheveux longs en dix minutes, à trois températures."),
            ("de", "haardroger", "Droogt lang haar in tien minuten, op drie temperaturen."),
            ("m", "Haartrockner", "Trocknet langes Haar in zehn Minuten, mit drei Temperaturen."),
        ),
    ),
    "sports": (
        Article(
            ("racket", "A tennis racket for beginners, with a large head."),
            ("f", "raquette", "Une raquette de tennis pour débutants, à grand tamis."),
            ("het", "racket", "Een tennisracket voor beginners, met een groot blad."),
            ("m", "Schläger", "Ein Tennisschläger für Anfänger, mit großem Kopf."),
        ),
        Article(
            ("football", "A ball for grass and for the street, sewn by hand."),
            ("m", "ballon de football", "Un ballon pour l’herbe et la rue, cousu à la main."),
            ("de", "voetbal", "Een bal voor gras en straat, met de hand genaaid."),
            ("m", "Fußball", "Ein Ball für Rasen und Straße, von Hand genäht."),
        ),
        Article(
            ("yoga mat", "A mat that does not slip, six millimetres thick."),
            ("m", "tapis de yoga", "Un tapis antidérapant de six millimètres d’épaisseur."),
            ("de", "yogamat", "Een mat die niet wegglijdt, zes millimeter dik."),
            ("f", "Yogamatte", "Eine rutschfeste Matte, sechs Millimeter dick."),
        ),
        Article(
            ("bicycle helmet", "A helmet with a light at the back, for the way to work."),
            ("m", "casque de vélo", "Un casque avec feu arrière, pour aller au travail."),
            ("de", "fietshelm", "Een helm met achterlicht, voor de weg naar het werk."),
            ("m", "Fahrradhelm", "Ein Helm mit Rücklicht, für den Weg zur Arbeit."),
        ),
        Article(
            ("tent", "A tent for two that stands in five minutes and stays dry in the rain."),
            ("f", "tente", "Une tente pour deux, montée en cinq minutes et sèche sous la pluie."),
            ("de", "tent", "Een tent voor twee, in vijf minuten opgezet en droog in de regen."),
            ("n", "Zelt", "Ein Zelt für zwei, in fünf Minuten aufgebaut und im Regen trocken."),
        ),
        Article(
            ("water bottle", "A bottle of steel that keeps tea hot and water cold."),
            ("f", "gourde", "Une gourde en inox qui garde le thé chaud et l’eau froide."),
            ("de", "drinkfles", "Een fles van staal die thee warm en water koud houdt."),
            ("f", "Trinkflasche", "Eine Flasche aus Stahl, die Tee heiß und Wasser kalt hält."),
        ),
    ),
    "toys": (
        Article(
            ("puzzle", "A thousand pieces with a map of the world."),
            ("m", "puzzle", "Mille pièces avec une carte du monde."),
            ("de", "puzzel", "Duizend stukken met een kaart van de wereld."),
            ("n", "Puzzle", "Tausend Teile mit einer Karte der Welt."),
        ),
        Article(
            ("board game", "A game for two to six players from eight years on."),
            ("m", "jeu de société", "Un jeu pour deux à six joueurs à partir de huit ans."),
            ("het", "gezelschapsspel", "Een spel voor twee tot zes spelers vanaf acht jaar."),
            ("n", "Brettspiel", "Ein Spiel für zwei bis sechs Spieler ab acht Jahren."),
        ),
        Article(
            ("wooden train", "A train of beech wood with thirty pieces of track."),
            ("m", "train en bois", "Un train en bois de hêtre avec trente rails."),
            ("de", "houten trein", "Een trein van beukenhout met dertig stukken spoor."),
            ("m", "Holzzug", "Ein Zug aus Buchenholz mit dreißig Schienen."),
        ),
        Article(
            ("teddy bear", "A teddy bear that can be washed, for small children."),
            ("m", "ours en peluche", "Un ours en peluche lavable, pour les petits enfants."),
            ("de", "teddybeer", "Een wasbare teddybeer voor kleine kinderen."),
            ("m", "Teddybär", "Ein waschbarer Teddybär für kleine Kinder."),
        ),
    ),
    "books": (
        Article(
            ("novel", "A family moves to the sea, and nobody wants to say why."),
            ("m", "roman", "Une famille s’installe à la mer, et personne ne veut dire pourquoi."),
            ("de", "roman", "Een gezin verhuist naar zee, en niemand wil zeggen waarom."),
            ("m", "Roman", "Eine Familie zieht ans Meer, und niemand will sagen, warum."),
        ),
        Article(
            ("cookbook", "Eighty recipes from Belgian kitchens, from stew to waffles."),
            ("m", "livre de cuisine", "Quatre-vingts recettes belges, des carbonnades aux gaufres."),
            ("het", "kookboek", "Tachtig recepten uit Belgische keukens, van stoofvlees tot wafels."),
            ("n", "Kochbuch", "Achtzig Rezepte aus belgischen Küchen, vom Schmorfleisch bis zur Waffel."),
        ),
        Article(
            ("picture book", "A fox cannot sleep: a story to read aloud."),
            ("m", "album illustré", "Un renard n’arrive pas à dormir : une histoire à lire à voix haute."),
            ("het", "prentenboek", "Een vos kan niet slapen: een verhaal om voor te lezen."),
            ("n", "Bilderbuch", "Ein Fuchs kann nicht schlafen: eine Geschichte zum Vorlesen."),
        ),
        Article(
            ("travel guide", "Forty walks in the Ardennes, with maps."),
            ("m", "guide de voyage", "Quarante promenades dans les Ardennes, avec des cartes."),
            ("de", "reisgids", "Veertig wandelingen in de Ardennen, met kaarten."),
            ("m", "Reiseführer", "Vierzig Wanderungen in den Ardennen, mit Karten."),
        ),
    ),
    "groceries": (
        Article(
            ("coffee", "Coffee beans from Ethiopia, roasted in Antwerp."),
            ("m", "café", "Du café en grains d’Éthiopie, torréfié à Anvers."),
            ("de", "koffie", "Koffiebonen uit Ethiopië, gebrand in Antwerpen."),
            ("m", "Kaffee", "Kaffeebohnen aus Äthiopien, in Antwerpen geröstet."),
        ),
        Article(
            ("tea", "Green tea with jasmine, in twenty bags."),
            ("m", "thé", "Du thé vert au jasmin, en vingt sachets."),
            ("de", "thee", "Groene thee met jasmijn, in twintig zakjes."),
            ("m", "Tee", "Grüner Tee mit Jasmin, in zwanzig Beuteln."),
        ),
        Article(
            ("chocolate", "Dark chocolate with hazelnuts, from a Belgian chocolate maker."),
            ("m", "chocolat", "Du chocolat noir aux noisettes, d’un chocolatier belge."),
            ("de", "chocolade", "Pure chocolade met hazelnoten, van een Belgische chocolatier."),
            ("f", "Schokolade", "Dunkle Schokolade mit Haselnüssen, von einem belgischen Chocolatier."),
        ),
        Article(
            ("olive oil", "Olive oil of the first pressing, in a bottle of half a litre."),
            ("f", "huile d’olive", "De l’huile d’olive de première pression, en bouteille d’un demi-litre."),
            ("de", "olijfolie", "Olijfolie van de eerste persing, in een fles van een halve liter."),
            ("n", "Olivenöl", "Olivenöl der ersten Pressung, in einer Flasche mit einem halben Liter."),
        ),
    ),
}
