"""The words that stand around a labelled value, and what each of them tells."""

from __future__ import annotations

import re
from typing import Final

NAMES: Final = {
    "password": "a password",
    "pin": "a PIN",
    "code": "a code",
    "seed": "a secret key",
    "ssn": "a social security number",
    "login": "a login name",
    "bank": "a bank number",
    "answer": "an answer to a security question",
}
"""What each kind of label announces, for the refusal."""

WINDOW: Final = 14
"""How many words behind a label its value may stand."""
HARD: Final = frozenset(":=>~|\"'(-[")
"""Signs that name a value."""
COPULA: Final = frozenset(
    "is was are were be being been equals reads = as became becomes says".split()
)
"""Words that name a value as a colon does."""
CHANGING: Final = re.compile(r"chang|set|reset|updat|switch|made|chose|chosen|picked")
"""What makes *password to ...* name the password, and not whom it was given to."""
WHO: Final = frozenset("he she they i we caller atty client attorney".split())
"""Who may stand between a label and its verb: the password he uses is ..."""
GLUE: Final = frozenset(
    "nr is was are were be the a an his her their my your our its new old temp temporary current "
    "now still again just set changed reset to as has been for given issued number no nbr num # "
    "which that equals reads he she it they i we me him them us said says gave used uses typed "
    "entered read tried wrote wants pacer cm/ecf ecf cmecf nextgen exactly ie i.e e.g eg ends "
    "end ending in with last four 4 digits digit name id user account acct full always also "
    "caller atty attorney and by one from value today letters first all caps capital capitals "
    "lowercase uppercase lower upper case spelled simply literally original initial created made "
    "generated received got text texted texting sms app phone voicemail aloud over on file "
    "last4 record form should would must sticky remembers thinks believes keeps there note says "
    "firm firm's told assistant secretary paralegal wife shared own twice".split()
)
"""What may stand between a label and its value."""
WORDS: Final = frozenset("word words wrd phrase code".split())
"""What makes one label of two words: pass word."""
HOLDERS: Final = frozenset("filer ecf cm/ecf cmecf".split())
"""Whose id is a login name."""
BREAKS: Final = frozenset("from since before until in of ago after".split())
"""What begins something else than the value."""
UNITS: Final = frozenset(
    "times x characters chars char days day weeks week months month years year hours hour hrs hr "
    "minutes minute mins min seconds attempts tries digits digit letters symbols times. people "
    "users accounts courts steps more or to - of different failed pages boxes people's".split()
)
"""What is counted by a number before it."""
IDS: Final = frozenset(
    "account acct accounts case cases ticket tickets receipt ref reference error err ext "
    "extension room rm bar zip docket dkt doc docs document invoice page pages confirmation conf "
    "tracking claim chapter ch version ver build order line item article rule form section sec "
    "step no # fee exhibit since from in before of after until year call-back callback status "
    "http batch event part cookie kb policy sop option entry version windows win chrome firefox "
    "edge office ios android dial at court pacer adv".split()
)
"""What is told by a number behind it, and no secret."""
NOT_CODES: Final = frozenset(
    "error zip area status event reason country http https exit bar dress hex color source court "
    "judge office division fee docket relief menu nos nature suit postal qr source- filing flag "
    "dialing program promo discount discovery us u.s bankruptcy local tax building door gate "
    "rate response return stop party role cause jury disposition county citizenship billing "
    "client matter cost project chargeback conduct ethics criminal penal code city state vendor "
    "agency".split()
)
"""What makes a code an ordinary one."""
CODES: Final = frozenset(
    "activation access security verification verify auth authentication authenticator "
    "authorization mfa 2fa otp one-time onetime backup back-up recovery confirm confirmation "
    "text sms texted login log-in sign-in reset unlock pin six-digit 6-digit temp temporary "
    "passcode two-factor app 8-digit emergency scratch google duo authy microsoft rescue "
    "single-use registration enrollment his her their pacer activ actvation".split()
)
"""What makes a code a secret one."""
ACTIVATION: Final = re.compile(r"a[ct]*[a-z]{0,4}vat[a-z]*|actv[a-z]*|act\Z")
"""Activation, also mistyped or shortened."""
MONEY: Final = frozenset(
    "bank bnk ach iolta trust deposit checking savings wire routing rout escrow operating "
    "returned unpaid nsf check credit union payee wells chase fargo lakeland payments iban "
    "transfer".split()
)
"""What makes an account one at a bank."""
COMPOUNDS: Final = frozenset(
    "reset manager policy page screen hint field box rule rules requirement requirements change "
    "link form prompt problem issue expiry expired vault update error length strength question "
    "questions history recovery sheet letter tab fields".split()
)
"""What is named after a password and is none."""
SEEDED: Final = frozenset(
    "secret setup manual recovery authenticator totp qr mfa backup seed 2fa app".split()
)
"""What makes a key an authenticator's."""
ACCOUNTS: Final = frozenset("accnt acount acct accts account a/c acc acct.no iolta".split())
"""An account, at a bank or at PACER."""
BANKED: Final = frozenset("account acct a/c no nr nbr number num # transit : is".split())
"""What may stand before a bank's number."""
LINKS: Final = frozenset("that's thats is was are were as for = equals being".split())
"""What links a value to the label behind it."""
BACK: Final = frozenset(
    "the his her their my your an a new old temp temporary pacer cm/ecf ecf nextgen activation "
    "mfa security one-time backup access last four 4 of digits social correct current real "
    "actual only right good bad strong weak long enough for possible acceptable allowed "
    "valid".split()
)
"""What may stand between both."""
OUTCOMES: Final = frozenset(
    "not wrong rejected invalid refused fails failed is isn't isnt doesn't doesnt does did didn't "
    "didnt works worked locked disabled expired incorrect unknown x ok no again three twice 2x 3x "
    "for and never three won't wont gets still already retired".split()
)
"""What becomes of a password or a login that was tried."""
USES: Final = frozenset(
    "w/ with using uses used use typed types tried tries try entered enters keyed keeps wrote "
    "gave gives set note old new link linked current keep delete kill ecf cm/ecf pacer logon "
    "temp temporary".split()
)
"""What is done with a password or a login."""
SITES: Final = frozenset("ecf cm/ecf cmecf pacer nextgen".split())
"""What a password or a login is for, and never the value itself."""
