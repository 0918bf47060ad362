namespace Gengdu.Identity.Notices;

/// <summary>One way to people. Whatever goes wrong is told as an outcome; nothing is thrown but for the end of the process.</summary>
internal interface IChannel
{
    /// <summary>Of the deliveries it takes.</summary>
    string Name { get; }

    /// <summary>Everything due for one person in one message; else each notice by itself.</summary>
    bool Gathers { get; }

    /// <summary>Sends one after the other and tells each outcome at once. After "away" the rest is not tried.</summary>
    Task SendAsync(IReadOnlyList<Outgoing> messages, Func<Outgoing, Outcome, Task> settle, CancellationToken cancellationToken);
}

/// <summary>A message to one person.</summary>
/// <param name="Id">The same at each try, so that a receiver can tell a repetition.</param>
/// <param name="To">Address; empty for webhooks.</param>
/// <param name="Language">"zh" or "en".</param>
/// <param name="Deliveries">What it holds, at least one; the urgent first.</param>
internal sealed record Outgoing(string Id, string To, string Language, IReadOnlyList<Delivery> Deliveries);

/// <summary>What came of it. Reasons hold no address and no text of others.</summary>
internal abstract record Outcome
{
    public sealed record Sent : Outcome;

    /// <summary>This receiver never takes it.</summary>
    public sealed record Refused(string Reason) : Outcome;

    /// <summary>Not now; each try counts.</summary>
    public sealed record Failed(string Reason) : Outcome;

    /// <summary>Nobody is reached this way now: the tries of the single message do not count.</summary>
    public sealed record Away(string Reason) : Outcome;
}
