"""Who lives in the demo."""

from dataclasses import dataclass

from django.contrib.auth.models import Group

from mentorship.people.models import User

PASSWORD = "learn-by-doing"  # noqa: S105 - printed beside the accounts, never used in production


@dataclass(frozen=True)
class Role:
    handle: str
    name: str
    timezone: str
    headline: str
    group: str = ""
    what: str = ""  # shown in the list of accounts; empty: not shown

    @property
    def email(self) -> str:
        return f"{self.handle.partition('-')[0]}@demo.example"


CAST = [
    Role("amara-okafor", "Amara Okafor", "Africa/Lagos", "From public health to machine learning", what="mentee"),
    Role("mateo-rojas", "Mateo Rojas", "America/Santiago", "Data scientist in logistics", what="mentor"),
    Role("emre-demir", "Emre Demir", "Europe/Istanbul", "Edits what others learned", "editors", "editor"),
    Role("ada-lindqvist", "Ada Lindqvist", "Europe/Stockholm", "Runs the cohorts", "admins", "admin"),
    Role("aiko-tanaka", "Aiko Tanaka", "Asia/Tokyo", "Physicist, curious", what="applicant"),
    Role("bela-kovacs", "Béla Kovács", "Europe/Budapest", "Civil engineer, second career"),
    Role("chiara-conti", "Chiara Conti", "Europe/Rome", "Statistics teacher who codes", what="mentee"),
    Role("dmitri-orlov", "Dmitri Orlov", "Europe/Riga", "Chemist, evenings only"),
    Role("esi-mensah", "Esi Mensah", "Africa/Accra", "Agronomist with a lot of sensor data"),
    Role("nadia-haddad", "Nadia Haddad", "Asia/Amman", "Machine-learning engineer, health"),
    Role("gita-rao", "Gita Rao", "Asia/Kolkata", "Graduated last winter, mentors the stream below", what="apprentice"),
    Role("omar-farouk", "Omar Farouk", "Africa/Cairo", "Graduated last winter, now with maps"),
    Role("ravi-menon", "Ravi Menon", "Asia/Kolkata", "Hydrologist with forty years of rain"),
    Role("liam-walsh", "Liam Walsh", "Europe/Dublin", "Backend developer who wants to model"),
    Role("sofia-marin", "Sofia Marin", "Europe/Bucharest", "Transport planner, in Python for a year"),
    Role("kofi-adjei", "Kofi Adjei", "Africa/Accra", "Data analyst, soon something more"),
    Role("hana-novak", "Hana Novák", "Europe/Prague", "Tester who likes to measure"),
    Role("yuki-sato", "Yuki Sato", "Asia/Tokyo", "Economist, first year of Python"),
    Role("tomas-berg", "Tomas Berg", "Europe/Oslo", "Repairs wind turbines"),
    Role("lin-zhao", "Lin Zhao", "Asia/Shanghai", "Translator of novels"),
    Role("fatou-diallo", "Fatou Diallo", "Africa/Dakar", "Nurse, keeps the records of a clinic"),
    Role("jonas-keller", "Jonas Keller", "Europe/Berlin", "Looking around"),
    Role("maria-silva", "Maria Silva", "America/Sao_Paulo", "Teacher of literature"),
]


def make_people() -> dict[str, User]:
    """Everybody, by first name in lower case, with a verified address."""
    people = {}
    for role in CAST:
        person = User.objects.create_user(
            role.email,
            PASSWORD,
            name=role.name,
            handle=role.handle,
            timezone=role.timezone,
            headline=role.headline,
            visibility=User.Visibility.PUBLIC,
        )
        person.emailaddress_set.create(email=role.email, verified=True, primary=True)  # type: ignore[attr-defined]
        if role.group:
            person.groups.add(Group.objects.get(name=role.group))
        people[role.handle.partition("-")[0]] = person
    return people


def accounts() -> str:
    """The list that `make run` prints."""
    rows = [(role.what, role.email) for role in CAST if role.what]
    lines = [f"  {what:<10} {email}" for what, email in rows]
    return "\n".join(["Demo accounts, all with the password " + PASSWORD + ":", *lines])
