"""Make a message to somebody."""

from desk.mail import NewMail


def mail(to="ada@esempio.example", **more):
    return NewMail(to, "Sportello – richiesta 1", "Ciao\n", "<p>Ciao</p>", "ricezione", **more)
