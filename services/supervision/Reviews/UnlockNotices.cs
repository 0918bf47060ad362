using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Reviews;

/// <summary>Who is told of a request to unlock and of its answer, in the transaction of the act.</summary>
internal static class UnlockNotices
{
    /// <summary>The province has something to answer.</summary>
    public static async Task TellAskedAsync(this SupervisionDbContext db, Review review, ReviewLine line, Guid by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var province = await db.Organisations.Where(o => o.Path == line.Province).Select(o => (Guid?)o.Id).SingleOrDefaultAsync(cancellationToken);
        var telling = await AboutAsync(db, review, "unlock-asked", $"/review/unlock-requests?cycle={review.CycleId}", cancellationToken);
        await db.RaiseNoticesAsync([telling with { At = province, Roles = [Roles.ProvinceOwner], Except = by }], now, cancellationToken);
    }

    /// <summary>The organisation's people and whoever asked read the answer where they go on.</summary>
    public static async Task TellAnsweredAsync(this SupervisionDbContext db, Review review, Guid askedBy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kind = review.State == ReviewState.Unlocked ? "unlock-granted" : "unlock-refused";
        var telling = await AboutAsync(db, review, kind, $"/fill/{review.ReportId}/modules/{review.ModuleKey}", cancellationToken);
        await db.RaiseNoticesAsync(
            [telling with { Roles = [Roles.Reporter, Roles.Approver] }, telling with { PersonId = askedBy, Link = $"/review/{review.ReportId}" }], now, cancellationToken);
    }

    private static async Task<Telling> AboutAsync(SupervisionDbContext db, Review review, string kind, string link, CancellationToken cancellationToken)
    {
        var names = await db.Organisations.Where(o => o.Id == review.OrganisationId).Select(o => new { o.NameZh, o.NameEn }).SingleOrDefaultAsync(cancellationToken);
        var args = new Dictionary<string, string> { ["organisationZh"] = names?.NameZh ?? "–", ["organisationEn"] = names?.NameEn ?? "–" };
        args.AddModule(await db.Cycles.Where(c => c.Id == review.CycleId).Select(c => c.ModuleNames).FirstOrDefaultAsync(cancellationToken), review.ModuleKey);
        return new()
        {
            Kind = kind,
            Key = $"{kind}:{review.Id}:{review.Version}",
            OrganisationId = review.OrganisationId,
            OrganisationPath = review.OrganisationPath,
            Link = link,
            Args = args,
        };
    }
}
