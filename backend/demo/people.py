"""The cast of the demonstration. All of them are invented."""

from dataclasses import dataclass

PASSWORD = "demo-handhold-2026"  # noqa: S105 - printed at each start, never used outside the demonstration


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who works at a clinic of the demonstration."""

    email: str
    name: str
    given_name: str
    role: str


@dataclass(frozen=True, slots=True)
class DemoPatient:
    """A patient of the demonstration. `days` is how long the treatment runs; `story` names their days in days.py."""

    email: str
    name: str
    age: int
    drug: str
    dose: str
    days: int
    story: str
    phone: str
    stools: int = 1
    systolic: int = 126
    diastolic: int = 78
    weight: float = 70.0
    language: str = "en"


RIVERSIDE = [
    StaffMember("joan@example.org", "Joan Keller", "Joan", "nurse"),
    StaffMember("priya@example.org", "Priya Nair", "Priya", "nurse"),
    StaffMember("okafor@example.org", "Dr. Chidi Okafor", "Dr. Okafor", "prescriber"),
    StaffMember("ada@example.org", "Ada Novak", "Ada", "administrator"),
]
HILLSIDE = [
    StaffMember("oscar@example.org", "Oscar Lund", "Oscar", "nurse"),
    StaffMember("dahl@example.org", "Dr. Ingrid Dahl", "Dr. Dahl", "prescriber"),
]

TWICE = "400 mg twice a day"
MARIA = DemoPatient("maria@example.org", "Maria Alvarez", 63, "sorafenib", TWICE, 23, "maria", phone="555 0163")
NADIA = DemoPatient("nadia@example.org", "Nadia Petrov", 64, "sorafenib", TWICE, 18, "nadia", "555 0164")
LUCIA = DemoPatient("lucia@example.org", "Lucía Romero", 57, "sorafenib", TWICE, 15, "lucia", "555 0157", language="es")
MEI = DemoPatient(
    "mei@example.org", "Mei Lin", 61, "regorafenib", "160 mg once a day", 13, "sore", "555 0161", language="zh-Hans"
)
FREYA = DemoPatient("freya@example.org", "Freya Nolan", 65, "sorafenib", TWICE, 16, "freya", "555 0165")
PATIENTS = [
    MARIA,
    DemoPatient("walter@example.org", "Walter Lindqvist", 71, "sorafenib", TWICE, 9, "walter", "555 0171"),
    DemoPatient("rosa@example.org", "Rosa Imani", 58, "regorafenib", "160 mg once a day", 41, "rosa", "555 0158"),
    DemoPatient("tomas@example.org", "Tomas Bergh", 55, "lenvatinib", "12 mg once a day", 12, "tomas", "555 0155"),
    DemoPatient("ines@example.org", "Ines Duarte", 49, "sorafenib", TWICE, 30, "ines", "555 0149"),
    DemoPatient("samuel@example.org", "Samuel Osei", 67, "cabozantinib", "60 mg once a day", 58, "samuel", "555 0167"),
    DemoPatient("helen@example.org", "Helen Marsh", 72, "pazopanib", "800 mg once a day", 40, "helen", "555 0172"),
    DemoPatient("chen@example.org", "Chen Wei", 60, "sorafenib", TWICE, 4, "quiet", "555 0160"),
    DemoPatient("amina@example.org", "Amina Yusuf", 66, "axitinib", "5 mg twice a day", 35, "amina", "555 0166"),
    DemoPatient("pavel@example.org", "Pavel Horak", 70, "sunitinib", "37.5 mg once a day", 34, "tired", "555 0170"),
    DemoPatient("grace@example.org", "Grace Boateng", 59, "sorafenib", TWICE, 45, "grace", "555 0159"),
    DemoPatient("luis@example.org", "Luis Ferreira", 62, "sorafenib", TWICE, 26, "luis", "555 0162"),
    NADIA,
    LUCIA,
    MEI,
]  # fmt: skip
# The leaflet of another region: Freya's clinic is in Europe.
PATIENTS_OF_HILLSIDE = [FREYA]
WHO_IS_WHO = [
    (MARIA, "has today to log"),
    (NADIA, "was told to call yesterday, and is asked today"),
    (LUCIA, "speaks Spanish"),
    (MEI, "speaks Chinese"),
    (FREYA, "is treated in Europe"),
]
"""Whom to sign in as, and why."""
