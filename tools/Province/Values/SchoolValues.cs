using System.Globalization;

namespace Gengdu.Province.Values;

/// <summary>A whole school's ten modules as values documents: field key → scalar, grade matrix or rows.</summary>
internal static class SchoolValues
{
    private static readonly string[] Surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭"];
    private static readonly string[] Given = ["建国", "秀英", "志强", "丽华", "海燕", "文军", "桂兰", "晓峰", "春梅", "国庆", "玉兰", "永刚", "红梅", "立新"];

    public static Dictionary<string, Dictionary<string, object?>> For(Figures f) => new()
    {
        ["basic-information"] = Basic(f),
        ["overall-plan"] = Plan(f),
        ["curriculum"] = Curriculum(f),
        ["teaching-staff"] = StaffValues.Staff(f),
        ["practice-places"] = PlaceValues.Places(f),
        ["capital-investment"] = MoneyValues.Money(f),
        ["safety"] = PlaceValues.Safety(f),
        ["evaluation"] = StaffValues.Evaluation(f),
        ["collaboration"] = PlaceValues.Collaboration(f),
        ["supervision-results"] = MoneyValues.Results(f),
    };

    internal static Dictionary<string, object?> PerGrade(Figures f, Func<string, object?> value) =>
        f.School.Grades.Select(g => (g, v: value(g))).Where(x => x.v is not null).ToDictionary(x => x.g, x => x.v);

    internal static int Number(string grade) => int.Parse(grade[1..], CultureInfo.InvariantCulture);

    private static string Name(Figures f) => Surnames[f.Some(0, Surnames.Length - 1)] + Given[f.Some(0, Given.Length - 1)];

    private static Dictionary<string, object?> Basic(Figures f) => new()
    {
        ["classes"] = PerGrade(f, g => f.Classes[g]),
        ["students"] = PerGrade(f, g => f.Students[g]),
        ["boarders"] = f.School.Type == "primary" ? f.ShareOf(f.Pupils, 0, 0.08) : f.ShareOf(f.Pupils, 0.2, 0.85),
        ["staff_total"] = f.Staff,
        ["ft_teachers"] = f.FullTimeTeachers,
        ["campus_area"] = Math.Round(2500 + (f.Pupils * (14 + (12 * f.Random.NextDouble())))),
        ["principal_name"] = Name(f),
        ["principal_phone"] = $"0311-8{f.Some(1000000, 9999999)}",
        ["leader_name"] = Name(f),
        ["contact_name"] = Name(f),
        ["contact_phone"] = $"0311-8{f.Some(1000000, 9999999)}",
        ["titles"] = f.Does(0.25)
            ? new[] { new Dictionary<string, object?> { ["level"] = Option(f, "city", "county"), ["name"] = "劳动教育特色学校", ["valid_to"] = f.Today.AddDays(f.Some(120, 900)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) } }
            : [],
    };

    private static Dictionary<string, object?> Plan(Figures f)
    {
        var adopted = f.Does(1.3);
        var published = adopted && f.Does();
        var group = f.Does(1.25);
        return new()
        {
            ["plan_adopted"] = adopted,
            ["plan_date"] = adopted ? f.DayOfPeriod(60) : null,
            ["published"] = published,
            ["published_date"] = published ? f.DayOfPeriod(60) : null,
            ["leading_group"] = group,
            ["group_head"] = group ? Option(f, "secretary", "principal", "principal", "deputy-principal") : null,
            ["office"] = Option(f, "moral-education", "moral-education", "teaching-affairs", "dedicated"),
            ["coordinators"] = f.Some(0, 3),
            ["meetings"] = f.Some(1, 6),
            ["labor_list"] = PerGrade(f, _ => f.Does(1.2)),
            ["outside_rule"] = f.Does(1.1),
            ["week_plan"] = f.Does(1.2),
            ["integration_plan"] = f.Does(0.8),
            ["rules"] = new[] { "safety", "evaluation", "equipment", "workload", "publicity", "incentives" }.Where(_ => f.Does()).ToArray(),
        };
    }

    private static Dictionary<string, object?> Curriculum(Figures f)
    {
        var weekHeld = f.Does(1.25);
        return new()
        {
            ["offered"] = PerGrade(f, _ => true),
            ["timetabled"] = PerGrade(f, _ => f.Does(1.35)),
            ["weekly_hours"] = PerGrade(f, g => f.WeeklyHours[g]),
            ["actual_hours"] = PerGrade(f, g => (int)Math.Round(f.WeeklyHours[g] * f.Some(14, 19))),
            ["encroached"] = f.Some(0, Math.Max(1, (int)(f.AllClasses * (1.4 - f.Effort)))),
            ["task_groups"] = PerGrade(f, g => TaskGroups(f, g)),
            ["projects"] = PerGrade(f, _ => f.Some(1, 8)),
            ["material"] = new[] { Option(f, "province", "school", "handbook") },
            ["school_courses"] = f.Some(0, 4),
            ["week_held"] = weekHeld,
            ["week_start"] = weekHeld ? f.DayOfPeriod(75) : null,
            ["week_days"] = weekHeld ? f.Some(3, 5) : null,
            ["week_mode"] = weekHeld ? Option(f, "on-campus", "on-campus", "both", "off-campus") : null,
            ["week_participants"] = weekHeld ? f.ShareOf(f.Pupils, 0.9, 1) : null,
            ["outside_hours"] = PerGrade(f, g => f.Does(1.3) ? (Number(g) <= 2 ? 2.0 : 3.0) + (0.5 * f.Some(0, 2)) : 1.5),
            ["sh_credits"] = f.School.Grades.Contains("g10") ? f.Does(1.4) ? 6.0 : 4.0 : null,
            ["sh_volunteer"] = f.School.Grades.Contains("g10") ? f.Some(25, 60) : null,
            ["research_events"] = f.Some(0, 8),
            ["open_lessons"] = f.Some(0, 6),
        };
    }

    internal static string Option(Figures f, params string[] options) => options[f.Some(0, options.Length - 1)];

    private static string[]? TaskGroups(Figures f, string grade)
    {
        string[] stage = Number(grade) switch
        {
            <= 2 => ["cleaning", "tidying", "cooking", "farming", "crafts"],
            <= 4 => ["cleaning", "tidying", "cooking", "appliances", "farming", "crafts", "services", "volunteering"],
            <= 9 => ["tidying", "cooking", "appliances", "farming", "crafts", "industry", "technology", "services", "volunteering"],
            _ => [],
        };
        return stage.Length == 0 ? null : [.. stage.Where((_, i) => i < 2 || f.Does(0.9))];
    }
}
