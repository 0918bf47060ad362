using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Identity.Organisations;

internal sealed record RenameOrganisationRequest(string NameZh, string NameEn, DateOnly? EffectiveOn = null, string? Reason = null);

/// <summary>Another name; the code stays, and the old name stays readable in the history.</summary>
internal static class RenameOrganisation
{
    public static Task<Results<Ok<TreeChangeResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, RenameOrganisationRequest request, TreeWork work, CancellationToken cancellationToken, bool preview = false) =>
        work.RunAsync(id, TreeActs.Renamed, request.EffectiveOn, request.Reason, preview, (renamed, change) =>
        {
            var (zh, en) = (request.NameZh.Trim(), request.NameEn.Trim());
            var faults = OrganisationFacts.Of(renamed) with { NameZh = zh, NameEn = en };
            return Task.FromResult(faults.Problem() ?? renamed.Rename(zh, en, change));
        }, cancellationToken);
}
