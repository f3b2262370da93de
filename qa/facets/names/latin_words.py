"""Words by which names in Latin letters are told apart: titles, endings of organisations, verbs."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    "Mr Mrs Ms Miss Dr Prof Professor Sir Dame Lord Lady President Prime Minister Chancellor Senator Sen Rep"
    " Judge Justice General Gen Colonel Col Captain Capt Major Lieutenant Lt Sergeant Sgt King Queen Prince"
    " Princess Pope Mayor Governor Gov Premier Secretary Defence Defense Foreign Finance Interior Chief"
    " Former Vice Deputy Congressman Congresswoman Ambassador Chairman Chairwoman Rev Bishop Archbishop"
    " Cardinal Rabbi Imam Sheikh Sultan Emir Detective Inspector Commissioner Coach Nobel laureate Herr Frau"
    " Señor Monsieur Madame Emperor Empress Director Executive"
)
# Words before a name, without a capital, that only people have
ROLES = (
    "president|governor|spokesman|spokeswoman|founder|leader|chairman|chairwoman|coach|singer|reporter"
    "|analyst|laureate|aide|lawyer|farmer|minister|premier|director|editor|author|actor|actress|activist"
    "|mayor|senator|judge|professor|chancellor|ambassador|economist|historian|golfer|striker|captain"
    "|goalkeeper|secretary|envoy|novelist|poet|journalist|wife|husband|brother|sister|daughter|son|grandson"
    "|widow|photographer|researcher|secretary-general|chief executive|ceo|shortstop|pitcher|candidate"
)
SPEAKS = (
    "said|says|told|added|warned|argued|insisted|wrote|asked|replied|tweeted|recalled|testified|resigned"
    "|apologised|apologized|joked|explained|admitted"
)
ORGANISATION_ENDS = _words(
    "University College Institute Academy Party Bank Commission Committee Council Court Ministry Department"
    " Agency Authority Organization Organisation Association Federation Union League Society Foundation Fund"
    " Group Corporation Corp Company Co Inc Ltd LLC AG PLC SE GmbH Industries Motors Airlines Airways"
    " Electronics Steel Pharmaceuticals Holdings Partners Times Herald Tribune Gazette News Shimbun"
    " Parliament Congress Senate Assembly Police Army Navy Church Hospital Museum Exchange Administration"
    " Reserve United FC Watch Rovers Bureau Office Service Services Board Parliament Guard Brothers"
    " Telecom Motor Chase Sachs Stanley Club Laboratory Observatory Universität Universidad Université"
)
# Words with which an organisation begins that goes on with "of" or "for"
ORGANISATION_STARTS = _words(
    "University Ministry Department Bank House Institute Church Board Court Academy College School Bureau"
    " Council Chamber Office Center Centre Confederation Federation Association Union League Society"
    " Organization Organisation Agency Fund Campaign Transport Academy Commission Bundesbank Universidad"
    " Banco Banque Partido Parti Ministerio Ministère"
)
SPLIT_BEFORE_PLACE = _words("Supreme High Constitutional")  # "Supreme Court of India" is two names
PLACE_ENDS = _words(
    "River Lake Island Islands Mountain Mountains Bay Sea Ocean Strait Airport County Prefecture Province"
    " District Square Street Avenue Bridge Park Peninsula Desert Valley Canal Beach Harbour Harbor Mall"
    " Station Stadium Springs Hills Heights Falls Forest Bridge Palace Castle"
)
PLACE_STARTS = _words("Lake Mount Mt Cape Fort Port County Gulf Strait Isle Bay Loch Río Monte Lago")
PARTICLES = _words("von van der den de del della di da du dos bin ibn al el ten ter zu")
ASIAN_SURNAMES = _words(
    "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo Liang Song Zheng Xie"
    " Han Tang Feng Yu Dong Xiao Cheng Cao Yuan Deng Xu Fu Shen Zeng Peng Lu Su Jiang Cai Jia Ding Wei Xue Ye"
    " Yan Pan Du Dai Xia Zhong Tian Ren Fan Fang Shi Yao Tan Liao Zou Xiong Jin Kong Bai Cui Kang Mao Qiu Qin"
    " Gu Hou Shao Meng Long Wan Duan Lei Qian Yin Chang Wen Tsai Lai Chiang Xi Kim Lee Park Choi Jung Jeong"
    " Kang Cho Yoon Lim Oh Seo Shin Kwon Hwang Ahn Moon Hong Ban Roh Nguyen Tran Pham Aung Ko"
)
COMPANIES = (
    "Apple|Google|Microsoft|Amazon|Meta|Facebook|Tesla|SpaceX|OpenAI|Nvidia|Intel|IBM|Oracle|Netflix|Twitter"
    "|Toyota|Honda|Nissan|Mazda|Subaru|Suzuki|Mitsubishi|Ford|Volkswagen|BMW|Audi|Porsche|Renault|Stellantis"
    "|Peugeot|Fiat|Hyundai|Kia|Volvo|Boeing|Airbus|Samsung|Sony|Panasonic|Hitachi|Toshiba|Nintendo|SoftBank"
    "|Huawei|Xiaomi|Alibaba|Tencent|ByteDance|TikTok|Baidu|TSMC|Foxconn|BYD|Siemens|Bayer|BASF|SAP|Commerzbank"
    "|Barclays|HSBC|UBS|JPMorgan|Citigroup|Shell|BP|ExxonMobil|Chevron|TotalEnergies|Rosneft|Gazprom|Aramco"
    "|Nestlé|Unilever|Pfizer|Moderna|AstraZeneca|Novartis|Roche|Walmart|Target|Costco|Starbucks|McDonald's"
    "|Disney|Reuters|Bloomberg|BBC|CNN|NHK|Xinhua|Kyodo|AFP|Lockheed Martin|Goldman Sachs|Morgan Stanley"
    "|Deutsche Bank|Lufthansa|Emirates|Al Jazeera|Cathay Pacific|Greenpeace|Hamas|Hezbollah|Taliban"
    "|NASA|JAXA|NATO|UNICEF|UNESCO|OPEC|FIFA|UEFA|Interpol|Europol|Congress|Senate|Kremlin|Bundestag|Knesset"
    "|Arsenal|Chelsea|Liverpool FC|Real Madrid|Juventus|Amnesty International|Red Cross|Security Council"
    "|Federal Reserve|Supreme Court|European Union|United Nations|Diet|Pentagon|CIA|FBI|MI6|Mossad"
    "|Ericsson|Nokia|Spotify|IKEA|Uber|Airbnb|PayPal|Visa|Mastercard|Lenovo|Fujitsu|Canon|Olympus|Nikon"
)
ACRONYMS = {
    "WHO": "world health organization", "UN": "united nations", "EU": "european union",
    "IMF": "international monetary fund", "WTO": "world trade organization", "U.N.": "united nations",
    "Fed": "federal reserve", "LDP": "liberal democratic party", "NATO": "nato", "FBI": "fbi", "CIA": "cia",
}  # fmt: skip
# Words that begin a sentence and no name
OPENERS = _words(
    "The A An This That These Those On In At By For From With Of To As If When While After Before Since Until"
    " But And Or So Yet However Then Now Here There Where Why How What Which Who Whose Both Either Neither"
    " His Her Its Their Our My Your He She It We They I Mr's Some Many Most Few All Every Each Another Other"
    " Yesterday Today Tomorrow Last Next Earlier Later Meanwhile Also Still Only Even Despite During Under"
    " Over About Against Between Among Near Around Outside Inside Like Unlike According Thanks Because Though"
    " Although Once Twice Two Three Four Five Six Seven Eight Nine Ten Not No Yes Critics Police Officials"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August"
    " September October November December Der Die Das Ein Eine Im Am Les Une El Un Il"
)
# Last words of what is neither a person nor an organisation
NO_PERSON_ENDS = _words(
    "Prize Award Awards Cup Act Day Week Year Festival Market Law Bill Plan Deal Trophy Open Show War Wars"
    " Hurricane Storm Report Trial Games Series Championship Championships Tour Convention Treaty Accord"
    " Agreement Summit Conference Amendment Revolution Spring Street Home Eve Road Line Finds Test Crisis"
    " Pact Initiative Protocol Index Forum Affair Stadium Theatre Theater"
)
# Given names that are more often other words at the start of a sentence
DOUBTFUL_GIVEN = _words(
    "May April June August Will Mark Hope Grace Faith Christian Dean Major Royal Prince Long See Love Young"
    " Golden Art Early Pearl Summer Autumn Winter King Queen Duke Earl Rich Gay Sunny Stormy Sky Star Chance"
    " Charity Honor Honour Justice Victory Ok Man So An Many Much In Sung"
)
