namespace Gengdu.Identity.Organisations;

/// <summary>Why a version of an organisation came to be: what was done, from which day it holds, who decided it and why.</summary>
/// <param name="Act">One of <see cref="TreeActs"/>.</param>
/// <param name="EffectiveOn">First day of the new state, in Asia/Shanghai.</param>
/// <param name="RecordedAt">When we were told.</param>
/// <param name="RecordedBy">The person; null for what the system does itself.</param>
/// <param name="Reason">In the administrator's words, e.g. the number of the official reply.</param>
internal sealed record TreeChange(string Act, DateOnly EffectiveOn, DateTimeOffset RecordedAt, Guid? RecordedBy, string? Reason = null);

/// <summary>What can happen to an organisation; kept as text with each version.</summary>
internal static class TreeActs
{
    public const string Created = "created";
    public const string Changed = "changed";
    public const string Moved = "moved";
    public const string Renamed = "renamed";
    public const string Retyped = "retyped";
    public const string Merged = "merged";
    public const string Split = "split";
    public const string Closed = "closed";
}
