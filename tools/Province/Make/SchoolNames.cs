namespace Gengdu.Province.Make;

/// <summary>Names as schools of the plain and the mountains bear them, unique within a county, with their pinyin.</summary>
internal sealed class SchoolNames(Division county, int seed)
{
    private static readonly (string Zh, string En)[] Heads =
    [
        ("大", "Da"), ("小", "Xiao"), ("东", "Dong"), ("西", "Xi"), ("南", "Nan"), ("北", "Bei"), ("上", "Shang"), ("下", "Xia"), ("前", "Qian"), ("后", "Hou"),
        ("张", "Zhang"), ("王", "Wang"), ("李", "Li"), ("赵", "Zhao"), ("刘", "Liu"), ("杨", "Yang"), ("马", "Ma"), ("宋", "Song"), ("高", "Gao"), ("郭", "Guo"),
        ("白", "Bai"), ("石", "Shi"), ("柳", "Liu"), ("桃", "Tao"), ("梨", "Li"), ("枣", "Zao"), ("黄", "Huang"), ("青", "Qing"), ("红", "Hong"), ("长", "Chang"),
    ];

    private static readonly (string Zh, string En)[] Tails =
    [
        ("家庄", "jiazhuang"), ("庄", "zhuang"), ("村", "cun"), ("营", "ying"), ("屯", "tun"), ("店", "dian"), ("口", "kou"), ("寨", "zhai"), ("桥", "qiao"), ("河", "he"),
        ("坡", "po"), ("台", "tai"), ("官屯", "guantun"), ("井", "jing"), ("岭", "ling"), ("林", "lin"), ("泉", "quan"), ("各庄", "gezhuang"), ("佐", "zuo"), ("堡", "pu"),
    ];

    private static readonly (string Zh, string En)[] Roads =
    [
        ("中山路", "Zhongshan Road"), ("建设街", "Jianshe Street"), ("和平路", "Heping Road"), ("育才街", "Yucai Street"), ("新华路", "Xinhua Road"), ("人民路", "Renmin Road"),
        ("胜利街", "Shengli Street"), ("文化路", "Wenhua Road"), ("光明街", "Guangming Street"), ("青园街", "Qingyuan Street"), ("滨河路", "Binhe Road"), ("学府路", "Xuefu Road"),
    ];

    private static readonly string[] Numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    private readonly Random _random = new(seed);
    private readonly HashSet<string> _used = [];
    private readonly string _short = Short(county.NameZh);
    private readonly string _shortEn = county.NameEn.Split(' ')[0];

    public (string Zh, string En) Next(string type, string place)
    {
        for (var round = 0; ; round++)
        {
            var (zh, en) = Propose(type, place);
            var suffix = round < 40 ? "" : $"（{round - 39}）";
            if (_used.Add(zh + suffix))
            {
                return (zh + suffix, round < 40 ? en : $"{en} ({round - 39})");
            }
        }
    }

    private (string Zh, string En) Propose(string type, string place)
    {
        var head = Heads[_random.Next(Heads.Length)];
        var tail = Tails[_random.Next(Tails.Length)];
        var road = Roads[_random.Next(Roads.Length)];
        var n = _random.Next(Numerals.Length);
        var (kindZh, kindEn) = type switch
        {
            "primary" => ("小学", "Primary School"),
            "junior" => ("初级中学", "Junior Middle School"),
            "nine-year" => ("学校", "Nine-year School"),
            "senior" => ("高级中学", "Senior High School"),
            "complete-secondary" => ("中学", "Secondary School"),
            _ => ("实验学校", "Twelve-year School"),
        };
        if (type == "senior" || (type == "complete-secondary" && _random.Next(2) == 0))
        {
            return ($"{_short}第{Numerals[n]}中学", $"{_shortEn} No. {n + 1} {(type == "senior" ? "Senior High School" : "Secondary School")}");
        }

        return place switch
        {
            "urban" when _random.Next(3) == 0 => ($"{_short}第{Numerals[n]}{(type == "primary" ? "小学" : "中学")}", $"{_shortEn} No. {n + 1} {kindEn}"),
            "urban" => ($"{_short}{road.Zh}{kindZh}", $"{_shortEn} {road.En} {kindEn}"),
            "town" => ($"{_short}{head.Zh}{tail.Zh}镇{(type == "primary" && _random.Next(2) == 0 ? "中心小学" : kindZh)}", $"{_shortEn} {head.En}{tail.En} Town {kindEn}"),
            _ => ($"{_short}{head.Zh}{tail.Zh}{kindZh}", $"{_shortEn} {head.En}{tail.En} {kindEn}"),
        };
    }

    // 长安区 → 长安; 赵县 keeps its name, one character alone would not read as a place.
    private static string Short(string name) => name.Length > 2 && name[^1] is '区' or '市' && name.Length > 2 ? name[..^1] : name;
}
