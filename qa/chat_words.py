"""The chat's own words, in the languages that it speaks: English and Chinese."""

WORDS = {
    "en": {
        "looking": "Looking in the archive…",
        "none": "The archive does not hold an answer to this.",
        "closest": "The closest passages in it:",
        "high": "High confidence",
        "fair": "Fair confidence",
        "low": "Low confidence: check the source",
        "sources": "Sources",
        "teaser": "teaser found in {}",
        "also": "also in {}",
        "more": "{} more",
        "original": "Original page: {}",
        "found": "{} passages found; choosing the answer…",
        "understood": "Understood as: {}",
        "only": "Only: {}.",
        "undated": "Articles without a date are left out: {}.",
        "show": "Show source {} in its article",
        "whole": "Show in the article",
        "others": "Other candidate answers ({})",
        "article": "The cited article",
        "close": "Close the article",
        "failed": "Something went wrong here. Please try again; the terminal says what.",
    },
    "zh": {
        "looking": "正在档案中查找……",
        "none": "档案里没有这个问题的答案。",
        "closest": "档案中最接近的段落：",
        "high": "把握较大",
        "fair": "把握一般",
        "low": "把握较小，请核对来源",
        "sources": "来源",
        "teaser": "相关报道摘要，见于 {}",
        "also": "另见 {}",
        "more": "另外 {} 处",
        "original": "原文网页：{}",
        "found": "找到 {} 个段落，正在选择答案……",
        "understood": "理解为：{}",
        "only": "范围：{}。",
        "undated": "没有日期的文章不计在内：{} 篇。",
        "show": "在文章中显示来源 {}",
        "whole": "在文章中显示",
        "others": "其他可能的答案（{}）",
        "article": "引用的文章",
        "close": "关闭文章",
        "failed": "程序出错了，请再试一次；详情见终端。",
    },
}
# The page around the conversation, in the browser's language.
PAGE = {
    "en": {
        "what": "Ask in any language. Every answer is a sentence of the archive, word for word, "
        "with its source.",
        "begin": "Questions to begin with",
        "ask": "Ask the archive",
        "question": "Question",
        "again": "New conversation",
        "narrow": "Narrow the search",
        "after": "From this day",
        "before": "To this day",
        "language": "Language of the passage",
        "article": "Only this article",
        "undated": "With a range of days, articles without a date are left out.",
        "typed": "Ask exactly as typed",
        "mend": "Change how it was understood",
        "chat": "Chat",
        "archive": "Archive",
        "title": "Title",
        "date": "Date",
        "tongue": "Language",
        "passages": "Passages",
        "path": "File",
        "find": "Find articles by title, file or date",
        "nothing": "No article is like that.",
        "earlier": "Back",
        "later": "Next",
        "add": "Add articles (.txt, .md, .html, .jsonl)",
        "save": "Put them into the archive's folder",
        "rebuild": "Rebuild the index",
        "limits": "At most {} files of {} MB at once. They are found by questions after a rebuild.",
        "saved": "put into the archive's folder as",
        "refused": "not taken:",
        "skipped": "skipped:",
        "report": "{} added, {} changed, {} removed, {} unchanged, {} skipped; "
        "{} passages in the index; {} seconds",
    },
    "zh": {
        "what": "可以用任何语言提问。每个答案都是档案中的原句，并注明出处。",
        "begin": "可以这样问",
        "ask": "向档案提问",
        "question": "问题",
        "again": "新对话",
        "narrow": "缩小范围",
        "after": "从这一天起",
        "before": "到这一天止",
        "language": "段落的语言",
        "article": "只看这篇文章",
        "undated": "限定日期时，没有日期的文章不计在内。",
        "typed": "按原样提问",
        "mend": "修改理解的问题",
        "chat": "问答",
        "archive": "档案",
        "title": "标题",
        "date": "日期",
        "tongue": "语言",
        "passages": "段落",
        "path": "文件",
        "find": "按标题、文件或日期查找文章",
        "nothing": "没有这样的文章。",
        "earlier": "上一页",
        "later": "下一页",
        "add": "添加文章（.txt、.md、.html、.jsonl）",
        "save": "放入档案文件夹",
        "rebuild": "重建索引",
        "limits": "一次最多 {} 个文件，每个最大 {} MB。重建索引之后才能被问到。",
        "saved": "已放入档案文件夹，文件名为",
        "refused": "未接收：",
        "skipped": "已跳过：",
        "report": "新增 {}，更改 {}，删除 {}，未变 {}，跳过 {}；索引中共有 {} 个段落；用时 {} 秒",
    },
}


def both(english: str, chinese: str | None = None) -> str:
    """HTML with the words in both languages, of which the page shows one.

    One argument is a name in PAGE.
    """
    if chinese is None:
        english, chinese = PAGE["en"][english], PAGE["zh"][english]
    return (
        f'<span class="qa-en" lang="en">{english}</span>'
        f'<span class="qa-zh" lang="zh-CN">{chinese}</span>'
    )


LANGUAGES = {
    "ar": ("Arabic", "阿拉伯文"),
    "de": ("German", "德文"),
    "en": ("English", "英文"),
    "es": ("Spanish", "西班牙文"),
    "fr": ("French", "法文"),
    "it": ("Italian", "意大利文"),
    "ja": ("Japanese", "日文"),
    "ko": ("Korean", "韩文"),
    "pt": ("Portuguese", "葡萄牙文"),
    "ru": ("Russian", "俄文"),
    "zh": ("Chinese", "中文"),
}  # others are shown by their code
