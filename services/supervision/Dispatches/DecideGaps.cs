using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Dispatches;

/// <summary>The city allows the gaps of a county, or does not.</summary>
/// <param name="Allow">Whether the county counts as sent up without them.</param>
/// <param name="Note">Required for a refusal: what the county has to do. At most 500 characters.</param>
public sealed record DecideGapsRequest(bool Allow, string? Note = null);

internal static class DecideGaps
{
    private const int LongestNote = 500;

    public static async Task<Results<Ok<CountyResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, DecideGapsRequest request, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (dispatch, problem) = await db.FindDispatchAsync(caller, id, cancellationToken);
        if (dispatch is null || (problem = DispatchRights.RefuseDeciding(caller, dispatch.OrganisationPath, await db.LineOfAsync(dispatch.OrganisationPath, cancellationToken))) is not null)
        {
            return problem!.ToHttpResult();
        }

        var note = request.Note?.Trim();
        if ((!request.Allow && string.IsNullOrEmpty(note)) || note?.Length > LongestNote || note?.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) == true)
        {
            return GeneralProblems.Invalid(new FieldError("note", "length", new($"请用 1 至 {LongestNote} 个字说明不予同意的理由", $"Say in 1 to {LongestNote} characters why it is refused"))).ToHttpResult();
        }

        // Sending and deciding at once: whoever comes second sees the other.
        await db.HoldCountyAsync(dispatch.CycleId, dispatch.OrganisationId, cancellationToken);
        await db.Entry(dispatch).ReloadAsync(cancellationToken);
        var latest = await db.LatestAsync(dispatch.CycleId, dispatch.OrganisationId, cancellationToken);
        if ((latest!.Id != id ? DispatchProblems.Replaced : dispatch.Decide(request.Allow, note, caller.PersonId, now)) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        db.Publish(dispatch.ToCountyGapsDecided(), now);
        db.Audit(AuditAct.Of(caller, request.Allow ? "dispatch.allowed" : "dispatch.refused", id, dispatch.OrganisationPath, new { dispatch.CycleId, dispatch.Round, gaps = dispatch.Gaps.Count }) with
        {
            OrganisationId = dispatch.OrganisationId,
        }, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok((await db.CountiesAsync(caller, dispatch.CycleId, [dispatch.OrganisationId], cancellationToken))[0]);
    }
}
