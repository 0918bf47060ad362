using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Explore;

/// <summary>A question somebody kept under a name: never the answer, which is made anew with the rights of whoever opens it.</summary>
internal sealed class SavedView
{
    public const int LongestName = 80;
    public const string Daily = "daily";
    public const string Weekly = "weekly";
    public const string AtClose = "at-close";

    /// <summary>The owner may no longer see the place.</summary>
    public const string NoRight = "no-right";

    /// <summary>The question has no answer any more: an indicator that is gone, more cells than there may be.</summary>
    public const string NoAnswer = "no-answer";

    private const int Hour = 8;
    private static readonly TimeSpan s_china = TimeSpan.FromHours(8);

    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The place the question is about: whose administrators hear when its sending stops.</summary>
    public required Guid OrganisationId { get; set; }

    public required string Name { get; set; }

    /// <summary><see cref="ExploreQuestion"/> as JSON.</summary>
    public required string Question { get; set; }

    /// <summary>Whether others may open its link.</summary>
    public bool Shared { get; set; }

    /// <summary>"daily", "weekly", "at-close", or null.</summary>
    public string? Sending { get; private set; }

    /// <summary>When it is sent next; null when it is not, or when a cycle has to close first.</summary>
    public DateTimeOffset? NextAt { get; private set; }

    /// <summary>When it was sent, or since when it waits for a cycle to close.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>"no-right" or "no-answer"; a new order to send begins anew.</summary>
    public string? Stopped { get; private set; }

    public long Version { get; private set; } = 1;

    public static bool IsRhythm(string? sending) => sending is null or Daily or Weekly or AtClose;

    /// <summary>Null when the name can be one.</summary>
    public static FieldError? Refuse(string name) => name.Trim() is { Length: > 0 and <= LongestName } trimmed && !trimmed.Any(char.IsControl) ? null
        : new("name", "length", new($"名称须为 1 至 {LongestName} 个字", $"A name has 1 to {LongestName} characters"));

    /// <summary>Sends it from the next morning on, or no longer.</summary>
    public void Send(string? rhythm, DateTimeOffset now)
    {
        // Saying the same again does not put off what is due; saying it again of one that was stopped lets it go on.
        if (rhythm != Sending || Stopped is not null)
        {
            (Sending, Stopped, SentAt, NextAt) = (rhythm, null, rhythm == AtClose ? now : null, NextMorning(rhythm, now));
        }
    }

    public void Changed() => Version++;

    public void Sent(DateTimeOffset now) => (SentAt, NextAt) = (now, NextMorning(Sending, now));

    public void Stop(string why) => (Stopped, NextAt) = (why, null);

    /// <summary>Eight o'clock in China: tomorrow, or next Monday.</summary>
    private static DateTimeOffset? NextMorning(string? rhythm, DateTimeOffset now)
    {
        var morning = new DateTimeOffset(now.ToOffset(s_china).Date.AddHours(Hour), s_china);
        var next = morning > now ? morning : morning.AddDays(1);
        return rhythm switch
        {
            Daily => next.ToUniversalTime(),
            Weekly => next.AddDays((DayOfWeek.Monday - next.DayOfWeek + 7) % 7).ToUniversalTime(),
            _ => null,
        };
    }
}
