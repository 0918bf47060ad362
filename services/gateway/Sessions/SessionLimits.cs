namespace Gengdu.Gateway.Sessions;

/// <summary>How long a browser stays signed in. The provider's own limits are the same; the shorter one counts.</summary>
internal sealed record SessionLimits
{
    public const string Section = "Gateway:Sessions";

    /// <summary>Without a request for this long, a session is over.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whatever happens, a session is over after this.</summary>
    public TimeSpan Absolute { get; init; } = TimeSpan.FromHours(8);
}
