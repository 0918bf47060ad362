using Gengdu.Supervision.Clocks;

namespace Gengdu.Supervision.Tests.Clocks;

public sealed class HeldDaysTests
{
    [Theory]
    [InlineData("2026-09-15T00:30", "2026-09-15T23:59", 0)]
    [InlineData("2026-09-15T23:59", "2026-09-16T00:00", 1)]
    [InlineData("2026-09-11T22:00", "2026-09-13T12:00", 0)]
    [InlineData("2026-09-11T22:00", "2026-09-14T00:00", 1)]
    // The Sunday before was worked in place of a day off.
    [InlineData("2026-09-11T22:00", "2026-09-21T08:00", 7)]
    public void Of_CountsTheWorkingDaysAfterTheOneItCameOn(string since, string now, int days) => Assert.Equal(days, HeldDays.Of(Local(since), Local(now)));

    /// <summary>The lists ask by moments, the rows show days: the two have to agree at every hour.</summary>
    [Fact]
    public void Before_AgreesWithOf_AtAnyMoment()
    {
        var random = new Random(6);
        for (var i = 0; i < 2_000; i++)
        {
            var now = Local("2026-09-01T00:00").AddMinutes(random.Next(100 * 24 * 60));
            var since = now.AddMinutes(-random.Next(30 * 24 * 60));
            for (var days = 1; days < 16; days++)
            {
                Assert.Equal(HeldDays.Of(since, now) >= days, since < HeldDays.Before(days, now));
            }
        }
    }

    [Fact]
    public void After_IsTheFirstMomentAtWhichItHasBeenHeldThatLong()
    {
        var since = Local("2026-09-11T22:00");
        Assert.Equal((Local("2026-09-16T00:00"), 3, 2), (HeldDays.After(since, 3), HeldDays.Of(since, HeldDays.After(since, 3)), HeldDays.Of(since, HeldDays.After(since, 3).AddTicks(-1))));
        Assert.Equal(Local("2026-09-08T00:00"), HeldDays.After(since, -3));
    }

    [Fact]
    public void EndOf_IsTheMidnightThatEndsTheDay()
    {
        Assert.Equal(Local("2026-09-16T00:00"), HeldDays.EndOf(Local("2026-09-14T09:00"), 1));
        Assert.Equal(Local("2026-09-15T00:00"), HeldDays.EndOf(Local("2026-09-11T09:00"), 1));
    }

    internal static DateTimeOffset Local(string time) =>
        new DateTimeOffset(DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture), HeldDays.Zone).ToUniversalTime();
}
