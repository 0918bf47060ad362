using Gengdu.Identity.People;

namespace Gengdu.Identity.Protocol.Sessions;

/// <summary>One person signed in with one browser. Its id is the "sid" of every token that came of it.</summary>
internal sealed class SignInSession
{
    public const int BrowserLength = 300;
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    private SignInSession()
    {
    }

    public string Id { get; private init; } = "";

    public Guid PersonId { get; private init; }

    public string SecurityStamp { get; private init; } = "";

    /// <summary>One of <see cref="AcrValues"/>; never changes: whoever gains or loses a factor gets a new session.</summary>
    public string Acr { get; private init; } = "";

    /// <summary>The browser's own words about itself, shown to its person only.</summary>
    public string Browser { get; private init; } = "";

    public DateTimeOffset AuthenticatedAt { get; private init; }

    /// <summary>To about ten minutes.</summary>
    public DateTimeOffset LastUsedAt { get; private init; }

    public DateTimeOffset ExpiresAt { get; private init; }

    public DateTimeOffset? EndedAt { get; private init; }

    public static SignInSession Create(Person person, string acr, string browser, DateTimeOffset now) => new()
    {
        Id = Secrets.New(),
        PersonId = person.Id,
        SecurityStamp = person.SecurityStamp!,
        Acr = acr,
        Browser = browser.Length <= BrowserLength ? browser : browser[..BrowserLength],
        AuthenticatedAt = now,
        LastUsedAt = now,
        ExpiresAt = now + Lifetime,
    };
}
