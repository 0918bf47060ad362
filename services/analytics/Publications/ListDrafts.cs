using Gengdu.Analytics.Data;
using Gengdu.Analytics.OpenFigures;
using Gengdu.Analytics.Recounts;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Publications;

/// <summary>A publication on its way, or what became of it.</summary>
/// <param name="State">"drafted", "checked", "rejected", "discarded" or "published".</param>
/// <param name="Figures">Copied figures.</param>
/// <param name="FiguresHash">SHA-256 over all of them, for the province's own records: not to be told, since it could be tried which hidden number fits it.</param>
/// <param name="OpenHash">SHA-256 of the file that everybody will be able to fetch.</param>
/// <param name="Mine">Whether the one who asks drafted it, and so cannot check it.</param>
/// <param name="Open">What everybody will see of it; null once it is thrown away.</param>
public sealed record PublicationDraftResponse(
    Guid Id, Guid CycleId, int Number, string State, string ProgrammeVersion, string FormulaVersion, bool Final, int Due, int Submitted, int Accepted, int Figures, string FiguresHash, string OpenHash,
    string? ReasonZh, string? ReasonEn, DateTimeOffset DraftedAt, DateTimeOffset? CheckedAt, string? Remark, bool Mine, OpenCountResponse? Open = null)
{
    internal static PublicationDraftResponse Of(PublicationDraft d, Caller caller) => new(
        d.Id, d.CycleId, d.Number, d.State, d.ProgrammeVersion, d.FormulaVersion, d.Final, d.Due, d.Submitted, d.Accepted, d.Figures, d.FiguresHash, d.OpenHash,
        d.ReasonZh, d.ReasonEn, d.DraftedAt, d.CheckedAt, d.Remark, d.DraftedBy == caller.PersonId);
}

/// <summary>Cells of the open file.</summary>
/// <param name="Hidden">Of fewer than three schools, or giving one away.</param>
/// <param name="Held">Still told as in an earlier publication.</param>
public sealed record OpenCountResponse(int Shown, int Hidden, int Held);

internal static class ListDrafts
{
    /// <summary>Newest first, for those who may draft or check them.</summary>
    public static async Task<Results<Ok<Page<PublicationDraftResponse>>, ProblemHttpResult>> HandleAsync(
        Guid cycleId, [AsParameters] PageRequest page, Caller caller, AnalyticsDbContext db, CancellationToken cancellationToken)
    {
        if (!RebuildFigures.MayRebuild(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var all = db.Set<PublicationDraft>().AsNoTracking().Where(draft => draft.CycleId == cycleId);
        var total = await all.CountAsync(cancellationToken);
        var drafts = await all.OrderByDescending(draft => draft.DraftedAt).ThenByDescending(draft => draft.Id).Skip(page.Skip()).Take(page.Size()).ToListAsync(cancellationToken);
        var open = await db.Set<OpenEdition>().Where(edition => edition.CycleId == cycleId)
            .ToDictionaryAsync(edition => edition.Number, edition => new { edition.Sha256, Count = new OpenCountResponse(edition.Shown, edition.Hidden, edition.Held) }, cancellationToken);
        return TypedResults.Ok(new Page<PublicationDraftResponse>(
            [.. drafts.Select(draft => PublicationDraftResponse.Of(draft, caller) with
            {
                Open = draft.State is not (PublicationDraft.Rejected or PublicationDraft.Discarded) && open.TryGetValue(draft.Number, out var edition) ? edition.Count : null,
            })],
            page.Number(), page.Size(), total));
    }
}
