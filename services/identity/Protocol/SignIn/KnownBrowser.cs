namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>
/// A browser that a person has signed in with. Its failures are counted apart, so that strangers who lock the person's name
/// do not lock this browser out.
/// </summary>
internal sealed class KnownBrowser
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    private KnownBrowser()
    {
    }

    public Guid Id { get; private init; }

    public string BrowserHash { get; private init; } = "";

    public Guid PersonId { get; private init; }

    public DateTimeOffset LastUsedAt { get; private init; }

    public static KnownBrowser Create(string browser, Guid personId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        BrowserHash = Secrets.Hash(browser),
        PersonId = personId,
        LastUsedAt = now,
    };
}
