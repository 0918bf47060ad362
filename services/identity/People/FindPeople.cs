using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.People;

/// <summary>Somebody by name, and nothing else of them.</summary>
internal sealed record PersonName(Guid Id, string DisplayName);

/// <summary>
/// Who stands behind an account that one knows already. Experts of a reviewer group work anywhere in the tree, so nobody's area says
/// who may be named; a whole user name is asked for, so nobody can be searched for.
/// </summary>
internal static class FindPeople
{
    private const int MostIds = 200;
    private static readonly string[] Askers = [Roles.CountyReviewer, Roles.CitySupervisor, Roles.ProvinceOwner, Roles.Administrator];

    /// <param name="userName">The whole user name; of an account that can be used.</param>
    /// <param name="id">At most 200 people known by id, e.g. of a group.</param>
    public static async Task<Results<Ok<IReadOnlyList<PersonName>>, ProblemHttpResult>> HandleAsync(
        Caller caller, IdentityDbContext db, ILookupNormalizer names, AuditTrail trail, CancellationToken cancellationToken, string? userName = null, Guid[]? id = null)
    {
        if (!caller.Rights.Any(right => Askers.Contains(right.Role)))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if ((string.IsNullOrWhiteSpace(userName) && id is not { Length: > 0 }) || id?.Length > MostIds || userName?.Length > 256 || userName?.Contains('\0', StringComparison.Ordinal) == true)
        {
            return GeneralProblems.BadRequest($"userName or id (at most {MostIds})").ToHttpResult();
        }

        var asked = names.NormalizeName(userName?.Trim() ?? "");
        var found = await db.People.AsNoTracking().Where(p => id!.Contains(p.Id) || (asked != "" && p.NormalizedUserName == asked && p.DisabledAt == null))
            .OrderBy(p => p.NormalizedUserName).Select(p => new PersonName(p.Id, p.DisplayName)).ToListAsync(cancellationToken);
        await trail.SawAsync("person", found.Count == 1 ? found[0].Id : null, caller.PlaceOf([]), found.Count, new { named = true, searched = asked != "", ids = id?.Length });
        return TypedResults.Ok<IReadOnlyList<PersonName>>(found);
    }
}
