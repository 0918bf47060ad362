using Gengdu.Analytics.Dashboards;

namespace Gengdu.Analytics.Live;

/// <summary>A place as it was last read, with what is new since the reading before.</summary>
/// <param name="Number">Grows with each change.</param>
/// <param name="Before">The number this one follows; 0 for the first reading.</param>
/// <param name="ProgrammeVersion">Whose formulas the figures were made with.</param>
/// <param name="Completeness">Counts of module reports.</param>
/// <param name="Figures">By indicator.</param>
/// <param name="Changed">Indicators that are another since <paramref name="Before"/>.</param>
internal sealed record LiveNode(
    long Number, long Before, string ProgrammeVersion, Completeness Completeness, Dictionary<string, FigureRow> Figures, IReadOnlySet<string> Changed)
{
    private byte[]? _whole;
    private byte[]? _changes;

    /// <summary>One event for all pages that look: made by the first, and by whom does not matter.</summary>
    public byte[] Bytes(bool whole, Func<bool, byte[]> make) => whole ? _whole ??= make(true) : _changes ??= make(false);

    /// <summary>The same when nothing changed, else the next.</summary>
    public LiveNode Then(string programmeVersion, Completeness completeness, Dictionary<string, FigureRow> figures, long number)
    {
        var changed = figures.Where(pair => !Figures.TryGetValue(pair.Key, out var known) || known != pair.Value).Select(pair => pair.Key)
            .Concat(Figures.Keys.Where(id => !figures.ContainsKey(id))).ToHashSet();
        return changed.Count == 0 && completeness == Completeness && programmeVersion == ProgrammeVersion ? this
            : new(Math.Max(Number + 1, number), Number, programmeVersion, completeness, figures, changed);
    }
}
