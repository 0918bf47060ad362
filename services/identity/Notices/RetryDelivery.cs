using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Notices;

/// <summary>Tries a delivery that was given up once more from the beginning, after its cause was mended.</summary>
internal static class RetryDelivery
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(Guid id, Caller caller, IdentityDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!ListGivenUp.MayLookAfter(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var again = await db.Deliveries.Where(d => d.Id == id && d.State == DeliveryState.Dead).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Waiting).SetProperty(d => d.DueAt, now).SetProperty(d => d.Attempts, 0)
                .SetProperty(d => d.LeasedUntil, (DateTimeOffset?)null).SetProperty(d => d.SettledAt, (DateTimeOffset?)null), cancellationToken);
        if (again == 0)
        {
            return (await db.Deliveries.AnyAsync(d => d.Id == id, cancellationToken) ? NoticeProblems.NotGivenUp : GeneralProblems.NotFound).ToHttpResult();
        }

        db.Audit(AuditAct.Of(caller, "delivery.retried", id, caller.PlaceOf(caller.Rights.Select(right => right.Path))), now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
