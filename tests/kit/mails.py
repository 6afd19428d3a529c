"""Make a message to somebody."""

from desk.mail import Mail


def mail(to="ada@esempio.example", **more):
    return Mail(to, "Sportello – richiesta 1", "Ciao\n", "<p>Ciao</p>", "ricezione", **more)
