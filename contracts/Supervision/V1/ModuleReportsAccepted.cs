using MassTransit;

namespace Gengdu.Contracts.Supervision.V1;

/// <summary>One act of acceptance by the province, which makes the revisions final. Covers 1 to 500 module reports: a bulk act is one event a batch, not one a row (ADR 0009).</summary>
[MessageUrn("event:gengdu-supervision-v1-module-reports-accepted")]
[EntityName("gengdu.supervision.v1.module-reports-accepted")]
public sealed record ModuleReportsAccepted
{
    /// <summary>The cycle all items belong to.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>Level that acted: "county", "city" or "province".</summary>
    public required string Level { get; init; }

    /// <summary>Person who acted; null when the step was taken by the rule that a department does not review itself.</summary>
    public Guid? By { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was accepted.</summary>
    public required IReadOnlyList<AcceptedModuleReport> Items { get; init; }
}

/// <summary>One accepted revision.</summary>
public sealed record AcceptedModuleReport
{
    /// <summary>The review.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>Which module report.</summary>
    public required Guid ModuleReportId { get; init; }

    /// <summary>The revision it holds for.</summary>
    public required int Revision { get; init; }

    /// <summary>Who reported.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Grows with each act on the review; apply only a higher one.</summary>
    public required long ReviewVersion { get; init; }

    /// <summary>Whether whoever decided had not opened this revision; null where nobody kept it.</summary>
    public bool? Unopened { get; init; }
}
