using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Reviews;

namespace Gengdu.Supervision.Samples;

/// <summary>
/// One level reads a drawn part of what waits at its step from one county (or one city) and passes the rest on it. The list is
/// frozen when it is announced, the seed comes from the audit entry of that announcement: nobody can choose it (ADR 0019).
/// </summary>
internal sealed class Sample
{
    private Sample()
    {
    }

    public Guid Id { get; private init; }
    public Guid CycleId { get; private init; }

    /// <summary>City or province: whose step it is at.</summary>
    public ReviewLevel Step { get; private init; }

    /// <summary>Whose schools.</summary>
    public Guid OrganisationId { get; private init; }

    public string OrganisationPath { get; private init; } = "";

    public int SharePercent { get; private init; }

    /// <summary>Reports that can be drawn. What comes in later is no part of it.</summary>
    public int Candidates { get; private init; }

    /// <summary>By which rules it is drawn; older samples keep theirs.</summary>
    public string Algorithm { get; private init; } = "";

    public string ListHash { get; private init; } = "";
    public DateTimeOffset AnnouncedAt { get; private init; }
    public Guid AnnouncedBy { get; private init; }

    /// <summary>Hash of the audit entry of the announcement; null until it is drawn.</summary>
    public string? Seed { get; private set; }

    /// <summary>Which entry of the audit that is.</summary>
    public long? AuditSeq { get; private set; }

    public DateTimeOffset? DrawnAt { get; private set; }

    /// <summary>How many have to be read as long as none fails; 0 until it is drawn.</summary>
    public int FirstSize { get; private set; }

    public DateTimeOffset? ApprovedAt { get; private set; }
    public Guid? ApprovedBy { get; private set; }

    /// <summary>How many were read in the end.</summary>
    public int? Reach { get; private set; }

    /// <summary>Grows by one with each act.</summary>
    public long Version { get; private set; }

    public static Sample Announce(
        Guid cycleId, ReviewLevel step, Organisation organisation, int sharePercent, IReadOnlyCollection<SampleCandidate> candidates, Guid by, DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(now),
            CycleId = cycleId,
            Step = step,
            OrganisationId = organisation.Id,
            OrganisationPath = organisation.Path,
            SharePercent = sharePercent,
            Candidates = candidates.Count,
            Algorithm = SampleDraw.Algorithm,
            ListHash = SampleDraw.HashOf(SampleDraw.ListOf(SampleDraw.Algorithm, candidates)),
            AnnouncedAt = now,
            AnnouncedBy = by,
            Version = 1,
        };

    /// <summary>Once: what was drawn stays drawn.</summary>
    public Problem? Draw(string? seed, long? auditSeq, DateTimeOffset now)
    {
        if (Seed is not null)
        {
            return SampleProblems.DrawnAlready;
        }

        if (seed is null)
        {
            return SampleProblems.NotChainedYet;
        }

        (Seed, AuditSeq, DrawnAt, FirstSize, Version) = (seed, auditSeq, now, SampleSize.First(Candidates, SharePercent), Version + 1);
        return null;
    }

    /// <summary>Whether the rest can be passed on it now.</summary>
    public Problem? RefuseApproval(SampleProgress progress) =>
        ApprovedAt is not null ? SampleProblems.ApprovedAlready
        : Seed is null ? SampleProblems.NotDrawn
        : progress.Waiting > 0 ? SampleProblems.NotAllRead(progress.Waiting)
        : null;

    public void Approve(SampleProgress progress, Guid by, DateTimeOffset now) => (ApprovedAt, ApprovedBy, Reach, Version) = (now, by, progress.Reach, Version + 1);
}

/// <summary>A report on the frozen list.</summary>
internal sealed class SampleReport
{
    public required Guid SampleId { get; init; }
    public required Guid ReportId { get; init; }
    public required Guid OrganisationId { get; init; }
    public required int ExplainedWarnings { get; init; }
    public required int ReturnRounds { get; init; }
    public required bool Late { get; init; }
    public required bool ReadLately { get; init; }

    /// <summary>Its score at the announcement: what is told later changes no list.</summary>
    public int? Quality { get; init; }

    /// <summary>1 is read first; null until it is drawn.</summary>
    public int? Place { get; set; }

    public SampleCandidate ToCandidate() => new(ReportId, new(ExplainedWarnings, ReturnRounds, Late, ReadLately, Quality));
}

/// <summary>A module of such a report, at the revision that waited.</summary>
internal sealed class SampleReview
{
    public required Guid SampleId { get; init; }
    public required Guid ReviewId { get; init; }
    public required Guid ReportId { get; init; }
    public required int Revision { get; init; }
}
