using Gengdu.Contracts.Supervision.V1;
using Gengdu.Supervision.Reviews;

namespace Gengdu.Supervision.Samples;

/// <summary>What the world is told of samples.</summary>
internal static class SampleEvents
{
    public static SampleDrawn ToSampleDrawn(this Sample sample, Guid by) => new()
    {
        SampleId = sample.Id,
        CycleId = sample.CycleId,
        Level = sample.Step.Key(),
        OrganisationId = sample.OrganisationId,
        Candidates = sample.Candidates,
        Size = sample.FirstSize,
        ListHash = sample.ListHash,
        Seed = sample.Seed!,
        DrawnBy = by,
        DrawnAt = sample.DrawnAt!.Value,
        Version = sample.Version,
    };

    public static SampleApproved ToSampleApproved(this Sample sample, int approved, SampleProgress progress) => new()
    {
        SampleId = sample.Id,
        CycleId = sample.CycleId,
        Level = sample.Step.Key(),
        OrganisationId = sample.OrganisationId,
        Candidates = sample.Candidates,
        ReadReports = progress.Reports.Take(progress.Reach).Count(report => report.Outcome is SampleOutcome.Passed or SampleOutcome.Failed),
        FailedReports = progress.Failures,
        ApprovedModules = approved,
        ApprovedBy = sample.ApprovedBy!.Value,
        ApprovedAt = sample.ApprovedAt!.Value,
        Version = sample.Version,
    };
}
