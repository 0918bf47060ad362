using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Outages;

namespace Gengdu.Reporting.Tests.Outages;

public sealed class OutageTests
{
    private static readonly DateTimeOffset End = new(2026, 9, 30, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-300, -250, 0)] // over more than four hours before the end
    [InlineData(-300, -230, 120)] // touches the last four hours
    [InlineData(-60, -50, 120)]
    [InlineData(-10, 30, 150)] // outlasts the end: two hours after it
    [InlineData(5, 30, 0)] // the window was over already
    public void Extend_ByWhereTheOutageLies(int fromMinutes, int untilMinutes, int extraMinutes) =>
        Assert.Equal(End.AddMinutes(extraMinutes), Outage.Extend(End, [Away(fromMinutes, untilMinutes)]));

    [Fact]
    public void Extend_SeveralOutages_GiveNoSum_ButOneInTheGraceCountsAgain()
    {
        Assert.Equal(End.AddMinutes(120), Outage.Extend(End, [Away(-60, -50), Away(-200, -190)]));
        Assert.Equal(End.AddMinutes(250), Outage.Extend(End, [Away(100, 130), Away(-60, -50)]));
        Assert.Equal(End, Outage.Extend(End, []));
    }

    [Fact]
    public void Window_LockAndTimelinessAreApart()
    {
        var window = new CollectionWindow(CycleState.Open, End.AddDays(-20), End, TimeSpan.FromMinutes(10), End.AddDays(3));
        Assert.Equal((End, End.AddDays(3)), (window.OnTimeUntil, window.EndsAt(null)));
        var after = window with { Outages = [Away(-30, -10)] };
        Assert.Equal((End.AddMinutes(120), End.AddDays(3)), (after.OnTimeUntil, after.EndsAt(null)));
        Assert.Equal(End.AddMinutes(130), (after with { ExtendedUntil = null }).EndsAt(null));
    }

    [Fact]
    public void Window_ReturnWithoutADate_LeavesFiveWorkingDaysOverAHoliday()
    {
        // Returned on 30 September: the week of National Day is off, 8 to 10 October are worked (10th a Saturday), then 12 and 13.
        var returned = End;
        var window = new CollectionWindow(CycleState.Open, End.AddDays(-20), End.AddDays(-1), TimeSpan.Zero, null);
        Assert.Equal(new DateTimeOffset(2026, 10, 13, 10, 0, 0, TimeSpan.Zero), window.EndsAt(new(returned, "county", null, 1, [])));
    }

    private static Outage Away(int from, int until) => new()
    {
        Id = Guid.CreateVersion7(End),
        StartedAt = End.AddMinutes(from),
        EndedAt = End.AddMinutes(until),
        NoticedAt = End.AddMinutes(until),
        GraceMinutes = 120,
    };
}
