"""Words of ordinary sentences that need no answer: how much, how often, and all that joins the rest."""

from .tokens import fold


def _words(text):
    return frozenset(fold(text).split())


# What follows a number or a name: units, forms, salts.
DOSE_WORDS = _words(
    """
    mg mgs mcg ug ml iu unit units milligram milligrams microgram micrograms gram grams dose doses daily twice
    thrice once day days tablet tablets tab tabs pill pills capsule capsules cap caps tds bd od qd bid tid prn er xr
    xl sr mr la cr ir hcl hydrochloride besylate besilate maleate sodium potassium calcium magnesium succinate
    tartrate fumarate sulfate sulphate citrate mesylate phosphate hydrobromide oxalate modified slow release
    extended prolonged morning evening inhaler patch syrup oral strength half
    """
)
# Beside a word that is also an everyday one they tell that a medicine is meant.
TAKING_WORDS = _words(
    """
    take takes taking took taken on start starts started starting prescribed prescription given tablet tablets pill
    pills capsule capsules medicine medication meds med drug drugs dose using use inhaler brand called stop stopped
    stopping
    """
)
# With a number between them they tell how many were taken.
SWALLOWED_WORDS = _words("took taken swallowed ate eaten popped necked downed")
TABLET_WORDS = _words("tablet tablets tab tabs pill pills capsule capsules caps")
# Understood and passed over.
FILLERS = _words(
    """
    pill pills tablet tablets tab tabs capsule medicine medicines medication medications med meds drug drugs take
    takes taking took taken use used using start starts started starting begin began begun stop stopped stopping
    change changed put new old first last next time times day days week weeks month months year years hour hours
    minute minutes morning evening afternoon night nite nights today tonight yesterday tomorrow daily now then soon
    still yet ago again always never sometimes often usually lately recently every each feel feels feeling felt
    think thinks thought know want need help please thanks thank hi hello hey dr doctor doc gp pharmacist nurse
    hospital go goes going went gone come comes came make makes making made cause causes caused causing side effect
    effects symptom symptoms reaction reactions problem problems issue issues thing things something anything
    nothing everything someone anyone somebody people person man woman husband wife mum mom mother dad father son
    daughter sister brother friend baby child kids age much many lot lots more most less least bit little big bad
    badly worse worst better best good well fine ok okay normal severe mild awful terrible horrible sudden suddenly
    very really quite pretty too even only maybe perhaps probably possible possibly sure right wrong true false yes
    no not none dont doesnt cant cannot wont isnt without nor all both same other others another one two three four
    five six seven eight nine ten half double mg dose doses dosage high low increase increased up down off over out
    away back around through between along together see seen saw look looks looking say says said tell told ask
    asked call called worry worried worrying scared helps happen happens happened happening keep keeps keeping kept
    try tried trying prescribed prescription given give gives gave wake woke waking getting ever since while until
    till though although but however except just bring brings brought work works working noticed notice seem seems
    body part parts place places question answer dangerous serious safe harm harmful risk risks chance common rare
    long short term early late hard easy why how what which who where whose whether if do does did done amount total
    per about near upon like likes kind sort type reason because due list check find found show shows google read
    heard vs versus co me us uk usa nhs england britain america yr yrs yo male female lady guy girl boy im ive id u
    ur r n w b4 pls plz lol omg btw fasted fasting
    """
)
