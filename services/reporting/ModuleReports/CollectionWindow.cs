using Gengdu.Reporting.Cycles;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>When one report may be filled in and submitted.</summary>
internal sealed record CollectionWindow(CycleState Cycle, DateTimeOffset OpensAt, DateTimeOffset DueAt, TimeSpan Grace, DateTimeOffset? ExtendedUntil)
{
    // A return without a date must not be a dead end when it comes after the deadline.
    private static readonly TimeSpan Correction = TimeSpan.FromDays(7);

    /// <summary>The last moment a submission is taken: deadline with grace, extension, or the date of a return, whichever is latest.</summary>
    public DateTimeOffset EndsAt(ReturnNotice? returned)
    {
        var end = DueAt + Grace;
        if (ExtendedUntil > end)
        {
            end = ExtendedUntil.Value;
        }

        var correction = returned is null ? end : returned.DueAt ?? returned.At + Correction;
        return correction > end ? correction : end;
    }
}
