"""Find the times that a form offers."""


def slot(day, begins, ends):
    return {
        "value": f"{day}T{begins:0>5}", "label": f"il {day} dalle {begins} alle {ends}",
        "giorno": day, "inizio": begins, "fine": ends,
    }  # fmt: skip
