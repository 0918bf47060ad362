using Gengdu.Identity.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

/// <param name="EffectiveOn">First day without it; its last day is the one before.</param>
internal sealed record CloseOrganisationRequest(DateOnly? EffectiveOn = null, string? Reason = null);

/// <summary>
/// Ends an organisation with nothing below it. Its people keep their roles there until they are taken away: open reports
/// want finishing. There is no way back, because others have acted on the closing; a school closed by mistake is created anew.
/// </summary>
internal static class CloseOrganisation
{
    public static Task<Results<Ok<TreeChangeResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, CloseOrganisationRequest request, TreeWork work, IdentityDbContext db, CancellationToken cancellationToken, bool preview = false) =>
        work.RunAsync(id, TreeActs.Closed, request.EffectiveOn, request.Reason, preview, async (closing, change) =>
            Restructuring.Close(closing, await db.Organisations.CountAsync(o => o.ParentId == closing.Id && o.ValidTo == null, cancellationToken), change), cancellationToken);
}
