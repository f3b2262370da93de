"""Words that reverse a question, by language; where spaces divide words they match whole words.

Chinese words are converted where a text is in traditional script.
"""

PAIRS = {
    "en": (
        ("first", "last"), ("north", "south"), ("northern", "southern"), ("east", "west"),
        ("eastern", "western"), ("before", "after"), ("largest", "smallest"), ("won", "lost"),
        ("born", "buried"), ("highest", "lowest"), ("most", "least"), ("oldest", "youngest"),
        ("founded", "dissolved"), ("began", "ended"), ("increased", "decreased"),
        ("longest", "shortest"), ("father", "mother"), ("brother", "sister"), ("son", "daughter"),
        ("husband", "wife"), ("king", "queen"), ("best", "worst"), ("maximum", "minimum"),
        ("opened", "closed"), ("winner", "loser"), ("arrived", "departed"), ("start", "finish"),
    ),
    "zh": (
        ("最大", "最小"), ("最初", "最后"), ("第一次", "最后一次"), ("最高", "最低"),
        ("最早", "最晚"), ("最长", "最短"),
        ("之前", "之后"), ("南部", "北部"), ("东部", "西部"), ("出生", "去世"), ("父亲", "母亲"),
        ("增加", "减少"), ("开始", "结束"), ("成立", "解散"), ("最多", "最少"),
        ("丈夫", "妻子"), ("以前", "以后"), ("上升", "下降"), ("支持", "反对"), ("优点", "缺点"),
        ("优势", "劣势"),
    ),
    "ja": (
        ("最大", "最小"), ("最初", "最後"), ("最高", "最低"), ("南部", "北部"), ("東部", "西部"),
        ("生まれた", "亡くなった"), ("父親", "母親"), ("以前", "以後"), ("最多", "最少"),
    ),
    "id": (
        ("pertama", "terakhir"), ("utara", "selatan"), ("timur", "barat"), ("sebelum", "sesudah"),
        ("terbesar", "terkecil"), ("lahir", "wafat"), ("tertinggi", "terendah"),
        ("ayah", "ibu"),
    ),
    "fr": (
        ("premier", "dernier"), ("première", "dernière"), ("nord", "sud"), ("avant", "après"),
        ("plus", "moins"), ("père", "mère"), ("est né", "est mort"),
    ),
    "no": (
        ("første", "siste"), ("nord", "sør"), ("før", "etter"), ("største", "minste"),
        ("født", "død"), ("far", "mor"), ("vant", "tapte"), ("eldste", "yngste"),
    ),
    "ru": (
        ("первый", "последний"), ("до", "после"), ("родился", "умер"), ("север", "юг"),
    ),
    "fa": (("اولین", "آخرین"), ("شمال", "جنوب"), ("قبل", "بعد"), ("بزرگترین", "کوچکترین")),
    "ar": (("أول", "آخر"), ("شمال", "جنوب"), ("قبل", "بعد"), ("ولد", "توفي"), ("أكبر", "أصغر")),
    "he": (("ראשון", "אחרון"), ("צפון", "דרום"), ("לפני", "אחרי"), ("נולד", "מת")),
    "ko": (("처음", "마지막"), ("최대", "최소"), ("이전", "이후"), ("남쪽", "북쪽")),
}  # fmt: skip
