using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

/// <param name="EffectiveUntil">First day it no longer held; null for the present one. Equal to EffectiveFrom when corrected on the same day.</param>
internal sealed record OrganisationVersionResponse(
    long Version, string Act, DateOnly EffectiveFrom, DateOnly? EffectiveUntil, DateTimeOffset RecordedAt, Guid? RecordedBy, string? Reason,
    Guid? ParentId, string? ParentCode, string? ParentNameZh, string? ParentNameEn, string Path, string Code, string NameZh, string NameEn,
    string? SchoolType, string? UrbanRural, string? RunBy, IReadOnlyList<string> Grades, DateOnly? ValidTo);

/// <summary>What happened to an organisation, the latest first.</summary>
internal static class ListOrganisationHistory
{
    public static async Task<Results<Ok<Page<OrganisationVersionResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id, [AsParameters] PageRequest page, Caller caller, IdentityDbContext db, CancellationToken cancellationToken)
    {
        if (!await db.Organisations.Where(o => o.Id == id).VisibleTo(caller, o => o.Path).AnyAsync(cancellationToken))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var versions = db.OrganisationVersions.AsNoTracking().Where(v => v.OrganisationId == id);
        var total = await versions.CountAsync(cancellationToken);
        var items = await versions.OrderByDescending(v => v.Version).Skip(page.Skip()).Take(page.Size()).Select(v => new OrganisationVersionResponse(
            v.Version, v.Act, v.EffectiveFrom, v.EffectiveUntil, v.RecordedAt, v.RecordedBy, v.Reason,
            v.ParentId, v.ParentCode, v.ParentNameZh, v.ParentNameEn, v.Path, v.Code, v.NameZh, v.NameEn, v.SchoolType, v.UrbanRural, v.RunBy, v.Grades, v.ValidTo)).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<OrganisationVersionResponse>(items, page.Number(), page.Size(), total));
    }
}
