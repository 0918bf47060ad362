namespace Gengdu.Identity.Protocol.SignOut;

/// <summary>One client to be told that one session ended. Written with the ending, gone once the client took it.</summary>
internal sealed class LogoutNotice
{
    /// <summary>A client that cannot be told for so long has refused our tokens meanwhile: they live five minutes.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    private LogoutNotice()
    {
    }

    public Guid Id { get; private init; }

    public string ClientId { get; private init; } = "";

    public string SessionId { get; private init; } = "";

    public Guid PersonId { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset NextAttemptAt { get; private init; }

    public int Attempts { get; private init; }

    public static LogoutNotice Create(string clientId, string sessionId, Guid personId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ClientId = clientId,
        SessionId = sessionId,
        PersonId = personId,
        CreatedAt = now,
        NextAttemptAt = now,
    };

    /// <summary>When to try again; null when it is too late to matter.</summary>
    public DateTimeOffset? Next(DateTimeOffset now)
    {
        var next = now + Waits[Math.Clamp(Attempts - 1, 0, Waits.Length - 1)];
        return next - CreatedAt > GiveUpAfter ? null : next;
    }
}
