using System.Globalization;

namespace Gengdu.Province.Play;

/// <summary>Half an academic year, of which one cycle collects: autumn from September, spring from March.</summary>
internal sealed record Semester(int Year, bool IsAutumn)
{
    public string Key => $"{Text(Year)}-{(IsAutumn ? "autumn" : "spring")}";

    public string AcademicYear => $"{Text(FirstYear)}-{Text(FirstYear + 1)}";

    public string NameZh => $"{Text(FirstYear)}—{Text(FirstYear + 1)}学年{(IsAutumn ? "秋季" : "春季")}学期劳动教育";

    public string NameEn => $"Labor education, {(IsAutumn ? "autumn" : "spring")} semester {AcademicYear}";

    public DateOnly Start => new(Year, IsAutumn ? 9 : 3, 1);

    public DateOnly End => IsAutumn ? new(Year + 1, 1, 31) : new(Year, 7, 15);

    private int FirstYear => IsAutumn ? Year : Year - 1;

    /// <summary>The one a day belongs to; January still to autumn, the summer to spring.</summary>
    public static Semester At(DateOnly day) => new(day.Month < 2 ? day.Year - 1 : day.Year, day.Month is >= 9 or < 2);

    public static Semester Now() => At(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime));

    public Semester Before() => IsAutumn ? new(Year, false) : new(Year - 1, true);

    /// <summary>As the cycle's plan says it.</summary>
    public object ToPeriod() => new { key = Key, academicYear = AcademicYear, start = Day(Start), end = Day(End), fiscalYear = Year };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(int year) => year.ToString(CultureInfo.InvariantCulture);
}
