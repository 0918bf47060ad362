using MassTransit;

namespace Gengdu.Contracts.Reporting.V1;

/// <summary>
/// One part (at most 500 entries) of a cycle's frozen roster: who owes which modules, at which place of the tree as it was
/// at opening. The sum of the parts never changes.
/// </summary>
[MessageUrn("event:gengdu-reporting-v1-cycle-roster-published")]
[EntityName("gengdu.reporting.v1.cycle-roster-published")]
public sealed record CycleRosterPublished
{
    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>1-based number of this part.</summary>
    public required int Part { get; init; }

    /// <summary>Number of parts.</summary>
    public required int Parts { get; init; }

    /// <summary>The entries of this part.</summary>
    public required IReadOnlyList<RosterEntry> Entries { get; init; }
}

/// <summary>One organisation's duty in a cycle, with the master data of the opening day.</summary>
public sealed record RosterEntry
{
    /// <summary>Its report in this cycle.</summary>
    public required Guid ReportId { get; init; }

    /// <summary>Who reports.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Path at opening. Readers follow later moves until the cycle closes (ADR 0014).</summary>
    public required string OrganisationPath { get; init; }

    /// <summary>The level it reports at: "school", "county", "city" or "province".</summary>
    public required string Level { get; init; }

    /// <summary>Code at opening.</summary>
    public required string Code { get; init; }

    /// <summary>School type key; null for departments.</summary>
    public string? SchoolType { get; init; }

    /// <summary>"urban", "town", "rural"; null for departments.</summary>
    public string? UrbanRural { get; init; }

    /// <summary>Who runs it; null for departments.</summary>
    public string? RunBy { get; init; }

    /// <summary>Class of its number of pupils on the opening day, "100-299" or "2000-"; null for departments, and where it is not known.</summary>
    public string? SizeClass { get; init; }

    /// <summary>"boarding" or "day" on the opening day; null for departments, and where it is not known.</summary>
    public string? Boarding { get; init; }

    /// <summary>Grades taught.</summary>
    public IReadOnlyList<string> Grades { get; init; } = [];

    /// <summary>Modules owed.</summary>
    public required IReadOnlyList<string> ModuleKeys { get; init; }
}
