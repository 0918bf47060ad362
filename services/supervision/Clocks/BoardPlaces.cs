using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Clocks;

/// <summary>For whom a board is: reviewers at the levels above schools, each for the own subtree or a part of it.</summary>
internal static class BoardPlaces
{
    /// <summary>404 for what the caller does not see, 403 without a reviewing role there.</summary>
    public static async Task<(Organisation? Place, ReviewScope Scope, Problem? Problem)> FindAsync(
        SupervisionDbContext db, Caller caller, Guid? organisationId, CancellationToken cancellationToken)
    {
        var paths = caller.SubtreePaths(ReviewRoles.Reviewers);
        var top = paths.MinBy(path => path.Length);
        var place = organisationId is { } id ? await db.Organisations.FirstOrDefaultAsync(o => o.Id == id, cancellationToken)
            : await db.Organisations.FirstOrDefaultAsync(o => o.Path == top, cancellationToken);
        if (organisationId is not null && (place is null || !caller.Sees(place.Path)))
        {
            return (null, ReviewScope.Nothing, GeneralProblems.NotFound);
        }

        return place is null || !caller.MayActAs(place.Path, ReviewRoles.Reviewers) ? (null, ReviewScope.Nothing, GeneralProblems.Forbidden) : (place, ReviewScope.Of([place.Path]), null);
    }
}
