using Gengdu.Province.Play;

namespace Gengdu.Province.Tests;

public sealed class SemesterTests
{
    [Theory]
    [InlineData("2026-11-22", "2026-autumn", "2026-2027", "2026-09-01", "2027-01-31", "2026-spring")]
    [InlineData("2027-01-15", "2026-autumn", "2026-2027", "2026-09-01", "2027-01-31", "2026-spring")]
    [InlineData("2027-02-01", "2027-spring", "2026-2027", "2027-03-01", "2027-07-15", "2026-autumn")]
    [InlineData("2027-08-31", "2027-spring", "2026-2027", "2027-03-01", "2027-07-15", "2026-autumn")]
    public void At_ADay_NamesTheSemesterAndTheOneBefore(string day, string key, string year, string start, string end, string before)
    {
        var semester = Semester.At(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal((key, year, DateOnly.Parse(start, System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(end, System.Globalization.CultureInfo.InvariantCulture), before),
            (semester.Key, semester.AcademicYear, semester.Start, semester.End, semester.Before().Key));
        Assert.True(semester.Before().End < semester.Start);
    }
}
