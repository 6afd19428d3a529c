"""List the sixty invented requests: who asks for what, where, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass

from desk.demo.desks_and_people import BORGOFRANCO, BUROLO, MONTALENGHE, PEROSA, QUAGLIUZZO


@dataclass(frozen=True)
class Request:
    """One invented request.

    ``plot`` names the path it has taken so far; ``idle`` is how many working days ago the last thing happened in it.
    A requester written with a comma is a firm and the person who comes for it.
    """

    requester: str
    title: str
    topic: str
    sector: str
    plot: str
    idle: int


_BOOK = {
    BORGOFRANCO: """
Livio Esempio             | Gancio per funi                | proteggere         | meccanica   | bozza        | 1
Officina Esempio S.r.l., Otto Esempio | Componente agricolo | produrre          | agricoltura | esito        | 7
Falegnameria Campione, Ivo Campione | Linea di arredi      | diversificare      | artigianato | analisi      | 4
Ines Saggio               | Marchio per conserve           | proteggere         | alimentare  | analisi      | 1
Remo Prova                | Lampada da officina            | sviluppare         | elettronica | inoltrata    | 1
Tea Fittizi               | Borsa da bicicletta            | commercializzare   | sport       | inviata      | 1
Birrificio Segnaposto, Leo Segnaposto | Bottiglia a rendere | collaborare       | alimentare  | proposta     | 2
Vera Modelli              | Cuscino per la schiena         | proteggere         | salute      | conclusa     | 12
Ciro Dimostri             | App per i sentieri             | avviare_impresa    | turismo     | conclusa     | 20
Carpenteria Modelli, Alma Modelli | Scala pieghevole       | verificare         | edilizia    | fissata      | 1
Nora Provetti             | Telaio per tessere             | sviluppare         | moda        | integrazioni | 3
Tito Inventati            | Filtro per stufe               | verificare         | energia     | inoltrata    | 4
Agricola Abbozzi, Pia Abbozzi | Essiccatore per erbe       | finanziare         | agricoltura | rinviata     | 8
Zeno Saggio               | Corso per artigiani            | formazione_giovani | istruzione  | estranea     | 10
Mara Esempio              | Vaso autoirrigante             | proteggere         | artigianato | ritirata     | 6
Silvio Campione           | Sella regolabile               | produrre           | sport       | da_proporre  | 1
Tipografia Prova, Gaia Prova | Scatola piegata             | commercializzare   | commercio   | assente      | 1
Luce Segnaposto           | Orto verticale                 | avviare_impresa    | agricoltura | telefona     | 6
Fausto Modelli            | Attrezzo per la potatura alta  | proteggere         | agricoltura | corretta     | 1
Irma Dimostri             | Pannello fonoassorbente        | sviluppare         | edilizia    | analisi      | 7
""",
    BUROLO: """
Dora Campione             | Detersivo alla spina           | commercializzare   | commercio   | conclusa     | 25
Arredi Fittizi, Gino Fittizi | Sedia impilabile            | proteggere         | artigianato | conclusa     | 15
Omar Provetti             | Chiusura per finestre          | verificare         | edilizia    | esito        | 2
Rita Provetti             | Dispositivo per la casa        | finanziare         | elettronica | fissata      | 2
Cooperativa Saggio, Lina Saggio | Servizio per anziani     | avviare_impresa    | salute      | proposta     | 3
Tullio Abbozzi            | Supporto per vigneto           | proteggere         | agricoltura | integrazioni | 1
Ada Esempio               | Attrezzo per la potatura       | proteggere         | agricoltura | analisi      | 3
Elio Inventati            | Zaino da lavoro                | produrre           | moda        | inoltrata    | 2
Norma Prova               | Crema da erbe locali           | proteggere         | salute      | inviata      | 4
Ezio Dimostri             | Guida per turisti              | digitalizzare      | turismo     | ritirata     | 2
Mensa Esempio, Rosa Esempio | Cassetta termica             | collaborare        | alimentare  | da_proporre  | 1
Sergio Saggio             | Trappola per insetti           | sviluppare         | agricoltura | inviata      | 1
Wanda Modelli             | Tessuto riciclato              | diversificare      | moda        | bozza        | 2
Ivan Segnaposto           | Ruota per carriole             | verificare         | meccanica   | rinuncia     | 5
""",
    MONTALENGHE: """
Rino Abbozzi              | Affilatrice da banco           | proteggere         | meccanica   | conclusa     | 18
Vivaio Prova, Elda Prova  | Terriccio senza torba          | commercializzare   | agricoltura | assente      | 2
Katia Fittizi             | Gioco per l’orto a scuola      | formazione_giovani | istruzione  | rinviata     | 6
Enea Campione             | Portabiciclette                | sviluppare         | trasporti   | telefona     | 7
Ugo Inventati             | Miele in monodose              | commercializzare   | alimentare  | integrata    | 1
Livio Segnaposto          | Attrezzo per l’orto            | proteggere         | agricoltura | esito        | 6
Officina Saggio, Bice Saggio | Morsa da banco              | produrre           | meccanica   | proposta     | 1
Gino Dimostri             | Software per cantieri          | finanziare         | software    | analisi      | 1
Nives Esempio             | Tenda per balconi              | verificare         | edilizia    | inoltrata    | 7
Sauro Provetti            | Telo per legna                 | produrre           | artigianato | inviata      | 1
""",
    PEROSA: """
Lidia Modelli             | Stampo per dolci               | proteggere         | alimentare  | conclusa     | 9
Cascina Fittizi, Aldo Fittizi | Latte in distributore      | diversificare      | alimentare  | estranea     | 4
Bruno Campione            | Sensore per serre              | sviluppare         | elettronica | proposta     | 2
Dino Fittizi              | Imballaggio riusabile          | commercializzare   | trasporti   | fissata      | 1
Sonia Inventati           | Sapone da siero di latte       | avviare_impresa    | artigianato | da_proporre  | 4
Loris Prova               | Aratro leggero                 | proteggere         | agricoltura | inoltrata    | 1
Ester Saggio              | Lampada a pedali               | verificare         | energia     | analisi      | 5
Igor Abbozzi              | Bastone da cammino             | produrre           | sport       | inviata      | 1
""",
    QUAGLIUZZO: """
Giada Provetti            | Corso di ceramica              | formazione_giovani | istruzione  | conclusa     | 30
Elsa Inventati            | Accessorio per bicicletta      | verificare         | sport       | integrazioni | 8
Fosca Modelli             | Gioco didattico                | produrre           | istruzione  | analisi      | 1
Apicoltura Esempio, Rocco Esempio | Arnia smontabile       | proteggere         | agricoltura | proposta     | 4
Alba Dimostri             | Cesto da raccolta              | diversificare      | artigianato | inoltrata    | 11
Pietro Segnaposto         | Termometro da forno            | sviluppare         | elettronica | inviata      | 2
Mirco Campione            | Sandali pieghevoli             | proteggere         | moda        | conclusa     | 14
Clara Saggio              | Fiera dei prodotti locali      | collaborare        | turismo     | bozza        | 1
""",
}


def requests_of(istat: str) -> list[Request]:
    """Give the requests of one Comune's desk, in the order of its book."""
    lines = (line.split("|") for line in _BOOK[istat].strip().splitlines())
    return [_request(*(cell.strip() for cell in line)) for line in lines]


def _request(*cells: str) -> Request:
    requester, title, topic, sector, plot, idle = cells
    return Request(requester, title, topic, sector, plot, int(idle))
