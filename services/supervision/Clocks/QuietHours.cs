using System.ComponentModel.DataAnnotations;

namespace Gengdu.Supervision.Clocks;

/// <summary>
/// Between these hours (Asia/Shanghai) nobody is called: what is raised then is delivered in the morning. On the last evening of a
/// deadline they begin with the deadline itself, at the latest at midnight: whoever still sits there wants to know.
/// </summary>
internal sealed record QuietHours
{
    public const string Section = "QuietHours";

    [Range(12, 23)]
    public int FromHour { get; init; } = 22;

    [Range(0, 11)]
    public int ToHour { get; init; } = 7;

    /// <summary>When something raised now reaches people.</summary>
    /// <param name="now">This moment.</param>
    /// <param name="deadlines">Those that the matter hangs on.</param>
    public DateTimeOffset Delivery(DateTimeOffset now, IEnumerable<DateTimeOffset> deadlines)
    {
        var local = now.ToOffset(HeldDays.Zone);
        var midnight = new DateTimeOffset(local.Date, HeldDays.Zone);
        if (local.Hour < ToHour)
        {
            return midnight.AddHours(ToHour).ToUniversalTime();
        }

        var (begins, ends) = (midnight.AddHours(FromHour), midnight.AddDays(1));
        foreach (var deadline in deadlines.Where(deadline => deadline > begins && deadline <= ends))
        {
            begins = deadline;
        }

        return local < begins ? now : ends.AddHours(ToHour).ToUniversalTime();
    }
}
