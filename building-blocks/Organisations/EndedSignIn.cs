namespace Gengdu.Organisations;

/// <summary>A sign-in whose tokens are refused, kept for ten minutes: longer than any token lives.</summary>
public sealed class EndedSignIn
{
    /// <summary>The claim "sid", or a family of tokens.</summary>
    public required string SessionId { get; init; }

    /// <summary>When this service heard of it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
