using MassTransit;

namespace Gengdu.Contracts.Supervision.V1;

/// <summary>All that a sample asked for was read, and the rest passed on it. The modules themselves come in ModuleReportsApproved or ModuleReportsAccepted.</summary>
[MessageUrn("event:gengdu-supervision-v1-sample-approved")]
[EntityName("gengdu.supervision.v1.sample-approved")]
public sealed record SampleApproved
{
    /// <summary>The sample.</summary>
    public required Guid SampleId { get; init; }

    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>Level that acted: "city" or "province".</summary>
    public required string Level { get; init; }

    /// <summary>Whose schools were drawn from.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Reports on the list.</summary>
    public required int Candidates { get; init; }

    /// <summary>How many of them were read.</summary>
    public required int ReadReports { get; init; }

    /// <summary>How many of those were sent back.</summary>
    public required int FailedReports { get; init; }

    /// <summary>Modules passed on without being read one by one.</summary>
    public required int ApprovedModules { get; init; }

    /// <summary>Person who approved the rest.</summary>
    public required Guid ApprovedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset ApprovedAt { get; init; }

    /// <summary>Grows with each act on the sample; apply only a higher one.</summary>
    public required long Version { get; init; }
}
