using Gengdu.Analytics.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Publications;

/// <summary>One publication of a cycle's figures.</summary>
/// <param name="Number">1, 2, … within the cycle; the highest is the one in force.</param>
/// <param name="Final">The cycle was closed and all that was submitted was accepted.</param>
/// <param name="Due">Module reports owed in the province then.</param>
/// <param name="FiguresHash">SHA-256 over all its figures, for the owners and administrators of the province alone: with it one could try which hidden number fits.</param>
/// <param name="OpenHash">SHA-256 of the file that everybody may fetch; null of publications from before there was one.</param>
/// <param name="ReasonZh">Why it corrects the one before; null of the first.</param>
public sealed record PublicationResponse(
    Guid CycleId, int Number, DateTimeOffset PublishedAt, string ProgrammeVersion, string FormulaVersion, bool Final, int Due, int Submitted, int Accepted,
    string? FiguresHash = null, string? OpenHash = null, string? ReasonZh = null, string? ReasonEn = null)
{
    internal static PublicationResponse Of(Publication p, bool ofProvince) => new(
        p.CycleId, p.Number, p.PublishedAt, p.ProgrammeVersion, p.FormulaVersion, p.Final, p.Due, p.Submitted, p.Accepted, ofProvince ? p.FiguresHash : null, p.OpenHash, p.ReasonZh, p.ReasonEn);
}

internal static class ListPublications
{
    /// <summary>Newest first. Everyone with a right somewhere sees them; the figures themselves are scoped.</summary>
    public static async Task<Results<Ok<Page<PublicationResponse>>, ProblemHttpResult>> HandleAsync(
        Guid cycleId, [AsParameters] PageRequest page, Caller caller, AnalyticsDbContext db, CancellationToken cancellationToken)
    {
        if (caller.Rights.Count == 0)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var all = db.Publications.AsNoTracking().Where(p => p.CycleId == cycleId);
        var total = await all.CountAsync(cancellationToken);
        var rows = await all.OrderByDescending(p => p.Number).Skip(page.Skip()).Take(page.Size()).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<PublicationResponse>([.. rows.Select(row => PublicationResponse.Of(row, Recounts.RebuildFigures.MayRebuild(caller)))], page.Number(), page.Size(), total));
    }
}
