namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>
/// Failed tries at one name, or at one person from one known browser. Names that nobody has are counted like any other, so
/// that neither an answer nor its time tells who exists.
/// </summary>
internal sealed class SignInFailure
{
    private SignInFailure()
    {
    }

    /// <summary>The person, the known browser, or a digest of a name that nobody has.</summary>
    public Guid Subject { get; private init; }

    public int Failed { get; private init; }

    public DateTimeOffset? LockedUntil { get; private init; }

    public DateTimeOffset LastFailedAt { get; private init; }
}
