using MassTransit;

namespace Gengdu.Contracts.Analytics.V1;

/// <summary>
/// Schools whose quality score or suspicions changed: how they report, judged from what they submitted. At most 500 schools. Delivered at least
/// once and in any order: of each school and cycle keep the highest version.
/// </summary>
[MessageUrn("event:gengdu-analytics-v1-school-quality-assessed")]
[EntityName("gengdu.analytics.v1.school-quality-assessed")]
public sealed record SchoolQualityAssessed
{
    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>How the score is worked out, e.g. "quality-1".</summary>
    public required string Method { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset AssessedAt { get; init; }

    /// <summary>The schools.</summary>
    public required IReadOnlyList<SchoolQualityScore> Schools { get; init; }
}

/// <summary>One school's score.</summary>
public sealed record SchoolQualityScore
{
    /// <summary>The school.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>0 to 100, 100 being without a doubt; null when it has none any more, because nothing is due of it.</summary>
    public int? Score { get; init; }

    /// <summary>Any of "peers", "history", "copied", "repeated" and "rounded".</summary>
    public IReadOnlyList<string> Suspicions { get; init; } = [];

    /// <summary>Grows with each change; apply only a higher one.</summary>
    public required long Version { get; init; }
}
