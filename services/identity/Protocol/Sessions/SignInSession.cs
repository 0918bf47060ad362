using Gengdu.Identity.People;

namespace Gengdu.Identity.Protocol.Sessions;

/// <summary>One person signed in with one browser. Its id is the "sid" of every token that came of it.</summary>
internal sealed class SignInSession
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    private SignInSession()
    {
    }

    public string Id { get; private init; } = "";

    public Guid PersonId { get; private init; }

    public string SecurityStamp { get; private init; } = "";

    public DateTimeOffset AuthenticatedAt { get; private init; }

    public DateTimeOffset ExpiresAt { get; private init; }

    public DateTimeOffset? EndedAt { get; private init; }

    public static SignInSession Create(Person person, DateTimeOffset now) => new()
    {
        Id = Secrets.New(),
        PersonId = person.Id,
        SecurityStamp = person.SecurityStamp!,
        AuthenticatedAt = now,
        ExpiresAt = now + Lifetime,
    };
}
