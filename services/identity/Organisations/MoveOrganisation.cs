using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Identity.Organisations;

/// <param name="ParentId">Where it will stand.</param>
internal sealed record MoveOrganisationRequest(Guid ParentId, DateOnly? EffectiveOn = null, string? Reason = null);

/// <summary>A school to another county, a county with all its schools to another city. The right is needed at both ends.</summary>
internal static class MoveOrganisation
{
    public static Task<Results<Ok<TreeChangeResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, MoveOrganisationRequest request, TreeWork work, CancellationToken cancellationToken, bool preview = false) =>
        work.RunAsync(id, TreeActs.Moved, request.EffectiveOn, request.Reason, preview, async (moved, change) =>
            await work.AdministeredAsync(request.ParentId, cancellationToken) is { } parent
                ? Restructuring.Move(moved, parent, await work.BelowAsync([moved.Path], cancellationToken), change)
                : TreeProblems.UnknownTarget, cancellationToken);
}
