"""Medicines: names, uses, doses, and what each source says of each side effect."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import slugify

from .documents import Document, Part


class PercentField(models.DecimalField):
    """A share of people in percent, 0 to 100, with up to four decimals; None is not known, 0 is nobody."""

    def __init__(self, verbose_name=None, **options):
        fixed = {"max_digits": 7, "decimal_places": 4, "null": True, "blank": True}
        fixed["validators"] = [MinValueValidator(0), MaxValueValidator(100)]
        super().__init__(verbose_name, **(fixed | options))


class Band(models.TextChoices):
    """The CIOMS/EU frequency bands, most frequent first."""

    VERY_COMMON = "very-common", "very common (1 in 10 or more)"
    COMMON = "common", "common (1 in 100 to 1 in 10)"
    UNCOMMON = "uncommon", "uncommon (1 in 1,000 to 1 in 100)"
    RARE = "rare", "rare (1 in 10,000 to 1 in 1,000)"
    VERY_RARE = "very-rare", "very rare (less than 1 in 10,000)"
    NOT_KNOWN = "not-known", "reported, how often is not known"


class DrugClass(models.Model):
    """A group of medicines that readers can browse by."""

    name = models.CharField(max_length=100, unique=True, help_text="In the plural, for example 'Statins'.")
    slug = models.SlugField(max_length=100, unique=True)

    class Meta:
        verbose_name = "medicine group"

    def __str__(self):
        return self.name

    def clean(self):
        """Give the group the address that its name has; two names of one address would be one group twice."""
        self.slug = slugify(self.name)
        if self.name and not self.slug:
            raise ValidationError({"name": "The name of a group needs letters from a to z or digits."})
        if other := DrugClass.objects.filter(slug=self.slug).exclude(pk=self.pk).first():
            raise ValidationError({"name": f"The group '{other}' has nearly the same name. Use that."})


class Drug(Document):
    """One active ingredient under its international name (INN)."""

    name = models.CharField(max_length=100, help_text="The international name (INN), for example 'amlodipine'.")
    us_name = models.CharField("US name", max_length=100, blank=True)
    name_note = models.CharField(max_length=300, blank=True)
    pronunciation = models.CharField(max_length=100, blank=True)
    patient_words = models.CharField(
        max_length=200, help_text="What kind of medicine it is, in plain words: 'a blood-pressure tablet that ...'."
    )
    technical_class = models.CharField(max_length=200, blank=True)
    drug_class = models.ForeignKey(DrugClass, models.PROTECT, related_name="drugs", verbose_name="group")
    rxcui = models.CharField("RxCUI", max_length=20, blank=True, help_text="RxNorm code of the ingredient.")
    atc = models.CharField("ATC code", max_length=10, blank=True)
    former_atc = models.CharField("former ATC code", max_length=60, blank=True)
    other_atc = models.CharField("other ATC codes", max_length=100, blank=True)
    mechanism = models.TextField("how it works", blank=True)
    mechanism_note = models.CharField(max_length=300, blank=True)
    mechanism_sources = models.ManyToManyField("Source", blank=True, related_name="+")
    stop_warning = models.BooleanField(
        "must not be stopped suddenly", default=False, help_text="Tick if a source warns of stopping on one's own."
    )
    stop_effects = models.TextField("what happens when it is stopped", blank=True)
    stop_sources = models.ManyToManyField("Source", blank=True, related_name="+")
    names_note = models.CharField(max_length=300, blank=True)
    names_sources = models.ManyToManyField("Source", blank=True, related_name="+")
    background_note = models.CharField(max_length=300, blank=True)
    background_sources = models.ManyToManyField("Source", blank=True, related_name="+")

    KIND = Document.Kind.DRUG
    CONTENT = (
        "name",
        "us_name",
        "name_note",
        "pronunciation",
        "patient_words",
        "technical_class",
        "drug_class",
        "rxcui",
        "atc",
        "former_atc",
        "other_atc",
        "mechanism",
        "mechanism_note",
        "mechanism_sources",
        "stop_warning",
        "stop_effects",
        "stop_sources",
        "uses",
        "doses",
        "names",
        "names_note",
        "names_sources",
        "effects",
        "claims",
        "disagreements",
        "background_note",
        "background_sources",
        "not_found",
        "related",
        "links",
    )

    class Meta:
        verbose_name = "medicine"

    def __str__(self):
        return self.name


class DrugPart(Part):
    drug = models.ForeignKey(Drug, models.CASCADE, related_name="%(class)ss")

    PARENT = "drug"

    class Meta(Part.Meta):
        abstract = True
        constraints = (models.UniqueConstraint(fields=["drug", "key"], name="%(class)s_key_unique"),)


class Use(DrugPart):
    text = models.CharField(max_length=200, help_text="What the medicine is for, for example 'high blood pressure'.")

    CONTENT = ("text",)

    def __str__(self):
        return self.text


class Dose(DrugPart):
    use = models.CharField(max_length=200)
    dose = models.TextField(help_text="The usual adult dose range, as the source gives it.")
    note = models.CharField(max_length=300, blank=True)
    sources = models.ManyToManyField("Source", blank=True, related_name="+")

    CONTENT = ("use", "dose", "note", "sources")

    def __str__(self):
        return self.use


class DrugName(DrugPart):
    """A brand or other name. The same brand can mean another substance in another country, so country matters."""

    class NameKind(models.TextChoices):
        BRAND = "brand", "brand name"
        US_NAME = "us-name", "US name"
        OTHER_NAME = "other-name", "other name"

    drug = models.ForeignKey(Drug, models.CASCADE, related_name="names")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=NameKind, default=NameKind.BRAND)
    country = models.CharField(max_length=10, blank=True, help_text="'US', 'UK', or blank for both or not known.")
    discontinued = models.BooleanField(default=False)

    CONTENT = ("name", "kind", "country", "discontinued")

    def __str__(self):
        return self.name


class DrugEffect(Part):
    """What is known of one effect under one medicine. Urgency belongs here, never to the effect alone."""

    drug = models.ForeignKey(Drug, models.CASCADE, related_name="effects")
    effect = models.ForeignKey("Effect", models.PROTECT, related_name="drug_effects")
    key = None  # the effect's own address is the key
    sort_band = models.CharField(
        max_length=12, choices=Band, default=Band.NOT_KNOWN, help_text="Only for sorting. Readers never see it."
    )
    serious = models.BooleanField(
        default=False, help_text="Tick if it can need prompt medical help. Our mark, not a source's claim."
    )
    extra = models.BooleanField(default=False, help_text="Tick to list it last on the medicine's page.")
    note = models.TextField(blank=True)
    note_sources = models.ManyToManyField("Source", blank=True, related_name="+")
    what_helps = models.TextField(blank=True, help_text="Only what a source says helps. Part steps with semicolons.")
    what_helps_sources = models.ManyToManyField("Source", blank=True, related_name="+")
    when_to_get_help = models.TextField(blank=True, help_text="Signs that need help, from a source.")
    onset = models.TextField("when it starts or settles", blank=True)
    mechanism = models.TextField("why it may happen", blank=True)
    dose_relation = models.TextField("does the dose matter", blank=True)
    disagreement = models.TextField("where sources disagree", blank=True)
    timing_onset = models.TextField("usual start", blank=True)
    timing_settling = models.TextField("usual end", blank=True)
    timing_after_dose_change = models.TextField(blank=True)
    timing_after_stopping = models.TextField(blank=True)
    timing_note = models.TextField(blank=True)
    timing_sources = models.ManyToManyField("Source", blank=True, related_name="+")
    sources = models.ManyToManyField("Source", blank=True, related_name="+")

    PARENT = "drug"
    CONTENT = (
        "sort_band",
        "serious",
        "extra",
        "note",
        "note_sources",
        "what_helps",
        "what_helps_sources",
        "when_to_get_help",
        "onset",
        "mechanism",
        "dose_relation",
        "disagreement",
        "timing_onset",
        "timing_settling",
        "timing_after_dose_change",
        "timing_after_stopping",
        "timing_note",
        "timing_sources",
        "sources",
        "findings",
    )

    class Meta(Part.Meta):
        verbose_name = "side effect of a medicine"
        verbose_name_plural = "side effects of medicines"
        constraints = (
            models.UniqueConstraint(
                fields=["drug", "effect"],
                name="one_pair_per_drug_and_effect",
                violation_error_message="This medicine already lists this side effect.",
            ),
        )

    def __str__(self):
        return f"{self.drug} and {self.effect}"


class Finding(Part):
    """ONE statement of how often: a band OR a percent, from one source or from sources that cannot be parted."""

    class Qualifier(models.TextChoices):
        ABOUT = "about", "about"
        UP_TO = "up-to", "up to"
        MORE_THAN = "more-than", "more than"
        RANGE = "range", "range"

    drug_effect = models.ForeignKey(DrugEffect, models.CASCADE, related_name="findings")
    sources = models.ManyToManyField("Source", related_name="+")
    band = models.CharField(
        max_length=12, choices=Band, blank=True, help_text="The word that the source uses, if it gives no percent."
    )
    low = PercentField("percent, low")
    high = PercentField("percent, high")
    qualifier = models.CharField(max_length=10, choices=Qualifier, blank=True)
    placebo = PercentField("percent on a dummy tablet")
    dose = models.CharField(max_length=200, blank=True)
    form = models.CharField(max_length=200, blank=True)
    population = models.CharField(max_length=300, blank=True)
    period = models.CharField(max_length=200, blank=True)
    measure = models.CharField(
        max_length=300, blank=True, help_text="What was counted, if it is not simply 'got this side effect'."
    )
    note = models.CharField(max_length=500, blank=True)

    PARENT = "drug_effect"
    CONTENT = (
        "sources",
        "band",
        "low",
        "high",
        "qualifier",
        "placebo",
        "dose",
        "form",
        "population",
        "period",
        "measure",
        "note",
    )

    class Meta(Part.Meta):
        constraints = (
            models.UniqueConstraint(fields=["drug_effect", "key"], name="finding_key_unique"),
            models.CheckConstraint(
                condition=(
                    (models.Q(low__isnull=True) | models.Q(low__range=(0, 100)))
                    & (models.Q(high__isnull=True) | models.Q(high__range=(0, 100)))
                    & (models.Q(placebo__isnull=True) | models.Q(placebo__range=(0, 100)))
                ),
                name="finding_percent_between_0_and_100",
                violation_error_message="A percent lies between 0 and 100.",
            ),
            models.CheckConstraint(
                condition=models.Q(low__isnull=True)
                | models.Q(high__isnull=True)
                | models.Q(low__lte=models.F("high")),
                name="finding_low_not_above_high",
                violation_error_message="The low percent cannot be above the high percent.",
            ),
            models.CheckConstraint(
                condition=(
                    (~models.Q(band="") & models.Q(low__isnull=True, high__isnull=True, placebo__isnull=True))
                    | (models.Q(band="") & models.Q(high__isnull=False))
                ),
                name="finding_band_or_percent_not_both",
                violation_error_message="Give either the source's word (band) or a percent, not both and not neither.",
            ),
        )

    def __str__(self):
        if self.band:
            return self.get_band_display()
        numbers = [f"{number.normalize():f}" for number in (self.low, self.high) if number is not None]
        return f"{' to '.join(dict.fromkeys(numbers))} %"


class CheckedClaim(DrugPart):
    """Something often said of the medicine, compared with what sources say."""

    drug = models.ForeignKey(Drug, models.CASCADE, related_name="claims")
    claim = models.CharField(max_length=300)
    verdict = models.CharField(max_length=100)
    detail = models.TextField()
    sources = models.ManyToManyField("Source", blank=True, related_name="+")

    CONTENT = ("claim", "verdict", "detail", "sources")

    def __str__(self):
        return self.claim


class Disagreement(DrugPart):
    text = models.TextField()

    CONTENT = ("text",)

    def __str__(self):
        return self.text


class NotFound(DrugPart):
    """What was looked for and could not be seen."""

    drug = models.ForeignKey(Drug, models.CASCADE, related_name="not_found")
    text = models.TextField()

    CONTENT = ("text",)

    class Meta(DrugPart.Meta):
        verbose_name = "thing we could not find"
        verbose_name_plural = "things we could not find"

    def __str__(self):
        return self.text


class RelatedDrug(DrugPart):
    """A different medicine that people confuse with this one."""

    drug = models.ForeignKey(Drug, models.CASCADE, related_name="related")
    name = models.CharField(max_length=100)
    brands = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    CONTENT = ("name", "brands", "note")

    def __str__(self):
        return self.name


class DrugLink(DrugPart):
    drug = models.ForeignKey(Drug, models.CASCADE, related_name="links")
    label = models.CharField(max_length=200)
    url = models.URLField("web address", max_length=500)
    note = models.CharField(max_length=300, blank=True)

    CONTENT = ("label", "url", "note")

    def __str__(self):
        return self.label
