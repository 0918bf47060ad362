using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.ModuleReports.Versions;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>The version of the form it is on (ADR 0016).</summary>
internal sealed partial class ModuleReport
{
    /// <summary>The version it is filled in with; null while nothing was typed: then it follows the cycle.</summary>
    public string? ProgrammeVersion { get; private set; }

    /// <summary>What was typed and no form asks for any more.</summary>
    public IReadOnlyList<SetAsideCell> SetAside { get; private set; } = [];

    /// <summary>From the first content on it keeps its version, whatever the cycle does.</summary>
    public void FillInWith(string programmeVersion) => ProgrammeVersion ??= programmeVersion;

    public void PutAside(IReadOnlyList<SetAsideCell> cells) => SetAside = SetAsideCell.Merge(SetAside, cells);

    public Problem? MayMigrate(CollectionWindow window) => window.Over ?? State switch
    {
        ModuleReportState.NotStarted => VersionProblems.NothingToMigrate,
        ModuleReportState.Draft or ModuleReportState.Complete or ModuleReportState.Returned => window.NewerForm is null ? VersionProblems.NothingToMigrate : null,
        _ => VersionProblems.SignedStays,
    };

    /// <summary>
    /// Takes the new form. What was complete stays complete only when the new rules agree. Whoever confirms it counts as the one who
    /// changed it last only when something left the form.
    /// </summary>
    public Problem? Migrate(FormMigration migration, Findings findings, CollectionWindow window, Guid by, DateTimeOffset now)
    {
        if (MayMigrate(window) is { } problem)
        {
            return problem;
        }

        (Values, Explanations, ProgrammeVersion, _reads) = (migration.Values, migration.Explanations, migration.To.Version, [.. migration.Module.RelatedModules]);
        if (migration.SetAside.Count > 0)
        {
            PutAside(migration.SetAside);
            (LastEditedBy, SavedAt) = (by, now);
        }

        State = StateWith(findings);
        Note(findings);
        Version++;
        return null;
    }

    /// <summary>What was complete and has something to correct by these findings is in hand again.</summary>
    public ModuleReportState StateWith(Findings findings) => State != ModuleReportState.Complete || findings.Blocking() is null ? State
        : Return is null ? ModuleReportState.Draft : ModuleReportState.Returned;
}
