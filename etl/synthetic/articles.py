"""What the large departments sell, in four languages. Written by hand: people search for such words."""

from __future__ import annotations

from etl.synthetic.catalogue import Article

#: What the three largest departments sell.
ARTICLES: dict[str, tuple[Article, ...]] = {
    "electronics": (
        Article(
            ("speaker", "Wireless sound for the living room or the garden, with twenty hours of battery."),
            ("f", "enceinte", "Le son sans fil au salon ou au jardin, avec vingt heures d’autonomie."),
            ("de", "luidspreker", "Draadloos geluid in de woonkamer of de tuin, met twintig uur batterij."),
            ("m", "Lautsprecher", "Kabelloser Klang im Wohnzimmer oder Garten, mit zwanzig Stunden Akku."),
        ),
        Article(
            ("headphones", "Headphones that keep the noise of the train outside."),
            ("m", "casque audio", "Un casque qui laisse le bruit du train dehors."),
            ("de", "koptelefoon", "Een koptelefoon die het lawaai van de trein buiten houdt."),
            ("m", "Kopfhörer", "Ein Kopfhörer, der den Lärm des Zuges draußen lässt."),
        ),
        Article(
            ("charger", "Charges a phone and a laptop at the same time."),
            ("m", "chargeur", "Recharge un téléphone et un ordinateur portable en même temps."),
            ("de", "oplader", "Laadt een telefoon en een laptop tegelijk op."),
            ("n", "Ladegerät", "Lädt ein Handy und einen Laptop zur gleichen Zeit."),
        ),
        Article(
            ("keyboard", "Keys with a short travel, for long texts at a small desk."),
            ("m", "clavier", "Des touches à course courte, pour de longs textes sur un petit bureau."),
            ("het", "toetsenbord", "Toetsen met een korte aanslag, voor lange teksten aan een klein bureau."),
            ("f", "Tastatur", "Tasten mit kurzem Hub, für lange Texte an einem kleinen Schreibtisch."),
        ),
        Article(
            ("camera", "Takes sharp pictures by day and by night, even under water."),
            ("m", "appareil photo", "Prend des photos nettes de jour comme de nuit, même sous l’eau."),
            ("de", "camera", "Maakt scherpe foto’s overdag en ’s nachts, zelfs onder water."),
            ("f", "Kamera", "Macht scharfe Bilder bei Tag und Nacht, sogar unter Wasser."),
        ),
        Article(
            ("alarm clock", "Wakes you with light and with the radio."),
            ("m", "réveil", "Réveille avec de la lumière et la radio."),
            ("de", "wekker", "Wekt met licht en met de radio."),
            ("m", "Wecker", "Weckt mit Licht und mit dem Radio."),
        ),
        Article(
            ("vacuum cleaner", "A cordless vacuum cleaner for floors, carpets and the hair of pets."),
            ("m", "aspirateur", "Un aspirateur sans fil pour sols, tapis et poils d’animaux."),
            ("de", "stofzuiger", "Een snoerloze stofzuiger voor vloeren, tapijten en dierenhaar."),
            ("m", "Staubsauger", "Ein kabelloser Staubsauger für Böden, Teppiche und Tierhaare."),
        ),
        Article(
            ("kettle", "Boils a litre of water in two minutes and turns itself off."),
            ("f", "bouilloire", "Fait bouillir un litre d’eau en deux minutes et s’éteint seule."),
            ("de", "waterkoker", "Kookt een liter water in twee minuten en schakelt zichzelf uit."),
            ("m", "Wasserkocher", "Kocht einen Liter Wasser in zwei Minuten und schaltet sich selbst ab."),
        ),
    ),
    "home": (
        Article(
            ("lamp", "Warm light for the table or the shelf, and it can be dimmed."),
            ("f", "lampe", "Une lumière chaude pour la table ou l’étagère, à intensité variable."),
            ("de", "lamp", "Warm licht voor de tafel of de plank, en dimbaar."),
            ("f", "Lampe", "Warmes Licht für den Tisch oder das Regal, und dimmbar."),
        ),
        Article(
            ("reading lamp", "A lamp with a swivel arm, for long evenings with a book."),
            ("f", "lampe de lecture", "Une lampe au bras orientable, pour de longues soirées avec un livre."),
            ("de", "leeslamp", "Een lamp met een draaibare arm, voor lange avonden met een boek."),
            ("f", "Leselampe", "Eine Lampe mit schwenkbarem Arm, für lange Abende mit einem Buch."),
        ),
        Article(
            ("French press", "Brews eight cups of coffee without paper filters."),
            ("f", "cafetière à piston", "Prépare huit tasses de café sans filtre en papier."),
            ("de", "cafetière", "Zet acht kopjes koffie zonder papieren filters."),
            ("m", "Kaffeebereiter", "Brüht acht Tassen Kaffee ohne Papierfilter."),
        ),
        Article(
            ("sofa", "A sofa for three, with a cover that goes into the washing machine."),
            ("m", "canapé", "Un canapé pour trois, dont la housse passe à la machine à laver."),
            ("de", "zetel", "Een zetel voor drie, met een hoes die in de wasmachine mag."),
            ("n", "Sofa", "Ein Sofa für drei, mit einem Bezug für die Waschmaschine."),
        ),
        Article(
            ("frying pan", "Nothing sticks to it, and it also works on induction."),
            ("f", "poêle", "Rien n’y attache, et elle convient aussi à l’induction."),
            ("de", "braadpan", "Niets bakt aan, ook geschikt voor inductie."),
            ("f", "Bratpfanne", "Nichts brennt an, auch für Induktion geeignet."),
        ),
        Article(
            ("knife", "A kitchen knife of steel that stays sharp."),
            ("m", "couteau de cuisine", "Un couteau en acier qui reste bien aiguisé."),
            ("het", "keukenmes", "Een mes van staal dat scherp blijft."),
            ("n", "Küchenmesser", "Ein Messer aus Stahl, das scharf bleibt."),
        ),
        Article(
            ("bed linen", "Bed linen of organic cotton for two people."),
            ("m", "linge de lit", "Linge de lit en coton bio pour deux personnes."),
            ("het", "beddengoed", "Beddengoed van biokatoen voor twee personen."),
            ("f", "Bettwäsche", "Bettwäsche aus Biobaumwolle für zwei Personen."),
        ),
        Article(
            ("bookcase", "Five shelves of oak, put together without tools."),
            ("f", "bibliothèque", "Cinq étagères en chêne, à monter sans outils."),
            ("de", "boekenkast", "Vijf planken van eik, zonder gereedschap te monteren."),
            ("n", "Bücherregal", "Fünf Bretter aus Eiche, ohne Werkzeug aufzubauen."),
        ),
    ),
    "fashion": (
        Article(
            ("rain jacket", "A waterproof jacket with a hood that folds into its own pocket."),
            ("f", "veste de pluie", "Une veste imperméable à capuche, qui se range dans sa poche."),
            ("de", "waterdichte jas", "Een regenjas met kap, op te vouwen in de eigen zak."),
            ("f", "Regenjacke", "Eine wasserdichte Jacke mit Kapuze, die in ihre eigene Tasche passt."),
        ),
        Article(
            ("jacket", "A jacket for spring and autumn, lined with soft cotton."),
            ("f", "veste", "Une veste de mi-saison, doublée de coton doux."),
            ("de", "jas", "Een jas voor de lente en de herfst, gevoerd met zachte katoen."),
            ("f", "Jacke", "Eine Jacke für Frühling und Herbst, mit weicher Baumwolle gefüttert."),
        ),
        Article(
            ("coat", "A winter coat of wool that reaches the knee."),
            ("m", "manteau", "Un manteau d’hiver en laine, qui descend au genou."),
            ("de", "mantel", "Een wintermantel van wol tot aan de knie."),
            ("m", "Mantel", "Ein Wintermantel aus Wolle, der bis zum Knie reicht."),
        ),
        Article(
            ("hiking boots", "Boots with a firm sole for stony paths, waterproof."),
            ("f", "paire de chaussures de randonnée", "Une semelle ferme pour les sentiers, imperméable."),
            ("het", "paar wandelschoenen", "Schoenen met een stevige zool voor steile paden, waterdicht."),
            ("n", "Paar Wanderschuhe", "Schuhe mit fester Sohle für steinige Wege, wasserdicht."),
        ),
        Article(
            ("trousers", "Trousers that stretch, for the office and the bicycle."),
            ("m", "pantalon", "Un pantalon extensible, pour le bureau et pour le vélo."),
            ("de", "broek", "Een broek met stretch, voor kantoor en op de fiets."),
            ("f", "Hose", "Eine dehnbare Hose, für das Büro und das Fahrrad."),
        ),
        Article(
            ("dress", "A summer dress of linen with pockets."),
            ("f", "robe", "Une robe d’été en lin, avec des poches."),
            ("de", "jurk", "Een zomerjurk van linnen, met zakken."),
            ("n", "Kleid", "Ein Sommerkleid aus Leinen, mit Taschen."),
        ),
        Article(
            ("scarf", "A scarf of merino wool that does not scratch."),
            ("f", "écharpe", "Une écharpe en laine mérinos qui ne gratte pas."),
            ("de", "sjaal", "Een sjaal van merinowol die niet kriebelt."),
            ("m", "Schal", "Ein Schal aus Merinowolle, der nicht kratzt."),
        ),
        Article(
            ("backpack", "A backpack with a padded compartment for a laptop."),
            ("m", "sac à dos", "Un sac à dos avec un compartiment rembourré pour ordinateur."),
            ("de", "rugzak", "Een rugzak met een gevoerd vak voor een laptop."),
            ("m", "Rucksack", "Ein Rucksack mit gepolstertem Fach für einen Laptop."),
        ),
    ),
}
