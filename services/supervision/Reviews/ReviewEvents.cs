using Gengdu.Audit;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;

namespace Gengdu.Supervision.Reviews;

/// <summary>What the world is told of a review's last act.</summary>
internal static class ReviewEvents
{
    public static ModuleReportsApproved ToModuleReportsApproved(this Review review, Guid by, DateTimeOffset now)
    {
        ApprovedModuleReport[] items =
            [new() { ReviewId = review.Id, ModuleReportId = review.ModuleReportId, Revision = review.Revision, OrganisationId = review.OrganisationId, ReviewVersion = review.Version, Unopened = review.History[^1].Unopened }];
        return new() { CycleId = review.CycleId, Level = review.History[^1].Level.Key(), By = by, At = now, Items = items };
    }

    public static ModuleReportsAccepted ToModuleReportsAccepted(this Review review, Guid? by, DateTimeOffset now)
    {
        AcceptedModuleReport[] items =
            [new() { ReviewId = review.Id, ModuleReportId = review.ModuleReportId, Revision = review.Revision, OrganisationId = review.OrganisationId, ReviewVersion = review.Version, Unopened = review.History[^1].Unopened }];
        return new() { CycleId = review.CycleId, Level = ReviewLevel.Province.Key(), By = by, At = now, Items = items };
    }

    /// <summary>The last act, for the audit: ids, codes and cells, not the reviewer's words.</summary>
    public static AuditAct Audited(this Review review, Caller caller)
    {
        var act = review.History[^1];
        return AuditAct.Of(caller, Past(act.Act), review.Id, review.OrganisationPath, new
        {
            review.ModuleReportId,
            review.Revision,
            Level = act.Level.Key(),
            act.Unopened,
            Reasons = act.Reasons.Count == 0 ? null : act.Reasons.Select(reason => new { reason.Code, reason.At }),
        }) with
        { OrganisationId = review.OrganisationId };
    }

    /// <summary>"review.approved" and so on.</summary>
    public static string Past(ReviewAct act) => act switch
    {
        ReviewAct.Approve => "review.approved",
        ReviewAct.Accept => "review.accepted",
        ReviewAct.Return => "review.returned",
        ReviewAct.Withdraw => "review.withdrawn",
        ReviewAct.AskUnlock => "review.unlock-requested",
        ReviewAct.Unlock => "review.unlocked",
        ReviewAct.RefuseUnlock => "review.unlock-refused",
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "is nobody's act"),
    };

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
            Unopened = act.Unopened,
            Reasons = [.. act.Reasons.Select(reason => new ReturnReason { At = reason.At, Code = reason.Code, Text = reason.Text })],
            ReviewVersion = review.Version,
        };
    }

    public static ModuleReportWithdrawn ToModuleReportWithdrawn(this Review review)
    {
        var act = review.History[^1];
        return new()
        {
            ReviewId = review.Id,
            ModuleReportId = review.ModuleReportId,
            Revision = review.Revision,
            CycleId = review.CycleId,
            OrganisationId = review.OrganisationId,
            WithdrawnBy = act.By!.Value,
            WithdrawnAt = act.At,
            Words = act.Words,
            ReviewVersion = review.Version,
        };
    }

    public static UnlockRequested ToUnlockRequested(this Review review)
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
            RequestedBy = act.By!.Value,
            RequestedAt = act.At,
            Words = act.Words!,
            ReviewVersion = review.Version,
        };
    }

    public static UnlockRefused ToUnlockRefused(this Review review)
    {
        var act = review.History[^1];
        return new()
        {
            ReviewId = review.Id,
            ModuleReportId = review.ModuleReportId,
            Revision = review.Revision,
            CycleId = review.CycleId,
            OrganisationId = review.OrganisationId,
            RefusedBy = act.By!.Value,
            RefusedAt = act.At,
            Words = act.Words!,
            ReviewVersion = review.Version,
        };
    }

    public static ModuleReportUnlocked ToModuleReportUnlocked(this Review review)
    {
        var act = review.History[^1];
        return new()
        {
            ReviewId = review.Id,
            ModuleReportId = review.ModuleReportId,
            Revision = review.Revision,
            CycleId = review.CycleId,
            OrganisationId = review.OrganisationId,
            UnlockedBy = act.By!.Value,
            UnlockedAt = act.At,
            DueAt = act.DueAt,
            Words = act.Words!,
            ReviewVersion = review.Version,
        };
    }
}
