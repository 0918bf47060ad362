using Gengdu.Supervision.Clocks;
using static Gengdu.Supervision.Tests.Clocks.HeldDaysTests;

namespace Gengdu.Supervision.Tests.Clocks;

public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("2026-09-15T21:59", "2026-09-15T21:59")]
    [InlineData("2026-09-15T22:00", "2026-09-16T07:00")]
    [InlineData("2026-09-16T00:00", "2026-09-16T07:00")]
    [InlineData("2026-09-16T06:59", "2026-09-16T07:00")]
    [InlineData("2026-09-16T07:00", "2026-09-16T07:00")]
    public void Delivery_AtNight_IsInTheMorning(string now, string delivered) => Assert.Equal(Local(delivered), new QuietHours().Delivery(Local(now), []));

    [Theory]
    [InlineData("2026-09-15T22:30", "2026-09-15T23:59", "2026-09-15T22:30")]
    [InlineData("2026-09-15T23:59", "2026-09-15T23:59", "2026-09-16T07:00")]
    [InlineData("2026-09-15T23:30", "2026-09-16T00:00", "2026-09-15T23:30")]
    [InlineData("2026-09-15T22:30", "2026-09-15T17:00", "2026-09-16T07:00")]
    [InlineData("2026-09-15T22:30", "2026-09-16T12:00", "2026-09-16T07:00")]
    public void Delivery_OnTheLastEveningOfADeadline_GoesOnUntilTheDeadline(string now, string deadline, string delivered) =>
        Assert.Equal(Local(delivered), new QuietHours().Delivery(Local(now), [Local(deadline)]));

    [Fact]
    public void Delivery_IsNeverEarlierThanNow_AndNeverAtNight()
    {
        for (var hour = 0; hour < 72; hour++)
        {
            var now = Local("2026-09-15T00:30").AddHours(hour);
            var delivered = new QuietHours().Delivery(now, []);
            Assert.InRange(delivered.ToOffset(HeldDays.Zone).Hour, 7, 21);
            Assert.InRange(delivered - now, TimeSpan.Zero, TimeSpan.FromHours(9));
        }
    }
}
