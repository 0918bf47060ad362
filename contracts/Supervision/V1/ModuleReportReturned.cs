using MassTransit;

namespace Gengdu.Contracts.Supervision.V1;

/// <summary>A reviewer sent a module report back to the organisation that reports. Other modules stay as they are.</summary>
[MessageUrn("event:gengdu-supervision-v1-module-report-returned")]
[EntityName("gengdu.supervision.v1.module-report-returned")]
public sealed record ModuleReportReturned
{
    /// <summary>The review.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>Which module report.</summary>
    public required Guid ModuleReportId { get; init; }

    /// <summary>The revision that was read; a later one is not affected.</summary>
    public required int Revision { get; init; }

    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>Who has to correct it.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Level that returned it: "county", "city" or "province".</summary>
    public required string Level { get; init; }

    /// <summary>Person who returned it.</summary>
    public required Guid ReturnedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset ReturnedAt { get; init; }

    /// <summary>Until when the correction is asked for, UTC; null: the cycle's deadline.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<ReturnReason> Reasons { get; init; }

    /// <summary>Grows with each act on the review; apply only a higher one.</summary>
    public required long ReviewVersion { get; init; }

    /// <summary>Whether whoever returned it had not opened this revision; null where nobody kept it.</summary>
    public bool? Unopened { get; init; }
}

/// <summary>Why, and where.</summary>
public sealed record ReturnReason
{
    /// <summary>Cell address such as "classes/g1"; null when it is about the whole module.</summary>
    public string? At { get; init; }

    /// <summary>"wrong-value", "missing-evidence", "inconsistent", "implausible", "unclear" or "other".</summary>
    public required string Code { get; init; }

    /// <summary>The reviewer's words, at most 1,000 characters.</summary>
    public required string Text { get; init; }
}
