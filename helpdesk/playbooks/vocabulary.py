"""The words of the field: what is filling, what is short for what, what means nearly the same."""

from __future__ import annotations

from typing import Final

FILLING: Final = """
    a am an and any are as at be been but by can could did do does for from get got had has have
    he how i if im in into is it its ive just me my no not of on or our out say says so some tell
    tells than that the their them then there they this to up us was we were what when where
    which who will with would you your
"""
"""Words of every sentence. They count little, but they count: "before" is not "after"."""

SHORT_FOR: Final = """
    account: acct accts acnt
    adversary: adv ap
    agent: agt fa
    attorney: atty attys aty attny lawyer lawyers counsel
    authenticator: auth
    bankruptcy: bk bkr bankr
    before: b4
    caller: cllr
    cannot: cant
    card: cc visa mastercard
    change: chg chgd
    choose: chose
    claim: poc
    clear: clr
    cmecf: ecf
    code: passcode
    court: ct cts crt
    delete: del
    district: dist
    docket: dkt dckt
    document: doc docs
    duplicate: dup
    email: mail mails
    error: err
    expired: exp
    fee: ff
    forgot: fgt forget forgotten
    forward: fwd
    get: gotten
    go: goes gone went
    government: gov govt
    he: she her his him
    history: hist
    hour: hrs
    inactive: inact
    information: info
    instruction: instr instrs
    invalid: inv
    keep: kept
    left: quit
    locked: lockd lckd
    message: msg mssg
    login: logon logons signin
    logout: logoff signout
    mfa: 2fa multifactor twofactor twostep
    month: mo
    my: mine myself
    nextgen: ng
    nonattorney: nonatty
    not: dont doesnt didnt isnt wasnt arent havent hasnt
    notice: nef nefs
    number: nr num
    pacer: pcr pacers
    password: passwd pswd pw pws pwd pass
    pay: paid payed
    payment: pmt pymt
    phone: tel telephone cell cellphone smartphone iphone android mobile
    please: pls plz
    query: qry
    receive: recv rcvd
    register: reg regis
    rejected: rej
    remove: rm
    report: rpts
    request: req
    requirement: reqs
    say: said
    secretary: sec secy
    see: saw seen
    send: sent
    session: sess
    ssn: social
    take: took
    tell: told
    temporary: temp
    through: thru
    update: upd
    username: un uname userid
    utilities: util
    version: ver
    with: w
    without: wo
    write: wrote written
    year: yr yrs
"""
"""What a clerk writes short, a caller calls otherwise, or grammar bends."""

TOGETHER: Final = """
    cannot: can not, unable to, not able to
    card: credit card, debit card
    cmecf: cm ecf
    currentgen: current gen
    efile: e file, e filing, e filer
    email: e mail
    golive: go live, went live
    helpdesk: help desk
    login: log in, log on, sign in, sign on, log into, sign into, log onto
    logout: log out, log off, sign out, sign off, kick out, kick off, throw out, boot off,
        kick me out, throw me out, boot me off, boot me out, kick us out, throw us out
    mfa: multi factor, two factor, 2 factor, two step, 2 step
    nextgen: next gen, next generation
    nonattorney: non attorney
    notice: notice of electronic filing
    password: pass word
    popup: pop up
    prose: pro se, self represented, without attorney, without an attorney
    psc: pacer service center
    register: sign up
    setup: set up
    ssn: social security number, social security
    username: user name, user id, user ids, login id, login name
    website: web site, web page, home page
    without: w o
"""
"""Words that are one word when they stand together."""

ALIKE: Final = """
    forgot lost remember recall unknown know idea
    attorney partner associate
    secretary paralegal assistant staff employee clerk colleague
    link connect tie join hook attach merge combine
    error fail wrong problem trouble issue refuse rejected declined bounced denied
    phone device app authenticator
    pay fee cost charge billed price money
    bill invoice statement
    firm office company
    file efile submit docket
    view look search query research see read
    new another different other
    notice email
    stop remove delete cancel unsubscribe
    add put enter
    change update replace
    locked blocked disabled suspended shut lockout
    missing go disappeared empty blank
    menu tab heading bar option button
    where how instruction step guide tutorial video manual
    need must required mandatory obliged
    wait pending arrive still letter
    document pdf attachment file
    court district bankruptcy
    password login username credential
    shared joint common several multiple same
    own individual separate personal
    upgrade convert legacy old
    code token
    twice double duplicate two
"""
"""Words that callers use for each other, a line each; they count half as much as the word."""
