using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Reviews;
using Microsoft.Extensions.Options;

namespace Gengdu.Supervision.Urges;

/// <summary>Who may urge whom, and how often: pressed every minute nobody listens any more.</summary>
internal sealed class UrgeLimit(IOptions<LadderOptions> options)
{
    public TimeSpan Every => TimeSpan.FromHours(options.Value.UrgeEveryHours);

    /// <param name="caller">Who asks.</param>
    /// <param name="state">About what.</param>
    /// <param name="holderPath">Who holds it …</param>
    /// <param name="holder">… and as what.</param>
    /// <param name="urgedAt">The last time anybody did.</param>
    /// <param name="now">This moment.</param>
    /// <returns>null when it may be done.</returns>
    public Problem? Refuse(Caller caller, HeldState state, string holderPath, ReviewLevel holder, DateTimeOffset? urgedAt, DateTimeOffset now) =>
        state == HeldState.Accepted ? UrgeProblems.NobodyHolds
        : RightOver(caller, holderPath, holder) is null ? UrgeProblems.NotBelowYou(holder)
        : urgedAt + Every > now ? UrgeProblems.TooSoon(urgedAt!.Value, options.Value.UrgeEveryHours)
        : null;

    /// <summary>The nearest right of a level above the holder's; at Dingzhou the city's people urge the county in the same node.</summary>
    public static Right? RightOver(Caller caller, string holderPath, ReviewLevel holder) => caller.Rights
        .Where(right => right.Covers(holderPath) && HeldStates.LevelOf(right.Role) is { } level && level > holder && right.LevelRoles.Contains(level.Key()))
        .MaxBy(right => right.Path.Length);
}
