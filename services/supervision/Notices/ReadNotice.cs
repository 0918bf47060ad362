using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Notices;

/// <summary>Marks one notice of the caller's own as read; again changes nothing.</summary>
internal static class ReadNotice
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(Guid id, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await db.Notices.Where(n => n.Id == id && n.PersonId == caller.PersonId).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, n => n.ReadAt ?? now), cancellationToken);
        return found == 0 ? GeneralProblems.NotFound.ToHttpResult() : TypedResults.NoContent();
    }
}
