using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Maps;

/// <param name="Number">Of a version; null goes back to the cartogram.</param>
public sealed record UseMapRequest(int? Number);

internal static class UseMap
{
    /// <summary>Has all pages show a version from now on, or the cartogram again. What is in force already stays so, and nothing is written.</summary>
    public static async Task<Results<Ok<MapInForceResponse>, ProblemHttpResult>> HandleAsync(
        UseMapRequest request, Caller caller, AnalyticsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!MayDecide(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await LockAsync(db, cancellationToken);
        if (request.Number is { } number && !await db.Maps.AnyAsync(m => m.Number == number, cancellationToken))
        {
            return AnalyticsProblems.UnknownMap.ToHttpResult();
        }

        var (last, now) = (await InForceAsync(db, cancellationToken), clock.GetUtcNow());
        if (last?.Number != request.Number)
        {
            db.Add(new MapUse { Turn = (last?.Turn ?? 0) + 1, Number = request.Number, DecidedBy = caller.PersonId, Since = now });
            var act = request.Number is null ? AuditAct.Of(caller, "map.put-aside", last!.Number, caller.SubtreePaths()[0]) : AuditAct.Of(caller, "map.used", request.Number, caller.SubtreePaths()[0]);
            db.Audit(act, now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return TypedResults.Ok(await DescribeAsync(db, request.Number, cancellationToken));
    }

    /// <summary>The province's owner and its administrator.</summary>
    internal static bool MayDecide(Caller caller) =>
        caller.Rights.Any(right => right.Role is Roles.ProvinceOwner or Roles.Administrator && right.LevelRoles.Contains("province"));

    /// <summary>Numbers and turns are counted one after the other.</summary>
    internal static Task LockAsync(AnalyticsDbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(4711, 80)", cancellationToken);

    internal static Task<MapUse?> InForceAsync(AnalyticsDbContext db, CancellationToken cancellationToken) =>
        db.MapUses.AsNoTracking().OrderByDescending(u => u.Turn).FirstOrDefaultAsync(cancellationToken);

    internal static async Task<MapInForceResponse> DescribeAsync(AnalyticsDbContext db, int? number, CancellationToken cancellationToken) =>
        await db.Maps.AsNoTracking().Where(m => m.Number == number)
            .Select(m => new MapInForceResponse(m.Number, m.Title, m.ApprovalNumber, m.Source)).FirstOrDefaultAsync(cancellationToken) ?? new(null, null, null, null);
}
