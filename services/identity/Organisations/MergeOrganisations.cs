using Gengdu.Identity.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

/// <param name="Absorbed">The organisations that end, each with the version that was looked at.</param>
/// <param name="KeepCode">A code of one of them that the survivor goes on with; its own when missing.</param>
/// <param name="WithPeople">Their people get the same working roles at the survivor; those at the closed organisations stay too.</param>
internal sealed record MergeOrganisationsRequest(
    IReadOnlyList<AbsorbedOrganisation> Absorbed, string? KeepCode = null, bool WithPeople = false, DateOnly? EffectiveOn = null, string? Reason = null);

internal sealed record AbsorbedOrganisation(Guid Id, long Version);

/// <summary>Several schools become one of them, or a county takes another in with all its schools.</summary>
internal static class MergeOrganisations
{
    public static Task<Results<Ok<TreeChangeResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, MergeOrganisationsRequest request, TreeWork work, IdentityDbContext db, CancellationToken cancellationToken, bool preview = false) =>
        work.RunAsync(id, TreeActs.Merged, request.EffectiveOn, request.Reason, preview, async (survivor, change) =>
        {
            var absorbed = new List<Organisation>();
            foreach (var one in request.Absorbed.Take(20))
            {
                if (await work.AdministeredAsync(one.Id, cancellationToken) is not { } found || !work.Decides(found))
                {
                    return TreeProblems.UnknownTarget;
                }

                if (!preview && found.Version != one.Version)
                {
                    return GeneralProblems.Stale;
                }

                absorbed.Add(found);
            }

            var below = await work.BelowAsync([.. absorbed.Select(o => o.Path)], cancellationToken);
            if (Restructuring.Merge(survivor, absorbed, below, request.KeepCode, change) is { } refused)
            {
                return refused;
            }

            // The kept code may go over only when nobody open carries it, and the order of one batch of updates is not ours.
            var ended = absorbed.ConvertAll(o => o.Id);
            await db.Organisations.Where(o => ended.Contains(o.Id)).ExecuteUpdateAsync(set => set.SetProperty(o => o.ValidTo, change.EffectiveOn.AddDays(-1)), cancellationToken);
            if (request.WithPeople)
            {
                await MergedPeople.FollowAsync(survivor, absorbed, db, change, cancellationToken);
            }

            return null;
        }, cancellationToken);
}
