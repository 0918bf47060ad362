namespace Gengdu.Province.Make;

/// <summary>
/// Schools in the numbers, mix and sizes of docs/demo-province.md: city shares by population, 78 % primary, 17 % junior and
/// nine-year, 5 % senior (11,604 + 2,516 + 738 = 14,858 in 2021), sizes by P10, median and P90 of each kind.
/// </summary>
internal static class Schools
{
    private static readonly Dictionary<string, int> CityShares = new()
    {
        ["130100"] = 2119, ["130200"] = 1537, ["130300"] = 625, ["130400"] = 1875, ["130500"] = 1416, ["130600"] = 1841, ["130700"] = 820,
        ["130800"] = 668, ["130900"] = 1454, ["131000"] = 1088, ["131100"] = 839, ["133100"] = 240, ["130682"] = 218, ["130181"] = 118,
    };

    private static readonly Dictionary<string, (double P10, double Median, double P90)> Sizes = new()
    {
        ["primary/rural"] = (60, 180, 480), ["primary/town"] = (250, 700, 1600), ["primary/urban"] = (500, 1300, 2600),
        ["junior/rural"] = (120, 450, 1100), ["junior/town"] = (400, 1100, 2200), ["junior/urban"] = (600, 1700, 3000),
        ["nine-year"] = (300, 900, 2500), ["senior"] = (800, 2000, 4500), ["complete-secondary"] = (800, 1900, 4000), ["twelve-year"] = (900, 2200, 5000),
    };

    private const int TriedSchools = 5;

    public static IReadOnlyList<School> Make(IReadOnlyList<Division> divisions, int count, int seed)
    {
        var schools = new List<School>(count);
        var random = new Random(seed);
        var serial = new Dictionary<string, int>();
        foreach (var (cityCode, quota) in Quotas(count))
        {
            var counties = divisions.Where(d => d.Is("county") && (d.ParentCode == cityCode || d.Code == cityCode)).ToList();
            var weights = counties.Select(c => c.Kind == "zone" ? 0.25 : 0.6 + random.NextDouble()).ToList();
            var perCounty = Apportion(quota, weights);
            LeaveSomeForTrying(counties, perCounty);
            for (var c = 0; c < counties.Count; c++)
            {
                var names = new SchoolNames(counties[c], random.Next());
                for (var i = 0; i < perCounty[c]; i++)
                {
                    schools.Add(One(counties[c], cityCode, names, serial, random, first: i == 0));
                }
            }
        }

        return schools;
    }

    internal static IEnumerable<(string City, int Quota)> Quotas(int count)
    {
        var perCity = Apportion(count, [.. CityShares.Values.Select(v => (double)v)]);
        return CityShares.Keys.Select((city, i) => (city, perCity[i]));
    }

    // Largest remainders: the parts add up to the whole, whatever the number asked for.
    internal static int[] Apportion(int total, IReadOnlyList<double> weights)
    {
        var sum = weights.Sum();
        var exact = weights.Select(w => total * w / sum).ToArray();
        var parts = exact.Select(x => (int)Math.Floor(x)).ToArray();
        foreach (var i in Enumerable.Range(0, weights.Count).OrderByDescending(i => exact[i] - parts[i]).ThenBy(i => i).Take(total - parts.Sum()))
        {
            parts[i]++;
        }

        return parts;
    }

    // However small the province: the county that the newcomer tries has schools.
    private static void LeaveSomeForTrying(List<Division> counties, int[] perCounty)
    {
        var tried = counties.FindIndex(c => c.Code == People.TriedCounty);
        while (tried >= 0 && perCounty[tried] < TriedSchools)
        {
            var largest = Enumerable.Range(0, perCounty.Length).Where(i => i != tried).MaxBy(i => perCounty[i]);
            if (perCounty[largest] == 0)
            {
                return;
            }

            perCounty[largest]--;
            perCounty[tried]++;
        }
    }

    private static School One(Division county, string cityCode, SchoolNames names, Dictionary<string, int> serial, Random random, bool first)
    {
        var type = first ? "primary" : Pick(random, ("primary", 0.781), ("junior", 0.127), ("nine-year", 0.042), ("senior", 0.040), ("complete-secondary", 0.008), ("twelve-year", 0.002));
        var place = type switch
        {
            "primary" => county.NameZh.EndsWith('区') ? Pick(random, ("urban", 0.55), ("town", 0.15), ("rural", 0.30)) : Pick(random, ("urban", 0.04), ("town", 0.32), ("rural", 0.64)),
            "junior" or "nine-year" => county.NameZh.EndsWith('区') ? Pick(random, ("urban", 0.65), ("town", 0.20), ("rural", 0.15)) : Pick(random, ("urban", 0.10), ("town", 0.55), ("rural", 0.35)),
            _ => county.NameZh.EndsWith('区') ? "urban" : "town",
        };
        var size = Sizes.TryGetValue($"{type}/{place}", out var byPlace) ? byPlace : Sizes[type];
        var codeClass = type switch { "primary" => "21", "junior" or "nine-year" => "31", _ => "34" };
        var number = serial[codeClass] = serial.GetValueOrDefault(codeClass) + 1;
        var (zh, en) = names.Next(type, place);
        return new School
        {
            Code = $"{codeClass}13{number:D6}",
            ParentCode = county.Code,
            CityCode = cityCode,
            NameZh = zh,
            NameEn = en,
            Type = type,
            UrbanRural = place,
            RunBy = Pick(random, ("education-department", 0.93), ("private", 0.055), ("other-department", 0.015)),
            Grades = Grades(type),
            Pupils = Pupils(size, random),
            Seed = random.Next(),
        };
    }

    private static string[] Grades(string type)
    {
        var (from, to) = type switch { "primary" => (1, 6), "junior" => (7, 9), "nine-year" => (1, 9), "senior" => (10, 12), "complete-secondary" => (7, 12), _ => (1, 12) };
        return [.. Enumerable.Range(from, to - from + 1).Select(g => $"g{g}")];
    }

    private static int Pupils((double P10, double Median, double P90) size, Random random)
    {
        const double Decile = 1.2816;
        var z = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var spread = z < 0 ? Math.Log(size.Median / size.P10) / Decile : Math.Log(size.P90 / size.Median) / Decile;
        return (int)Math.Clamp(size.Median * Math.Exp(spread * z), 18, 9000);
    }

    private static string Pick(Random random, params (string Key, double Share)[] choices)
    {
        var at = random.NextDouble() * choices.Sum(c => c.Share);
        foreach (var (key, share) in choices)
        {
            if ((at -= share) < 0)
            {
                return key;
            }
        }

        return choices[0].Key;
    }
}
