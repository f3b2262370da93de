"""What written text looks like: the letters of languages, and the frequent ones of scripts.

Only data; `plausibility.py` measures a text with it.
"""

from functools import cache

# letters outside of ASCII, in lower case; of Latin alphabets and of the larger Cyrillic ones
ALPHABETS = {
    "af": "áéèêëíîïóôöúûü", "az": "əçğıöşü", "bs": "čćđšž", "ca": "àáçéèíïóòúü",
    "cs": "áčďéěíňóřšťúůýž",
    "cy": "âêîôûŵŷáéíóúäëïöüà", "da": "æøåéáü", "de": "äöüßé", "en": "éèêëïöüçñáàâôä",
    "eo": "ĉĝĥĵŝŭ", "es": "áéíóúüñºª", "et": "äöõüšž", "eu": "ñü", "fi": "äöåšž", "fo": "áíóúýæøð",
    "fr": "àâæçèéêëîïôœùûüÿ", "ga": "áéíóú", "gl": "áéíóúüñï", "hr": "čćđšž", "hu": "áéíóöőúüű",
    "is": "áðéíóúýþæö", "it": "àèéìíîòóùú", "lb": "äëéèêôûüö", "lt": "ąčęėįšųūž",
    "ltg": "āčēģīķļņšūžō", "lv": "āčēģīķļņšūžŗō", "mt": "ċġħżàèìòù", "nl": "áéèêëíïóöúü",
    "nn": "æøåéèêòôó", "no": "æøåéèêòôóäö", "oc": "àáçèéíïòóúü", "pl": "ąćęłńóśźż",
    "pt": "áâãàçéêíóôõúü", "ro": "ăâîșțşţ", "se": "áčđŋšŧž", "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšžćđ",
    "sq": "çë", "sv": "åäöéàü", "tk": "çäžňöşüý", "tr": "çğıöşüâîû\u0307",
    "vi": "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
    "\u0300\u0301\u0303\u0309\u0323",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя’", "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш", "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџшčćđšž", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}  # fmt: skip

# typography that stands between words in any language
PUNCTUATION = frozenset(
    "“”„‘’‚«»‹›–—…•·°€£§©®™№¿¡\u00a0\u200b\u200c\u200d\u3000。、，．：；？！「」『』《》（）・"
)
# seen in text, but mostly where bytes are misread
WITHIN_WORDS = frozenset("’‘·ʼ՚\u00ad\u200c\u200d\u2011–")

# the letters that are about two thirds of any text in the script
FREQUENT_LETTERS = {
    "CYRILLIC": frozenset("оаеинтсрві"),
    "GREEK": frozenset("αοιετσςνηρυ"),
    "HEBREW": frozenset("יוהלאמרתשב"),
    "ARABIC": frozenset("اليمنوترهبعدسة"),
    "THAI": frozenset("านรอกเงมยลวดสท่้ัี"),
}
FINAL_FORMS = frozenset("ςךםןףץ")  # of letters at the end of a word
# letters outside of ASCII that are words by themselves in a language with the Latin alphabet
ONE_LETTER_WORDS = frozenset("àâèéêìòóôáíåäöøæúő")

_HANZI = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法"
    "所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政"
    "四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最"
    "立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根"
    "论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联"
    "认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整"
    "空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近"
)
_KANJI = (
    "日本国人年大十二中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土"
    "木聞食車何南万毎白天母火右読友左休父雨会同事自社発者地業方新場員立開手力問代明動京目通言理体田主題意不作用度強公持野"
    "以思家世多正安院心界教文元重近考画海売知道集別物使品計死特私始朝運終台広住無真有口少町料工建空急止送切転研足究楽起着"
    "店病質待試族銀早映親験英医去味写字答夜音注帰古歌買図週室歩風館屋色曜性的政議民連対部合市内相定回選米実関決全表戦経最"
    "現調化当約首法制治務成期取都和機平加受続進数記初指権支産点報済活原共得解交資予向際勝面告反判認参利組信在件側任引求所"
    "次昨論官増係感情投示変打直両式確果容必演歳争談能位置流格疑過局放常状球職与供役構割身費付由説難優夫収断石違消神番規術"
)
_HANGUL = (
    "이다는의에을를가로고하은지기도한사자리시나으인어서들대해그일부정수과전만보아제라게주상장원성여있적것구스동조공연미위회"
    "학경국신용"
)


@cache
def frequent_hanzi() -> frozenset[str]:
    """The most frequent Chinese characters, simplified and traditional."""
    from opencc import OpenCC

    return frozenset(_HANZI + OpenCC("s2t").convert(_HANZI))


FREQUENT_KANJI = frozenset(_KANJI)
FREQUENT_HANGUL = frozenset(_HANGUL)
