using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Returns;

/// <summary>No longer offered; returns that were written with it keep their words.</summary>
internal static class RemoveReturnPhrase
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(Guid id, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var found = await (from phrase in db.Set<ReturnPhrase>() where phrase.Id == id join o in db.Organisations on phrase.OrganisationId equals o.Id select new { Phrase = phrase, o.Path })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null || !caller.Sees(found.Path))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.KeepsPhrasesOf(found.Phrase.OrganisationId))
        {
            return ReturnProblems.NotYourOffice.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Of two who remove it at once the second finds nothing to tell of.
        if (await db.Set<ReturnPhrase>().Where(p => p.Id == id).ExecuteDeleteAsync(cancellationToken) > 0)
        {
            db.Audit(AuditAct.Of(caller, "return-phrase.removed", id, found.Path, new { found.Phrase.Code }) with { OrganisationId = found.Phrase.OrganisationId }, now);
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
