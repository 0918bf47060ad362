using MassTransit;

namespace Gengdu.Contracts.Reporting.V1;

/// <summary>A collection opened and its roster is frozen. The roster follows in <see cref="CycleRosterPublished"/> parts.</summary>
[MessageUrn("event:gengdu-reporting-v1-cycle-opened")]
[EntityName("gengdu.reporting.v1.cycle-opened")]
public sealed record CycleOpened
{
    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>Programme key, e.g. "labor-education".</summary>
    public required string ProgrammeKey { get; init; }

    /// <summary>The version of the pack the cycle collects with.</summary>
    public required string ProgrammeVersion { get; init; }

    /// <summary>Chinese name.</summary>
    public required string NameZh { get; init; }

    /// <summary>English name.</summary>
    public required string NameEn { get; init; }

    /// <summary>Period key, e.g. "2026-autumn".</summary>
    public required string PeriodKey { get; init; }

    /// <summary>First day of the period reported on.</summary>
    public required DateOnly PeriodStart { get; init; }

    /// <summary>Last day of the period reported on.</summary>
    public required DateOnly PeriodEnd { get; init; }

    /// <summary>Academic year, e.g. "2026-2027".</summary>
    public required string AcademicYear { get; init; }

    /// <summary>Calendar year that the money fields are about.</summary>
    public required int FiscalYear { get; init; }

    /// <summary>When schools may start to fill in.</summary>
    public required DateTimeOffset OpensAt { get; init; }

    /// <summary>Deadline per level ("school", "county", "city", "province"), UTC.</summary>
    public required IReadOnlyDictionary<string, DateTimeOffset> Deadlines { get; init; }

    /// <summary>Modules collected, in the programme's order.</summary>
    public required IReadOnlyList<string> ModuleKeys { get; init; }

    /// <summary>What the modules are called; null from a publisher that does not tell yet.</summary>
    public IReadOnlyList<ModuleName>? ModuleNames { get; init; }

    /// <summary>Organisations on the roster.</summary>
    public required int RosterSize { get; init; }

    /// <summary>How many <see cref="CycleRosterPublished"/> parts there are.</summary>
    public required int RosterParts { get; init; }

    /// <summary>When it was opened, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }
}

/// <summary>A module's name in both languages.</summary>
public sealed record ModuleName
{
    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>Chinese.</summary>
    public required string Zh { get; init; }

    /// <summary>English.</summary>
    public required string En { get; init; }
}
