using Gengdu.Contracts.Supervision.V1;

namespace Gengdu.Supervision.Reviews;

/// <summary>What the world is told of a review's last act.</summary>
internal static class ReviewEvents
{
    public static ModuleReportsApproved ToModuleReportsApproved(this Review review, Guid by, DateTimeOffset now)
    {
        ApprovedModuleReport[] items =
            [new() { ReviewId = review.Id, ModuleReportId = review.ModuleReportId, Revision = review.Revision, OrganisationId = review.OrganisationId, ReviewVersion = review.Version }];
        return new() { CycleId = review.CycleId, Level = review.History[^1].Level.Key(), By = by, At = now, Items = items };
    }

    public static ModuleReportsAccepted ToModuleReportsAccepted(this Review review, Guid? by, DateTimeOffset now)
    {
        AcceptedModuleReport[] items =
            [new() { ReviewId = review.Id, ModuleReportId = review.ModuleReportId, Revision = review.Revision, OrganisationId = review.OrganisationId, ReviewVersion = review.Version }];
        return new() { CycleId = review.CycleId, Level = ReviewLevel.Province.Key(), By = by, At = now, Items = items };
    }

    public static ModuleReportReturned ToModuleReportReturned(this Review review)
    {
        var act = review.History[^1];
        return new()
        {
            ReviewId = review.Id,
            ModuleReportId = review.ModuleReportId,
            Revision = review.Revision,
            CycleId = review.CycleId,
            OrganisationId = review.OrganisationId,
            Level = act.Level.Key(),
            ReturnedBy = act.By!.Value,
            ReturnedAt = act.At,
            DueAt = act.DueAt,
            Reasons = [.. act.Reasons.Select(reason => new ReturnReason { At = reason.At, Code = reason.Code, Text = reason.Text })],
            ReviewVersion = review.Version,
        };
    }
}
