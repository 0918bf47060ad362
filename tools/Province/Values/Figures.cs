using Gengdu.Province.Make;

namespace Gengdu.Province.Values;

/// <summary>The numbers of one school that its modules share, so that they agree as an honest school's do.</summary>
internal sealed class Figures
{
    /// <param name="school">Its size and its seed.</param>
    /// <param name="today">Agreements and titles run out after it.</param>
    /// <param name="periodStart">Activities lie after it.</param>
    /// <param name="effort">More or less done for labor education than the school's kind does.</param>
    public Figures(School school, DateOnly today, DateOnly periodStart, double effort = 0)
    {
        School = school;
        Today = today;
        PeriodStart = periodStart;
        Random = new Random(school.Seed);
        var classSize = school.UrbanRural switch { "urban" => 43.0, "town" => 38.0, _ => 24.0 };
        var left = school.Pupils;
        for (var i = 0; i < school.Grades.Length; i++)
        {
            var share = left / (school.Grades.Length - i);
            var pupils = i == school.Grades.Length - 1 ? left : Math.Clamp((int)(share * (0.9 + (0.2 * Random.NextDouble()))), 3, 3400);
            pupils = Math.Max(pupils, 3);
            left = Math.Max(0, left - pupils);
            Students[school.Grades[i]] = pupils;
            Classes[school.Grades[i]] = Math.Clamp((int)Math.Round(pupils / classSize), 1, 58);
        }

        Pupils = Students.Values.Sum();
        AllClasses = Classes.Values.Sum();
        // How seriously the school takes labor education: most indicators lean on it, so that red counties exist and can be explained.
        Effort = Math.Clamp((school.UrbanRural == "urban" ? 0.72 : school.UrbanRural == "town" ? 0.64 : 0.56) + (0.22 * (Random.NextDouble() - 0.35)) + effort, 0.2, 0.99);
        Staff = Math.Max(6, (int)(AllClasses * 2.6) + Random.Next(4));
        FullTimeTeachers = Math.Max(5, (int)(Staff * 0.86));
        foreach (var grade in school.Grades)
        {
            WeeklyHours[grade] = Random.NextDouble() < 0.93 + (0.07 * Effort) ? (Random.NextDouble() < 0.12 ? 2.0 : 1.0) : 0.5;
        }

        FullTimeLabor = AllClasses >= 12 && Random.NextDouble() < Effort ? 1 + (AllClasses / 40) : 0;
        var needed = Classes.Sum(c => c.Value * WeeklyHours[c.Key]);
        PartTimeLabor = Math.Clamp((int)Math.Ceiling(needed / 3.2), 2, Math.Max(2, FullTimeTeachers / 2));
    }

    public School School { get; }
    public DateOnly Today { get; }
    public DateOnly PeriodStart { get; }
    public Random Random { get; }
    public SortedDictionary<string, int> Students { get; } = [];
    public SortedDictionary<string, int> Classes { get; } = [];
    public SortedDictionary<string, double> WeeklyHours { get; } = [];
    public int Pupils { get; }
    public int AllClasses { get; }
    public double Effort { get; }
    public int Staff { get; }
    public int FullTimeTeachers { get; }
    public int FullTimeLabor { get; }
    public int PartTimeLabor { get; }

    public bool Does(double threshold = 1.0) => Random.NextDouble() < Math.Min(0.995, (Effort * threshold) + 0.18);

    public int Some(int from, int to) => Random.Next(from, to + 1);

    public int ShareOf(int whole, double from, double to) => Math.Min(whole, (int)Math.Round(whole * (from + ((to - from) * Random.NextDouble()))));

    public string DayOfPeriod(int spread) => PeriodStart.AddDays(Some(5, Math.Clamp(Today.DayNumber - PeriodStart.DayNumber - 1, 6, spread))).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
