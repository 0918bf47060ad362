using Gengdu.Calendar;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Exemptions;
using Gengdu.Reporting.Outages;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>When one report may be filled in and submitted (the lock), and until when that is on time. The two are kept apart.</summary>
internal sealed record CollectionWindow(CycleState Cycle, DateTimeOffset OpensAt, DateTimeOffset DueAt, TimeSpan Grace, DateTimeOffset? ExtendedUntil, NewerForm? NewerForm = null)
{
    // A return without a date must not be a dead end when it comes after the deadline: a week, and five working days when a holiday is in it.
    private static readonly TimeSpan Correction = TimeSpan.FromDays(7);
    private const int CorrectionWorkingDays = 5;

    // Taking back is no way to a later deadline, and no dead end either: whoever does it in the last minute can still hand in again.
    private static readonly TimeSpan Again = TimeSpan.FromDays(1);

    /// <summary>When the service was away since the cycle opened.</summary>
    public IReadOnlyList<Outage> Outages { get; init; } = [];

    /// <summary>Since when nothing is due any more; null: it is.</summary>
    public DateTimeOffset? ExemptedAt { get; init; }

    /// <summary>A first submission until then is on time. Grace and extensions open the lock and excuse nothing; an outage of ours does.</summary>
    public DateTimeOffset OnTimeUntil => Outage.Extend(DueAt, Outages);

    /// <summary>The last moment a submission is taken: deadline with grace, extension, or the date of a return or unlocking (a day after a withdrawal), whichever is latest, and more after an outage.</summary>
    public DateTimeOffset EndsAt(ReturnNotice? returned)
    {
        var end = DueAt + Grace;
        if (ExtendedUntil > end)
        {
            end = ExtendedUntil.Value;
        }

        return Outage.Extend(returned is null ? end : Later(returned.DueAt ?? CorrectionOf(returned), end), Outages);
    }

    /// <summary>Why an earlier version of the form is no longer completed and signed; null while it may be.</summary>
    public Problem? OutdatedForm(DateTimeOffset now) =>
        NewerForm is { RequiredBy: { } requiredBy } newer && requiredBy <= now ? VersionProblems.FormRequired(newer.Mine, newer.ProgrammeVersion, requiredBy) : null;

    /// <summary>Why nothing at all is taken any more; null while something may be.</summary>
    public Problem? Over => Cycle != CycleState.Open ? ModuleReportProblems.CycleClosed : ExemptedAt is null ? null : ExemptionProblems.Exempt;

    private static DateTimeOffset CorrectionOf(ReturnNotice returned) =>
        returned.Kind == ReturnNoticeKinds.Withdrawn ? returned.At + Again : Later(returned.At + Correction, WorkingDays.Add(returned.At, CorrectionWorkingDays));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>The cycle's form of a module is another one than the report was filled in with.</summary>
/// <param name="Mine">The version of the report.</param>
/// <param name="ProgrammeVersion">The cycle's.</param>
/// <param name="RequiredBy">From then on only the cycle's is signed; null: the report's may be.</param>
internal sealed record NewerForm(string Mine, string ProgrammeVersion, DateTimeOffset? RequiredBy);
