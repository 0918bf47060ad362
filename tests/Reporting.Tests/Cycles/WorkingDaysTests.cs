using System.Globalization;
using Gengdu.Calendar;

namespace Gengdu.Reporting.Tests.Cycles;

/// <summary>The calendar that deadlines and requests are counted by.</summary>
public sealed class WorkingDaysTests
{
    [Theory]
    [InlineData("2026-09-14", true)] // Monday
    [InlineData("2026-09-19", false)] // Saturday
    [InlineData("2026-09-20", true)] // Sunday, worked for National Day
    [InlineData("2026-10-05", false)] // Monday within the holiday
    [InlineData("2026-10-10", true)] // Saturday, worked
    [InlineData("2025-10-08", false)]
    [InlineData("2028-10-02", true)] // nothing known: a weekday is a weekday
    public void IsWorkingDay_KnowsHolidaysAndMakeUpDays(string day, bool worked) => Assert.Equal(worked, WorkingDays.IsWorkingDay(Day(day)));

    [Theory]
    [InlineData("2026-10-01", "2026-10-08")]
    [InlineData("2026-10-08", "2026-10-08")]
    [InlineData("2026-02-14", "2026-02-14")]
    [InlineData("2026-02-15", "2026-02-24")]
    public void OnOrAfter_StepsOverDaysOff(string day, string expected) => Assert.Equal(Day(expected), WorkingDays.OnOrAfter(Day(day)));

    [Fact]
    public void Add_CountsMakeUpDays_AndStepsOverTheHoliday()
    {
        // Friday, then the worked Sunday, then Monday to Wednesday.
        Assert.Equal(Day("2026-09-23"), WorkingDays.Add(Day("2026-09-18"), 4));
        Assert.Equal(Day("2026-10-09"), WorkingDays.Add(Day("2026-09-30"), 2));
        Assert.Equal(Day("2026-09-18"), WorkingDays.Add(Day("2026-09-18"), 0));
        Assert.Equal(new DateTimeOffset(2026, 10, 8, 9, 30, 0, TimeSpan.Zero), WorkingDays.Add(new DateTimeOffset(2026, 9, 30, 9, 30, 0, TimeSpan.Zero), 1));
        // 20:00 in UTC is the next day here: already within the holiday.
        Assert.Equal(new DateTimeOffset(2026, 10, 7, 20, 0, 0, TimeSpan.Zero), WorkingDays.Add(new DateTimeOffset(2026, 9, 30, 20, 0, 0, TimeSpan.Zero), 1));
    }

    [Fact]
    public void Between_AndAdd_AgreeOverThreeYears()
    {
        var start = Day("2025-01-01");
        for (var from = start; from < Day("2027-12-01"); from = from.AddDays(1))
        {
            Assert.Equal(7, WorkingDays.Between(from, WorkingDays.Add(from, 7)));
        }

        Assert.Equal((248, 248), (WorkingDays.Between(Day("2025-12-31").AddYears(-1), Day("2025-12-31")), WorkingDays.Between(Day("2025-12-31"), Day("2026-12-31"))));
        Assert.Equal(0, WorkingDays.Between(Day("2026-09-18"), Day("2026-09-15")));
    }

    /// <summary>The festivals by the moon and the sun, computed independently of the file: a shifted line would show.</summary>
    [Theory]
    [InlineData(2025)]
    [InlineData(2026)]
    [InlineData(2027)]
    public void Festivals_AreDaysOff(int year)
    {
        var moon = new ChineseLunisolarCalendar();
        var (spring, boat, autumn) = (Lunar(1, 1), Lunar(5, 5), Lunar(8, 15));
        Assert.All(
            (DateOnly[])[new(year, 1, 1), spring.AddDays(-1), spring, spring.AddDays(1), spring.AddDays(2), new(year, 5, 1), new(year, 5, 2), boat, autumn, new(year, 10, 1), new(year, 10, 2), new(year, 10, 3)],
            day => Assert.False(WorkingDays.IsWorkingDay(day), $"{day:O} is a day of the law"));
        Assert.Equal(("春节", "端午节"), (WorkingDays.SpecialOf(spring)!.NameZh, WorkingDays.SpecialOf(boat)!.NameZh));

        DateOnly Lunar(int month, int day)
        {
            var leap = moon.GetLeapMonth(year);
            return DateOnly.FromDateTime(moon.ToDateTime(year, leap > 0 && month >= leap ? month + 1 : month, day, 0, 0, 0, 0));
        }
    }

    [Fact]
    public void MakeUpDays_AreWeekends_AndWhatIsNotKnownIsSaid()
    {
        Assert.All(WorkingDays.Special.Where(special => special.IsWorked), special => Assert.True(special.Day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, $"{special.Day:O}"));
        Assert.Equal(
            (YearKnown.Announced, YearKnown.Announced, YearKnown.LawOnly, YearKnown.WeekendsOnly),
            (WorkingDays.KnownOf(2025), WorkingDays.KnownOf(2026), WorkingDays.KnownOf(2027), WorkingDays.KnownOf(2028)));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
