using System.Globalization;
using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

internal sealed record OrganisationAbove(Guid Id, string Code, string NameZh, string NameEn, IReadOnlyList<string> LevelRoles);

/// <summary>
/// "The county and the city of that school in 2025": who stood above it on that day, named as they were then, from the top
/// down. The direct parent always; of those further up, the ones the caller sees.
/// </summary>
internal static class ListOrganisationsAbove
{
    public static async Task<Results<Ok<IReadOnlyList<OrganisationAbove>>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, IdentityDbContext db, TimeProvider clock, CancellationToken cancellationToken, DateOnly? on = null)
    {
        var day = on ?? SchoolDay.Of(clock.GetUtcNow());
        var own = await db.On(day, caller).Where(row => row.Present.Id == id).Select(row => row.Then).SingleOrDefaultAsync(cancellationToken);
        if (own is null)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var numbers = own.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipLast(1).Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToList();
        var above = await db.On(day, caller).Where(row => numbers.Contains(row.Present.Number))
            .Select(row => new { row.Present.Number, Step = new OrganisationAbove(row.Present.Id, row.Then.Code, row.Then.NameZh, row.Then.NameEn, row.Then.LevelRoles) }).ToListAsync(cancellationToken);
        List<OrganisationAbove> line = [.. above.OrderBy(one => numbers.IndexOf(one.Number)).Select(one => one.Step)];
        if (own.ParentId is { } parentId && line.All(one => one.Id != parentId))
        {
            line.Add(new(parentId, own.ParentCode!, own.ParentNameZh!, own.ParentNameEn!, []));
        }

        return TypedResults.Ok<IReadOnlyList<OrganisationAbove>>(line);
    }
}
