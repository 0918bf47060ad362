using Gengdu.Contracts.Supervision.V1;

namespace Gengdu.Identity.Notices;

/// <summary>One notice on its way to one person by one channel. Sent once; what cannot be brought is kept and listed, never dropped.</summary>
internal sealed class Delivery
{
    /// <summary>Older news disturbs more than it helps: the web app has it.</summary>
    public static readonly TimeSpan TooLate = TimeSpan.FromDays(7);

    private Delivery()
    {
    }

    public Guid Id { get; private init; }

    public Guid NoticeId { get; private init; }

    /// <summary>One of <see cref="Channels"/>, or "webhook:" and its name.</summary>
    public string Channel { get; private init; } = "";

    public Guid PersonId { get; private init; }

    public string Kind { get; private init; } = "";

    public IReadOnlyDictionary<string, string> Args { get; private init; } = new Dictionary<string, string>();

    public string Link { get; private init; } = "";

    public bool Urgent { get; private init; }

    public Guid OrganisationId { get; private init; }

    public DateTimeOffset RaisedAt { get; private init; }

    public DeliveryState State { get; private init; }

    /// <summary>Not before: a digest's hour, the end of the quiet hours, or the next try.</summary>
    public DateTimeOffset DueAt { get; private init; }

    /// <summary>Another sender may take it after this time: the one before died.</summary>
    public DateTimeOffset? LeasedUntil { get; private init; }

    /// <summary>Tries that failed.</summary>
    public int Attempts { get; private init; }

    /// <summary>Why the last one failed; no address in it.</summary>
    public string? Fault { get; private init; }

    public DateTimeOffset? SettledAt { get; private init; }

    /// <summary>A code for the address itself: at once, whatever the person wished for notices.</summary>
    public static Delivery OfCode(Guid personId, string channel, string code, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        NoticeId = Guid.CreateVersion7(now),
        Channel = channel,
        PersonId = personId,
        Kind = ContactCode.Kind,
        Args = new Dictionary<string, string> { ["code"] = code },
        Link = "/notices/settings",
        Urgent = true,
        RaisedAt = now,
        DueAt = now,
    };

    public static Delivery Of(NoticeRaised notice, string channel, DateTimeOffset dueAt, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        NoticeId = notice.NoticeId,
        Channel = channel,
        PersonId = notice.PersonId,
        Kind = notice.Kind,
        Args = notice.Args,
        Link = notice.Link,
        Urgent = notice.Urgent,
        OrganisationId = notice.OrganisationId,
        RaisedAt = notice.RaisedAt.ToUniversalTime(),
        DueAt = dueAt.ToUniversalTime(),
    };
}

/// <summary>Kept as text.</summary>
internal enum DeliveryState
{
    Waiting,
    Sent,

    /// <summary>Given up: refused for good, or tried for three days.</summary>
    Dead,
}

/// <summary>The ways to a person.</summary>
internal static class Channels
{
    public const string Mail = "mail";
    public const string Sms = "sms";
    public const string WebhookPrefix = "webhook:";
}
