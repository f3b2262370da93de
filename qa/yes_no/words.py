"""Words by which a sentence denies what is asked, says the opposite, or leaves it open.

For English, Chinese and Japanese, as patterns over a text.
"""

import regex

_NOT_FUTURE_HAN = r"(?<![门大上中少主名老])将|会(?!议|见|谈|长|员|晤|计)"
# A clause with one of these denies the rest of it.
DENIAL = regex.compile(
    r"\b(?:not(?! only)|never|neither|nor|no(?! (?:less|fewer|more|later|doubt)\b)|none|nobody"
    r"|cannot|without|den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refus(?:e|es|ed|ing)"
    r"|declin(?:e|es|ed|ing) to|fail(?:s|ed|ing)? to|unable to|rul(?:es|ed) out)\b|n['’]t\b"
    r"|没有|没(?![收落])|从未|从不|尚未|并未|未(?![来必婚知])(?=\p{Han})|并非|不是|否认|拒绝|驳回|毫不"
    r"|不(?![断仅久少过同满足锈幸论管良只但明])(?=\p{Han})|无(?![线论疑数锡比限偿辜]|人机|条件)",
    regex.IGNORECASE,
)
JAPANESE_DENIAL = regex.compile(
    r"な(?:い|かった|く(?=、|なる))|ません|否定|拒否|せず|ずに|無[いくし]|無かった"
)
REJECTION = regex.compile(r"\b(?:reject|refus|declin)\w*|拒绝|驳回|拒否", regex.IGNORECASE)
# With one of these, what a clause says is a plan, a claim, a part, past, or the end of something.
OPEN = regex.compile(
    r"\b(?:may|might|could|should|can|if|unless|whether|until|plan(?:s|ned|ning)?|want(?:s|ed)?"
    r"|hope[sd]?|expect(?:s|ed)?|aim(?:s|ed)?|propos(?:e[sd]?|al)|consider(?:s|ed|ing)?|due to"
    r"|scheduled|intend(?:s|ed)?|(?:un)?likely|possibl[ey]|perhaps|probably|allegedly|reportedly"
    r"|accus(?:e[sd]?|ing)|suspected|rumou?rs?|claim(?:s|ed)?|ask(?:s|ed)?|urge[sd]?"
    r"|call(?:s|ed)? for|demand(?:s|ed) that|tr(?:y|ies|ied|ying) to|attempt(?:s|ed)?"
    r"|threaten(?:s|ed)?|almost|nearly|hardly|barely|partly|some|few|many|most|half|former(?:ly)?"
    r"|previous(?:ly)?|once|used to|originally|initially|no longer|any ?more|except|only|instead"
    r"|rather|than|stop(?:s|ped|ping)?|ceas(?:e|es|ed|ing)|halt(?:s|ed|ing)?|suspend(?:s|ed|ing)?"
    r"|end(?:s|ed|ing)?|cancel(?:s|led|ed|ling)?|drop(?:s|ped)?|abandon(?:s|ed)?|delay(?:s|ed)?"
    r"|postpon(?:e|es|ed)|prevent(?:s|ed)?|avoid(?:s|ed)?|ban(?:s|ned)?|lack(?:s|ed)?"
    r"|doubt(?:s|ed)?|necessarily|although|though|despite|unlike|think|thought|believe[sd]?"
    r"|seem(?:s|ed)?|too|would have|supposed|opposed?|fear(?:s|ed)?|sometimes|usually|often)\b"
    r"|是否|能否|会否|不一定|未必|可能|或许|也许|如果|若|除非|直到|计划|打算|希望|有望|预计|拟|考虑|建议|据传|传闻|涉嫌"
    r"|指控|要求|呼吁|试图|企图|威胁|几乎|险些|差点|部分|一些|有些|多数|大多|半数|曾|此前|以前|前任|原定|原计划|原本|最初"
    r"|不再|除了|只有|仅|而不|停止|中止|暂停|取消|放弃|推迟|防止|避免|禁止|缺乏|怀疑|但|然而|虽|尽管|似乎|认为|有时|通常"
    r"|一度|难以|反对|准备"
    r"|必ずしも|かどうか|かもしれ|可能性|予定|計画|検討|希望|もし|場合|中止|停止|延期|禁止|一部|ほとんど|ただ|しか|だけ"
    r"|以前|元々|かつて|だろう|という説",
    regex.IGNORECASE,
)
# Words of a question that its sentence must have too: they change how much is asked.
EXACT = regex.compile(
    r"\b(?:all|every|everyone|always|only|most|more|less|fewer|least|both|any|entire|whole|same"
    r"|first|last|still|again|already|too|enough|other|another|alone|completely)\b"
    r"|所有|全部|全都|都|唯一|只|仅|最|更|首次|仍|还|再次|已经|完全|永远|一直|总是|每|同一|同时|相同|其他|足够|太"
    r"|すべて|全て|全員|唯一|最も|より|初めて|まだ|再び|常に|いつも|必ず|だけ|のみ|完全|同じ|毎",
    regex.IGNORECASE,
)
ASKS_FUTURE = regex.compile(
    rf"^\W*(?:will|shall|would)\b|\bgoing to\b|{_NOT_FUTURE_HAN}", regex.IGNORECASE
)
FUTURE = regex.compile(
    r"\b(?:will|would|shall|going to|(?:is|are|was|were) to)\b|['’]ll\b|定于|即将"
    rf"|{_NOT_FUTURE_HAN}",
    regex.IGNORECASE,
)
_OPPOSITES = (
    "accept accepted accepts agree agreed agrees approve approved approves"
    " | reject rejected rejects refuse refused refuses declined oppose opposed",
    "rise rises rising rose risen increase increased increases grow grew grown gained"
    " | fall falls falling fell fallen decrease decreased decreases declined shrank dropped",
    "allow allowed allows permit permitted legal"
    " | ban banned bans forbid forbidden prohibited illegal",
    "open opened opens reopened | closed close closes shut",
    "win won wins | lose lost loses",
    "damaged damage | undamaged unharmed intact",
    "begin began begun start started | ended end finished stopped",
    "arrive arrived arrives | departed left leave",
    "safe | unsafe dangerous",
    "high higher | low lower",
    "large larger big | small smaller",
    "easy | difficult hard",
    "guilty convicted | innocent acquitted",
    "alive survived | dead died",
    "success succeeded successful | failed failure unsuccessful",
    "possible | impossible",
)
OPPOSITES: dict[str, frozenset[str]] = {}
for _line in _OPPOSITES:
    _one, _other = (frozenset(side.split()) for side in _line.split("|"))
    for _words, _against in ((_one, _other), (_other, _one)):
        OPPOSITES |= {word: OPPOSITES.get(word, frozenset()) | _against for word in _words}
_HAN_OPPOSITES = (
    "上升/下降 上涨/下跌 上涨/下降 上升/下跌 增长/下降 增加/减少 增长/减少 提高/降低"
    " 上升/降低 接受/拒绝 支持/驳回 支持/反对"
    " 同意/拒绝 批准/否决 通过/否决 允许/禁止 开放/关闭 开始/结束 成功/失败 扩大/缩小"
    " 一致/不同 合法/非法 有罪/无罪"
    " 存活/死亡 容易/困难 増加/減少 増えた/減った 賛成/反対 成功/失敗 開始/終了"
    " 可能/不可能 高い/低い 多い/少ない"
)
HAN_OPPOSITES = tuple((a, b) for a, _, b in (p.partition("/") for p in _HAN_OPPOSITES.split()))
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
