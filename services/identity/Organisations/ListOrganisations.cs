using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

internal static class ListOrganisations
{
    /// <param name="parentId">Direct children of this organisation.</param>
    /// <param name="level">"province", "city", "county" or "school".</param>
    /// <param name="search">Part of a name, or the start of a code.</param>
    /// <param name="asOf">The day to look at; today in Asia/Shanghai when missing.</param>
    public static async Task<Ok<Page<OrganisationResponse>>> HandleAsync(
        [AsParameters] PageRequest page, Caller caller, IdentityDbContext db, TimeProvider clock, CancellationToken cancellationToken,
        Guid? parentId = null, string? level = null, string? search = null, DateOnly? asOf = null)
    {
        var day = asOf ?? SchoolDay.Of(clock.GetUtcNow());
        var found = db.Organisations.AsNoTracking().VisibleTo(caller, o => o.Path).Where(o => o.ValidFrom <= day && (o.ValidTo == null || o.ValidTo >= day));
        if (parentId is not null)
        {
            found = found.Where(o => o.ParentId == parentId);
        }

        if (level is not null)
        {
            found = found.Where(o => o.LevelRoles.Contains(level));
        }

        if (!string.IsNullOrWhiteSpace(search))
        {
            var text = search.Trim().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
            found = found.Where(o => EF.Functions.ILike(o.NameZh, $"%{text}%") || EF.Functions.ILike(o.NameEn, $"%{text}%") || EF.Functions.Like(o.Code, $"{text}%"));
        }

        var total = await found.CountAsync(cancellationToken);
        var items = await found.OrderBy(o => o.Code).ThenBy(o => o.Id).Skip(page.Skip()).Take(page.Size()).Select(OrganisationResponse.From).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<OrganisationResponse>(items, page.Number(), page.Size(), total));
    }
}
