"""Verb forms, and words that say nothing of what a question asks."""

# Forms of one verb that do not begin alike.
_FORMS = (
    "go goes going went gone | take takes took taken | give gives gave given"
    " | fly flies flew flown flying | speak spoke spoken | write wrote written | see saw seen"
    " | hold held | know knew known | come came | become became | get got gotten | keep kept"
    " | make made | say said | send sent | spend spent | teach taught | think thought"
    " | tell told | wear wore worn | bring brought | catch caught | choose chose chosen"
    " | draw drew drawn | drive drove driven | eat ate eaten | feel felt | fight fought"
    " | forget forgot | run ran | sing sang sung | stand stood | steal stole stolen"
    " | swim swam swum | throw threw thrown | understand understood | lead led | feed fed"
    " | ride rode ridden | hear heard | break broke broken | step stepped resign resigned"
)
FORMS = {word: line.split()[0] for line in _FORMS.split("|") for word in line.split()}
_FUNCTION = (
    "a an the of to for and or but by at from with as that it its his her their them they he she"
    " this these those there here is are was were be been being am do does did has have had will"
    " would can could shall should might must s ever any yet on in into about"
)
FUNCTION = frozenset(_FUNCTION.split())
# Characters of a Chinese or Japanese question that say nothing of what is asked.
HAN_FUNCTION = frozenset(
    "的了着过在是有为由与和及跟从到对把被将让向之其这那也都又就才而且或所以吗嘛呢吧没否不会能可已曾于个"
)
