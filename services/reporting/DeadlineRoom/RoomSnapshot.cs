using System.Collections.Concurrent;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Reports;

namespace Gengdu.Reporting.DeadlineRoom;

/// <summary>A county, a zone, or a city for the schools it runs itself.</summary>
internal sealed record RoomNode(string Path, RoomFigures Figures);

/// <summary>How many modules were signed below a node within a minute.</summary>
internal sealed record RoomMinute(string Path, DateTimeOffset At, int Count);

/// <summary>
/// All of a cycle's schools at one moment, some hundred rows. Whoever looks is shown the part below a place that is theirs; the
/// bytes of each part are made once, however many pages show it.
/// </summary>
internal sealed record RoomSnapshot(long Number, Cycle Cycle, DateTimeOffset At, DateTimeOffset EndsAt, IReadOnlyList<RoomNode> Nodes, IReadOnlyList<RoomMinute> Minutes, IReadOnlyDictionary<string, ReportOrganisation> Names)
{
    private readonly ConcurrentDictionary<string, RoomResponse> _views = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, byte[]> Bytes { get; } = new(StringComparer.Ordinal);

    /// <summary>What lies below a place; its children are cities, counties, or the place itself for what it runs.</summary>
    public RoomResponse Below(string place) => _views.GetOrAdd(place, Compute);

    private RoomResponse Compute(string place)
    {
        var first = Floor(At).AddMinutes(1 - Forecast.Minutes);
        var nodes = Nodes.Where(node => node.Path.StartsWith(place, StringComparison.Ordinal)).ToLookup(node => Child(place, node.Path), StringComparer.Ordinal);
        var minutes = Minutes.Where(minute => minute.At >= first && minute.Path.StartsWith(place, StringComparison.Ordinal)).ToLookup(minute => Child(place, minute.Path), StringComparer.Ordinal);
        var children = nodes.Where(group => Names.ContainsKey(group.Key)).Select(group => new RoomChild(Names[group.Key], Sum(group), Counts(minutes[group.Key], first)))
            .OrderBy(child => child.Organisation.Code, StringComparer.Ordinal).ToList();
        var total = children.Aggregate(RoomFigures.None, (sum, child) => sum + child.Figures);
        var counts = Counts(minutes.SelectMany(group => group), first);
        return new(
            Cycle.Id, Number, At, Cycle.State, Cycle.SchoolDeadline, EndsAt, Names.GetValueOrDefault(place), total, first, counts,
            Cycle.State == CycleState.Open ? Forecast.Of(counts, total.Signed, total.Modules, EndsAt - At) : null, children);
    }

    private static RoomFigures Sum(IEnumerable<RoomNode> nodes) => nodes.Aggregate(RoomFigures.None, (sum, node) => sum + node.Figures);

    private static int[] Counts(IEnumerable<RoomMinute> minutes, DateTimeOffset first)
    {
        var counts = new int[Forecast.Minutes];
        foreach (var minute in minutes)
        {
            if ((int)(minute.At - first).TotalMinutes is >= 0 and < Forecast.Minutes and var index)
            {
                counts[index] += minute.Count;
            }
        }

        return counts;
    }

    // "/1/12/157/" below "/1/" belongs to "/1/12/"; a node stands for itself at its own place.
    private static string Child(string place, string node) => node.Length == place.Length ? node : node[..(node.IndexOf('/', place.Length) + 1)];

    internal static DateTimeOffset Floor(DateTimeOffset moment) => moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMinute));
}

/// <param name="Organisation">A city or a county.</param>
/// <param name="Figures">Of the schools below it.</param>
/// <param name="Minutes">Modules signed in each of the sixty minutes.</param>
internal sealed record RoomChild(ReportOrganisation Organisation, RoomFigures Figures, IReadOnlyList<int> Minutes);

/// <param name="CycleId">The cycle.</param>
/// <param name="Number">Grows with each snapshot.</param>
/// <param name="At">When the figures were read, by the server's clock.</param>
/// <param name="State">The cycle's.</param>
/// <param name="Deadline">The schools' deadline.</param>
/// <param name="EndsAt">When the lock falls: grace and the time given for an outage counted, extensions of single schools not.</param>
/// <param name="Organisation">The place that is looked at.</param>
/// <param name="Figures">All of it.</param>
/// <param name="FirstMinute">Begin of the first of the sixty minutes.</param>
/// <param name="Minutes">Modules signed in each; the last one still runs.</param>
/// <param name="Forecast">At closing time; null after it.</param>
/// <param name="Children">By city or county.</param>
internal sealed record RoomResponse(
    Guid CycleId, long Number, DateTimeOffset At, CycleState State, DateTimeOffset Deadline, DateTimeOffset EndsAt, ReportOrganisation? Organisation, RoomFigures Figures,
    DateTimeOffset FirstMinute, IReadOnlyList<int> Minutes, Forecast? Forecast, IReadOnlyList<RoomChild> Children);
