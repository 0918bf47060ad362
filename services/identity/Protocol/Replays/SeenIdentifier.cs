namespace Gengdu.Identity.Protocol.Replays;

/// <summary>Something that counts once (a client's assertion) or no more (a revoked access token), until it would be too old anyway.</summary>
internal sealed class SeenIdentifier
{
    private SeenIdentifier()
    {
    }

    public string Hash { get; private init; } = "";

    public DateTimeOffset ExpiresAt { get; private init; }
}
