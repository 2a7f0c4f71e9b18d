"""How a protocol file that cannot be used is reported: in words a clinician can act on."""


class ProtocolError(ValueError):
    """A protocol file is refused: the file, the rule if it is one rule, what is wrong, and how to mend it."""

    def __init__(self, file: str, rule: str | None, wrong: str, mend: str) -> None:
        self.file = file
        self.rule = rule
        self.wrong = wrong
        self.mend = mend
        place = f"{file}, rule {rule}" if rule else file
        super().__init__(f"{place}: {wrong}. {mend}")
