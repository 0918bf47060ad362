using Gengdu.Identity.Data;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

internal sealed record RepublishResponse(int Organisations, int Assignments);

/// <summary>Tells every reader the whole tree and all assignments again: repairs a replica, changes nothing where it is right.</summary>
internal static class Republish
{
    private const int AtOnce = 1000;

    public static async Task<Results<Ok<RepublishResponse>, ProblemHttpResult>> HandleAsync(Caller caller, IdentityDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var root = await db.Organisations.AsNoTracking().Where(o => o.ParentId == null).Select(o => o.Path).SingleAsync(cancellationToken);
        if (!caller.MayActAs(root, Roles.Administrator))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        // Parents come first, so that a reader that starts from nothing never sees a child without its parent for long.
        var organisations = await PublishAllAsync(db.Organisations.AsNoTracking().OrderBy(o => o.Number), o => o.ToOrganisationChanged(), db, clock, cancellationToken);
        var assignments = await PublishAllAsync(db.Assignments.AsNoTracking().OrderBy(a => a.Id), a => a.ToAssignmentChanged(), db, clock, cancellationToken);
        return TypedResults.Ok(new RepublishResponse(organisations, assignments));
    }

    private static async Task<int> PublishAllAsync<TRow, TEvent>(IQueryable<TRow> rows, Func<TRow, TEvent> toEvent, IdentityDbContext db, TimeProvider clock, CancellationToken cancellationToken)
        where TEvent : class
    {
        for (var published = 0; ;)
        {
            var part = await rows.Skip(published).Take(AtOnce).ToListAsync(cancellationToken);
            var now = clock.GetUtcNow();
            foreach (var row in part)
            {
                db.Publish(toEvent(row), now);
            }

            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
            published += part.Count;
            if (part.Count < AtOnce)
            {
                return published;
            }
        }
    }
}
