"""A small workshop: what its rooms go through, who leads and who comes."""

from dataclasses import replace

from afterword.domain.workshop import Agenda, Aliases, Block, BlockKind, Choice
from tests.desk.cast import HANDBOOK

KEY = "QUIET-OTTER-7K3M"
HERE, THERE = "192.168.1.20", "192.168.1.21"
EMAIL, PHONE = Choice(id="email", words="By email"), Choice(id="phone", words="By phone")
SCENARIO = HANDBOOK.scenarios[0]
WARM_UP = Block(id="warm-up", kind=BlockKind.GUIDE, title="How it goes", minutes=5, page=HANDBOOK.guide[0].id)
CHANNEL = Block(
    id="channel",
    kind=BlockKind.POLL,
    title="How to thank",
    minutes=5,
    question="How would you thank?",
    options=(EMAIL, PHONE),
)
CASE = Block(id="case", kind=BlockKind.SCENARIO, title=SCENARIO.title, minutes=5, scenario=SCENARIO.id)
PLAN = Block(id="plan", kind=BlockKind.PLAN, title="Your plan", minutes=10)
AGENDA = Agenda(
    id="small", title="A small one", words="", minutes=25, cites=(), blocks=(WARM_UP, CHANNEL, CASE, PLAN)
)
ALIASES = Aliases(
    first=tuple(f"Calm{number}" for number in range(20)), second=tuple(f"Otter{n}" for n in range(20))
)
BOOK = replace(HANDBOOK, agendas={"small": AGENDA}, aliases=ALIASES)
