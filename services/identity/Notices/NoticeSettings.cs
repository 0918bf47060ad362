namespace Gengdu.Identity.Notices;

/// <summary>How a person wants to be told. Without a row the defaults hold.</summary>
internal sealed class NoticeSettings
{
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    public Guid PersonId { get; init; }

    /// <summary>"zh" or "en".</summary>
    public string Language { get; set; } = "zh";

    /// <summary>When what is not urgent comes by mail.</summary>
    public MailRhythm Mail { get; set; } = MailRhythm.Daily;

    /// <summary>Urgent ones by message too.</summary>
    public bool Sms { get; set; } = true;

    /// <summary>Hour of the day, Asia/Shanghai, from which nothing disturbs.</summary>
    public int QuietFrom { get; set; } = 22;

    /// <summary>Until this hour; the same as <see cref="QuietFrom"/> for none.</summary>
    public int QuietTo { get; set; } = 7;

    /// <summary>Hour of the daily digest.</summary>
    public int DigestHour { get; set; } = 8;

    /// <summary>Why mail to the present address came back for good; nothing is sent there until it is changed.</summary>
    public string? MailFault { get; set; }

    public DateTimeOffset? MailFaultAt { get; set; }

    public string? PhoneFault { get; set; }

    public DateTimeOffset? PhoneFaultAt { get; set; }

    /// <summary>When its person proved the present address to be theirs; without it only a code goes there.</summary>
    public DateTimeOffset? MailProvedAt { get; set; }

    public DateTimeOffset? PhoneProvedAt { get; set; }

    public DateTimeOffset? ProvedAt(string channel) => channel == Channels.Mail ? MailProvedAt : PhoneProvedAt;

    public void Unprove(string channel) =>
        (MailProvedAt, PhoneProvedAt) = (channel == Channels.Mail ? null : MailProvedAt, channel == Channels.Sms ? null : PhoneProvedAt);

    public void Prove(string channel, DateTimeOffset now)
    {
        if (channel == Channels.Mail)
        {
            (MailProvedAt, MailFault, MailFaultAt) = (now, null, null);
        }
        else
        {
            (PhoneProvedAt, PhoneFault, PhoneFaultAt) = (now, null, null);
        }
    }

    /// <summary>When a mail may go; null for never. What is urgent does not wait: mail lies still until it is read.</summary>
    public DateTimeOffset? MailDue(bool urgent, DateTimeOffset now) => Mail switch
    {
        MailRhythm.Off => null,
        _ when urgent => now,
        MailRhythm.AtOnce => AfterQuiet(now),
        MailRhythm.Hourly => AfterQuiet(NextHour(now)),
        _ => NextAt(DigestHour, now),
    };

    /// <summary>When a message may go, which wakes people; null for never.</summary>
    public DateTimeOffset? SmsDue(bool urgent, DateTimeOffset now) => Sms && urgent ? AfterQuiet(now) : null;

    /// <summary>As it stands on the wire and in the database.</summary>
    public static string Key(MailRhythm rhythm) => rhythm == MailRhythm.AtOnce ? "at-once" : rhythm.ToString().ToLowerInvariant();

    /// <summary>Null for none of them.</summary>
    public static MailRhythm? Rhythm(string key) => Enum.GetValues<MailRhythm>().Cast<MailRhythm?>().FirstOrDefault(rhythm => Key(rhythm!.Value) == key);

    private DateTimeOffset AfterQuiet(DateTimeOffset time)
    {
        var hour = time.ToOffset(Shanghai).Hour;
        var quiet = QuietFrom <= QuietTo ? hour >= QuietFrom && hour < QuietTo : hour >= QuietFrom || hour < QuietTo;
        return quiet ? NextAt(QuietTo, time) : time;
    }

    private static DateTimeOffset NextHour(DateTimeOffset time)
    {
        var local = time.ToOffset(Shanghai);
        return new DateTimeOffset(local.Year, local.Month, local.Day, local.Hour, 0, 0, Shanghai).AddHours(1);
    }

    private static DateTimeOffset NextAt(int hour, DateTimeOffset time)
    {
        var local = time.ToOffset(Shanghai);
        var today = new DateTimeOffset(local.Year, local.Month, local.Day, hour, 0, 0, Shanghai);
        return today > local ? today : today.AddDays(1);
    }
}

/// <summary>Kept as text.</summary>
internal enum MailRhythm
{
    Daily,
    Hourly,
    AtOnce,

    /// <summary>No mail at all, urgent or not.</summary>
    Off,
}
