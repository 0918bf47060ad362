using Gengdu.Identity.Notices;

namespace Gengdu.Identity.Tests.Notices;

/// <summary>When something may come; hours are of Asia/Shanghai.</summary>
public sealed class NoticeSettingsTests
{
    [Theory]
    [InlineData("Daily", "09:30", "+1 08:00")]
    [InlineData("Daily", "07:59", "08:00")]
    [InlineData("Daily", "08:00", "+1 08:00")]
    [InlineData("Hourly", "09:30", "10:00")]
    [InlineData("Hourly", "21:10", "+1 07:00")]
    [InlineData("Hourly", "23:10", "+1 07:00")]
    [InlineData("Hourly", "05:10", "07:00")]
    [InlineData("AtOnce", "09:30", "09:30")]
    [InlineData("AtOnce", "22:00", "+1 07:00")]
    [InlineData("AtOnce", "06:59", "07:00")]
    [InlineData("Off", "09:30", null)]
    public void Mail_ThatIsNotUrgent_ComesInItsRhythmOutsideTheQuietHours(string rhythm, string now, string? due) =>
        Assert.Equal(due is null ? null : At(due), new NoticeSettings { Mail = Enum.Parse<MailRhythm>(rhythm) }.MailDue(urgent: false, At(now)));

    [Theory]
    [InlineData("Daily", "23:10", "23:10")]
    [InlineData("Off", "09:30", null)]
    public void Mail_ThatIsUrgent_DoesNotWait(string rhythm, string now, string? due) =>
        Assert.Equal(due is null ? null : At(due), new NoticeSettings { Mail = Enum.Parse<MailRhythm>(rhythm) }.MailDue(urgent: true, At(now)));

    [Theory]
    [InlineData(22, 7, "23:10", "+1 07:00")]
    [InlineData(22, 7, "12:00", "12:00")]
    [InlineData(12, 14, "13:10", "14:00")]
    [InlineData(0, 0, "03:00", "03:00")]
    public void Message_WaitsForTheEndOfTheQuietHours(int from, int to, string now, string due) =>
        Assert.Equal(At(due), new NoticeSettings { QuietFrom = from, QuietTo = to }.SmsDue(urgent: true, At(now)));

    [Fact]
    public void Message_IsForWhatIsUrgentAndWhoWantsIt()
    {
        Assert.Null(new NoticeSettings().SmsDue(urgent: false, At("12:00")));
        Assert.Null(new NoticeSettings { Sms = false }.SmsDue(urgent: true, At("12:00")));
    }

    private static DateTimeOffset At(string time) =>
        new DateTimeOffset(new DateOnly(2026, 9, time[0] == '+' ? 16 : 15), TimeOnly.Parse(time[^5..], System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
