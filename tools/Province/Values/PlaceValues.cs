using System.Globalization;

namespace Gengdu.Province.Values;

/// <summary>Places, safety, and what pupils do there.</summary>
internal static class PlaceValues
{
    public static Dictionary<string, object?> Places(Figures f)
    {
        var rows = new List<Dictionary<string, object?>>();
        var rooms = Math.Max(f.Does(1.1) ? 1 : 0, f.ShareOf((f.AllClasses + 14) / 15, f.Effort - 0.1, f.Effort + 0.3));
        var garden = f.School.UrbanRural != "urban" || f.Does(0.5) ? Math.Round(40 + (f.Pupils * 0.15 * f.Random.NextDouble())) : 0;
        var kinds = new[] { "woodwork", "cooking", "pottery", "maker", "general" };
        for (var i = 0; i < rooms; i++)
        {
            rows.Add(Place($"劳动教室{i + 1}", kinds[(i + f.Some(0, 4)) % kinds.Length], f.Some(42, 96), 45));
        }

        if (garden > 0)
        {
            rows.Add(Place("种植园", "garden", garden, null));
        }

        var bases = f.Does(0.95) ? f.Some(1, 2) : 0;
        return new()
        {
            ["on_campus"] = rows,
            ["rooms"] = rooms,
            ["rooms_area"] = rows.Where(r => (string)r["kind"]! != "garden").Sum(r => Convert.ToDouble(r["area"], CultureInfo.InvariantCulture)),
            ["planting_area"] = garden,
            ["place_hours"] = f.Some(10, 40) * Math.Max(1, rooms),
            ["new_area"] = f.Does(0.2) ? f.Some(20, 120) : 0,
            ["bases"] = Enumerable.Range(1, bases).Select(i => Base(f, i)).ToArray(),
            ["base_visits"] = bases == 0 ? 0 : f.ShareOf(f.Pupils * 2, 0.2, 0.7),
            ["equip_value"] = Math.Round(f.Pupils * 90 * f.Effort * f.Random.NextDouble()) + 500,
            ["equip_status"] = f.Does(1.0) ? "met" : SchoolValues.Option(f, "partly", "partly", "not-met"),
            ["consumables"] = f.Does(1.1),
            ["lent_to"] = f.Some(0, 2),
            ["borrowed_from"] = f.Some(0, 2),
        };
    }

    public static Dictionary<string, object?> Safety(Figures f)
    {
        var found = f.Some(0, 6);
        var trips = f.Some(0, 8);
        return new()
        {
            ["safety_rules"] = f.Does(1.4),
            ["emergency_plan"] = f.Does(1.3),
            ["risk_assessments"] = f.Some(1, 5),
            ["safety_lessons"] = f.Some(4, 18),
            ["drills"] = f.Some(1, 4),
            ["safety_staff"] = f.Some(1, 4),
            ["protective_gear"] = f.Does(1.0) ? "complete" : "partial",
            ["liability_ins"] = f.Does(1.4),
            ["insured"] = f.Does(1.2) ? f.Pupils : f.ShareOf(f.Pupils, 0.85, 0.99),
            ["hazards_found"] = found,
            ["hazards_fixed"] = Math.Max(0, found - (f.Does(1.3) ? 0 : 1)),
            ["offsite"] = trips,
            ["offsite_filed"] = f.Does(1.4) ? trips : Math.Max(0, trips - 1),
            ["incidents"] = f.Does(0.06) ? new[] { new Dictionary<string, object?> { ["date"] = f.DayOfPeriod(70), ["harm"] = "minor", ["handled"] = true } } : [],
        };
    }

    public static Dictionary<string, object?> Collaboration(Figures f)
    {
        var surveyed = f.ShareOf(f.Pupils, 0.3, 0.8);
        return new()
        {
            ["activities"] = Enumerable.Range(1, f.Some(1, 4)).Select(i => Activity(f, i)).ToArray(),
            ["participants"] = f.ShareOf(f.Pupils, Math.Max(0.75, f.Effort), 1),
            ["service_times"] = f.Some(0, f.Pupils),
            ["service_hours"] = f.Some(0, f.Pupils * 2),
            ["campus_duty"] = true,
            ["home_list"] = f.ShareOf(f.Pupils, 0.7, 1),
            ["life_skills"] = f.Some(1, 3),
            ["parent_sessions"] = f.Some(0, 4),
            ["parent_volunteers"] = f.Some(0, 40),
            ["survey_n"] = surveyed,
            ["survey_ok"] = f.ShareOf(surveyed, 0.82, 0.985),
            ["partners"] = f.Does(0.6) ? new[] { new Dictionary<string, object?> { ["name"] = "县农业技术推广站", ["kind"] = "government", ["agreement"] = true } } : [],
            ["hand_in_hand"] = f.Some(0, 2),
        };
    }

    private static Dictionary<string, object?> Place(string name, string kind, double area, int? seats) =>
        new() { ["name"] = name, ["kind"] = kind, ["area"] = area, ["seats"] = seats, ["year"] = 2021 };

    private static Dictionary<string, object?> Base(Figures f, int number) => new()
    {
        ["name"] = $"劳动实践基地{number}",
        ["level"] = SchoolValues.Option(f, "county", "county", "city", "province"),
        ["kind"] = SchoolValues.Option(f, "farm", "practice", "enterprise"),
        ["agreement_from"] = f.Today.AddDays(-f.Some(100, 700)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["agreement_to"] = f.Today.AddDays(f.Some(40, 900)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["km"] = f.Some(2, 60),
        ["capacity"] = Math.Max(50, f.Students.Values.Max() + f.Some(-40, 300)),
        ["safety_ok"] = f.Does(1.4),
    };

    private static Dictionary<string, object?> Activity(Figures f, int number)
    {
        var grades = f.School.Grades.Where(_ => f.Random.Next(2) == 0).DefaultIfEmpty(f.School.Grades[0]).ToArray();
        return new()
        {
            ["date"] = f.DayOfPeriod(75),
            ["name"] = SchoolValues.Option(f, "秋收体验", "校园清洁日", "包饺子", "种植园管护", "社区志愿服务", "木工小制作") + number,
            ["category"] = SchoolValues.Option(f, "daily", "production", "service"),
            ["grades"] = grades,
            ["participants"] = f.ShareOf(grades.Sum(g => f.Students[g]), 0.7, 1),
            ["days"] = 1,
            ["hours"] = f.Some(2, 6),
            ["place_kind"] = "other",
        };
    }
}
