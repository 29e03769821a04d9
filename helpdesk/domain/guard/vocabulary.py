"""The words that clerks write around a secret: none of them is one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_WORDS: Final = """
    style styles format formats kind kinds sort variant scheme convention
    system-generated preset sample example
    necessary sloppy plural hassle mixup mix-up bounce keeper hygiene fiasco impatient guest lazy
    silly polite rude calm brief happy unhappy furious frantic nervous elderly pushy chatty
    useless pointless harmless urgent apparent apparently evident obvious ordinary usual unusual
    normal abnormal typical plausible probable improbable uncertain certain sure unsure fuzzy vague
    hidden masked greyed grayed shaded missing absent present empty vacant void null stuck frozen
    jammed stalled sluggish flaky intermittent spotty erratic dead alive broken corrupt corrupted
    damaged lost gone found stolen leaked exposed public private secret confidential safe unsafe
    weak strong simple complex complicated long short lengthy tiny huge large small wide narrow
    hygiene policy policies practice practices rotation sharing fatigue storage strength meter
    generator trouble troubles issue issues glitch glitches hiccup loop loops dance saga mess
    nightmare drama question topic matter business stuff thing things part parts side sides half
    works worked working doesn't doesnt isn't isnt wasn't wasnt won't hasn't hasnt haven't cannot
    can't cant couldn't couldnt wouldn't wouldnt shouldn't didn't didnt ain't aren't
    unanswered unread unseen unsaved unsent unsigned unverified unlisted unpaid unable unknown
    uncertain unclear unlucky unwilling willing eager ready unready afraid ashamed embarrassed
    sorry glad grateful thankful pleased annoyed upset mad angry cross tired bored busy free idle
    a ab able about above accent accept accepts access accident account account's accounts
    acct accts ach acnt acrobat across act activate activates adamant add added additional
    addr address addresses adds admin administrator admission admissions adobe adv adv'd
    adversary advice advise affidavit afford afraid after afternoon afterwards again against
    age agencies agency agent agent's agents ago aid aids aint aka alive all allow allows
    almost alone along aloud already also alt although always am american amex among amount
    amounts an and andor android anew angry another answer answers antivirus any anybody
    anyone anyway anywhere ap apart apostrophe app app's appeal appeals appear appears
    appellant appellate appellee appendix apply approval approve approves apps apr april are
    aren around arrives as asap ask asked asks assistant assistants assoc associate associates
    asst asterisk asterisks at attach attempt attempts attn attorney attorney's attorneys atty
    attys aty audio auditor aug august ausa aust auth authenticator authorize authorizes authy
    autobill autofill autofills automatic away b/c back backup bad balance bank bankr
    bankruptcy banks banner bar basics batch battery bcc be because become becomes been before
    began begin begins behind being believe believes belong belongs below beneath beside
    besides best better between big bill bills birth birthday birthplace bk black blame blames
    blank blanks block blocks bono bookkeeper bookmark born boss boss's both bottom box boxes
    braille brave breach break brief briefs bring brings broke broken brother brought browser
    browser's browsers btw bug buggy bugs build bullets but button buttons by c ca cache cadc
    cafc calendar call call-back callback caller caller's callers calls came can can't cancel
    cannot cant cap capital capitals caps caps-lock capslock card card's cards care carry case
    cases cash cause causes cb cbk cc cdt cell cellphone center central cents cert certain
    certificate certificates ch chambers change changeover changes chapter char character
    characters charge charges chars check checks chg chgd childhood choice choices choose
    chose chosen chrome chromebook circuit citrix city cja claim claims class classes cle
    clean clear clears clerk clerk's clerks click client client's clinic clld cllr clock close
    closes clr cm cm/ecf cmecf co co-worker cob code codes colleague college column columns
    com combine come comes command common company complains complaint complete complex
    complexity compulsory computer computers concern concerns conference confirm confirms
    confusion connect contact contains content continue conversion convert converts cookie
    cookies copies copy copy-paste copy/paste corner corp corporate correct cost costs could
    couldn couldn't counsel count counter country counts county course court court's
    courthouse courtroom courts cover covers coworker coworkers cr crash crashes create
    creates credential credentials credit creditor creditor's creditors credits criminal
    criteria cross csa cst ct ctrl cts cur curr current currentgen cut cv cycle cycles dad's
    daily data database date dates daughter day days db deactivate dead deadline deadlines
    deaf deal debit debn debt debtor debtor's debtors dec december decide decides decision ded
    default defendant defendants delete delivery demo denies dep deputy desk desktop despite
    detail details device devices did didn didn't died differ difference different differs
    difficulty digit digits discharge display displays dist district districts ditto division
    divisional dkt dns do dob doc docket dockets docs document's does doesn doesn't doing doj
    dollars domain don don't done dont dormant dots double down download dozen dr drawer drop
    drop-down drops due dunno duo dup dupe duplicate duplicates duties duty e-file e-filer
    e-filers e-mail e-mails each earlier early easier eastern easy ecf edge edt effect efile
    eg eight either electronic elementary eleven else else's elsewhere email emails emergency
    employee employer's empty end ended ends english enough enroll enrolls enter entries entry
    envelope eod epoc err error errors esc esc'd escalate esq esr est eta etc ethernet even
    event events ever every everybody everyone everything's everywhere exact example excel
    exempt exhibit exhibits exist exists expire expires explain express extension extensions
    external extra f/u f5 fa fact factor facts fail fails failure fake faq faqs far father
    father's fault faults favorite favourite fax faxed fbi feb february fed federal fee fees
    few field fields fifth file filed filer filer's filers files filings fill fills filter
    final financial find finds fine finish fired firefox firewall firm firm's firms first fit
    fits five fix fixed flaky flash flatten fob folder folders follow follow-up follows
    followup for forget forgets forgot forgotten form forma format former forms found four
    fourth free freezes french frequency fresh fri friday from froze frozen fu full further
    future fyi gave general generic genuine get gets give given gives glitch glitches glitchy
    gmail go goes going gone good google got gov grade grant gray great grey group guess
    guesses guide guides hac had half halfway hand handles handout hang hangs happen happens
    hard harm has hash hashes hasn hasn't have haven't he he's headings hear heard hearings
    held help helpdesk helper helps her here hers herself hiccup hiccups hidden high him
    himself hint hints hire hired his history hit hold holder holds holiday holidays home
    hotfix hotmail hour hours how however hr hrs html https hung hurry husband hyphen hyphens
    i i'm i've ia id idea identical identity idk ids ie if iffy ifp ignore ii iii in in-house
    inactivity inbox inc include incognito incorrect individual inference info initial
    initials inprivate insecure inside insists instance instead instr intern internet interns
    interpreter into invalid invoice invoices ipad iphone irs is isn isn't issue issues it
    it's its itself jan january java javascript jaws job join joint jr jul july jun june junk
    just justice keep keeps kept key keyboard keychain keys kicks kind knew know known knows
    laggy landline landlord lapse laptop last late later latest law lawyer lawyers lead leads
    learn least leave leaves left left-hand legacy legal length lengthy less let lets letter
    letters level lift like limit limits line lines link links linux list lists little live ll
    llc llp load loads local locate locator lock lockout locks log log-in log-on log-out login
    logins logs long longer look looks lookup lookups loop loops lose loses lost lower
    lowercase ltd lvm mac macbook macos made maiden mail mailbox mails main maintain
    maintenance make maker makes manage manager manages mandatory manual many mar march mark
    mascot mastercard match matches matter max maximum may maybe mc mcafee mdt me mean means
    meant meanwhile media meet member members memo memorandum menu menus merge message
    messages methods mfa microsoft middle midnight midway might min mind mine minimum mins
    minute minutes mismatch mistake misuse mixed mj mma mo mobile modem module mom's mon
    monday money month months moot more mortgage mos most mother mother's movant move moved
    moves mow mr mrs ms msg mssb mst much multi-factor multifactor must my myself n/a na name
    named names nationwide nbr nd ndb need needs nef nefs neither network never new newcomer
    newer newest news next nextgen nextgen's ng nickname night nil nine no nobody non
    non-attorney nonattorney none noon nope nor normal north northern norton nos not note
    notebook noted notes notice notices nov november now nowhere null num number numbers
    numlock numpad nvda obsolete obvious oct october odd of off offer offers office offices
    offline often ok ok'd okay okd okta old older oldest on once one one-time ones online only
    onto open opens opera opinion opinions optional or order orders ordinary other others
    otherwise our ours out out-of-state outage outcome outlook outside over overdue overnight
    overpaid owe owes owing own owner pa paa pacer pacer's page pages paid panel paper papers
    paralegal paralegal's paralegals paraphrase part partial parties partner partner's
    partners parts party pass passcode password passwords past paste patch pauperis pause pay
    pay.gov paygov pays pc pcr pdf pdfs pdt people per perfect perhaps perm permanent
    permission person person's personal pet petitioner pets phase phone phones phrases phv
    pick picks picture pin place plain plaintiff plaintiffs playbook playbooks please pllc pls
    plug-in plugin plus plz pm pmt poc point policies policy polite pop pop-up pop-ups popup
    popups portal portland power practice pre preferences prepare press pretends prev preview
    previous price prices primary print printer prints prior privacy private privileges pro
    pro-hac pro-se problem problems procedure procedures process profile profiles program
    promise prompt prompts proof protects prove proves provide provider providers provides
    proxy psc pst public pull purpose purposes push put puts pw q qr qry qs quarter query
    queue quicker quit quite quote r ran random rang rather rdy re re-enter re-sent re-set
    reach reaches react reactivate read reader reads ready real reason reasons reboot reboots
    recall recalls receipt receipts recent recipients recommend record records recover red
    redact ref refer referral refresh refs refund refunds refuse refuses reg register
    registers regular reinstall reject rejects relay release relief relink relogin remark
    remember remembers remove renew reopen repair repeat replace replies reply report reports
    represent req reqd request requests require requires research resend resent reset resets
    resort resources respondent response responses rest restart restarts restore restrict
    result retire retires retry return retype reuse review right right-hand rights ring rings
    role roles roll round router row rows rst rtc rtn rule rules run runs rush safari safe
    said same sat saturday save saved saves savings saw say says scam scan scanner scans
    schedule schedules school screen screenreader screens sd se seal search searches sec sec'y
    second secondary seconds secret secretary secretary's secs secure security secy see seed
    seeds seem seems seen sees select self self-service send sender sends sent sep separate
    sept september serve server servers service services session set sets settings settle
    setup seven several shall share shared-mailbox shares she she's sheet sheets shift short
    shorthand should shouldn show shown shows shut sick side sign sign-in sign-on signature
    signs similar simple since single sister sit site sites six size skip skips slides slow
    small smaller sms so social software solo some somebody someone sometimes somewhere son
    sonicwall soon sorry sound sounds source sources southern space spaces spam spanish speak
    special spell spelt spinner spins split spoke spotty spouse sr ssl ssn staff stale stand
    standard standards stands stars start starts state states status statute stay stays step
    steps sticky still stip stolen stop stops store stores strange strangers street strength
    strong stuck sub submit subpoena such suggest suggests suite summary summons sun sunday
    supervisor support sure suspend suspicious swap switch swore symbol symbols system systems
    tab tablet tabs take taken takes talk tax tba tbd teacher teams technical telephone
    telephonic tell tells temp temporary temps ten terminal test text texts than thank thanks
    that that's the their theirs them theme themselves then there there's these they they're
    thing things think thinks third thirty this those though thought three thrice thro through
    throw throws thru thu thur thurs thursday thx ticket tickets tie tier till time timed
    timeout times tips title tls tmp tmrw to today today's todo together toggle token told tom
    tomorrow tonight too took tool tools top topic touch tough town tr trackpad train
    trainings transcript transcripts transfer tray treat trial tricky tried tries triple
    trouble troubles trustee trustee's trustees try tty tue tues tuesday turn turns tutorial
    twelve twice two two-factor two-step two-week txs type typed types u un unclear under
    underscore undo undone union unique universal university unk unknown unlink unlock unpaid
    unsafe unsure until up update updates upg upgrade upgrades upload upon upper uppercase ups
    upset urgent us usage usao usb uscourts use used user username usernames users uses using
    ust usual utc utilities v valid vault ve vendor verifies verify version very via vice
    video view views visa vm voice voicemail voluntary vpn vs w w/ w/o wait waits waiver walk
    walks want wants warn warnings was wasn wasn't watch way ways we we're weak web webex
    webinar website wed wednesday week weekend weekends weeks weird well went were western
    what what's whatever when whenever where wherever whether which whichever while white who
    whoever whole whom whose why wife wifi will window windows wish wishes with withdraw
    within without wk wkg wks won won't wonders wont word words work works worry would wouldn
    wouldn't write writes written wrk wrks wrong wrote www x xfer y yahoo yday year years yep
    yes yesterday yet you you're your yours yourself yr yrs yubikey z zoom
"""
VOCABULARY: Final = frozenset(_WORDS.split())
"""Words of the trade, of everyday grammar, and of what becomes of a password."""

_FORMED: Final = re.compile(
    r"[a-z'-]{3,}(?:ed|ing|ly|tions?|ments?|able|ible|ness|ful|less|ive|ance|ence|ity)"
)


@lru_cache(maxsize=4_096)
def is_prose(low: str) -> bool:
    """Whether a word is an ordinary one.

    Args:
        low: The word in small letters.

    Returns:
        Whether it is in the vocabulary, or formed like a verb, an adverb or the like.
    """
    if low in VOCABULARY or low.removesuffix("'s") in VOCABULARY or _FORMED.fullmatch(low):
        return True
    parts = low.replace("/", "-").split("-")
    return len(parts) > 1 and all(each in VOCABULARY for each in parts)
