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
    /// <param name="search">Part of a name, of its pinyin or initials, or the start of a code, former ones too.</param>
    /// <param name="on">The tree of that day; today in Asia/Shanghai when missing.</param>
    /// <param name="closed">Closed ones too; not with a day.</param>
    public static async Task<Ok<Page<OrganisationResponse>>> HandleAsync(
        [AsParameters] PageRequest page, Caller caller, IdentityDbContext db, TimeProvider clock, CancellationToken cancellationToken,
        Guid? parentId = null, string? level = null, string? search = null, DateOnly? on = null, bool closed = false)
    {
        if (on is { } then)
        {
            var past = db.On(then, caller).Where(row => (parentId == null || row.Then.ParentId == parentId) && (level == null || row.Then.LevelRoles.Contains(level)));
            var matching = string.IsNullOrWhiteSpace(search) ? null : db.Organisations.Matching(search).Select(o => o.Id);
            return await PageAsync(matching is null ? past : past.Where(row => matching.Contains(row.Present.Id)), row => row.OrderBy(r => r.Then.Code).ThenBy(r => r.Present.Id), OrganisationResponse.AsOf, page, cancellationToken);
        }

        var day = SchoolDay.Of(clock.GetUtcNow());
        var found = db.Organisations.AsNoTracking().VisibleTo(caller, o => o.Path)
            .Where(o => (closed || (o.ValidFrom <= day && (o.ValidTo == null || o.ValidTo >= day))) && (parentId == null || o.ParentId == parentId) && (level == null || o.LevelRoles.Contains(level)));
        return await PageAsync(string.IsNullOrWhiteSpace(search) ? found : found.Matching(search), rows => rows.OrderBy(o => o.Code).ThenBy(o => o.Id), OrganisationResponse.From, page, cancellationToken);
    }

    private static async Task<Ok<Page<OrganisationResponse>>> PageAsync<TRow>(
        IQueryable<TRow> rows, Func<IQueryable<TRow>, IOrderedQueryable<TRow>> order, System.Linq.Expressions.Expression<Func<TRow, OrganisationResponse>> response, PageRequest page, CancellationToken cancellationToken)
    {
        var items = await order(rows).Skip(page.Skip()).Take(page.Size()).Select(response).ToListAsync(cancellationToken);
        // A first page that is not full is all there is: no second look through the tree.
        var total = page.Number() == 1 && items.Count < page.Size() ? items.Count : await rows.CountAsync(cancellationToken);
        return TypedResults.Ok(new Page<OrganisationResponse>(items, page.Number(), page.Size(), total));
    }
}
