using Gengdu.Analytics.Cycles;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Analytics.Figures;

/// <summary>Which cycle to compute anew.</summary>
public sealed record RebuildFiguresRequest(Guid CycleId);

/// <summary>What the rebuild found.</summary>
/// <param name="Organisations">Organisations on the roster, all of them computed anew.</param>
/// <param name="ModuleReports">Submitted module reports they were computed from.</param>
/// <param name="Differences">Stored rows that differed and were set right; 0 unless something went wrong before.</param>
public sealed record RebuildResponse(Guid CycleId, int Organisations, int ModuleReports, int Differences, long DurationMilliseconds);

internal static class RebuildFigures
{
    /// <summary>Recomputes a cycle from its stored revisions while readers go on reading; events of the cycle wait for the end.</summary>
    public static async Task<Results<Ok<RebuildResponse>, ProblemHttpResult>> HandleAsync(
        RebuildFiguresRequest request, Caller caller, NpgsqlDataSource dataSource, WholeRecount recount, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!caller.Rights.Any(right => right.Role is Roles.ProvinceOwner or Roles.Administrator && right.LevelRoles.Contains("province")))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var started = clock.GetTimestamp();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await CycleLock.TakeAsync(connection, [request.CycleId], cancellationToken);
        if (await ModuleReportsAsync(connection, request.CycleId, cancellationToken) is not { } moduleReports)
        {
            return AnalyticsProblems.UnknownCycle.ToHttpResult();
        }

        var found = await recount.RunAsync(connection, request.CycleId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(new RebuildResponse(
            request.CycleId, found.Organisations, moduleReports, found.Differences, (long)clock.GetElapsedTime(started).TotalMilliseconds));
    }

    private static async Task<int?> ModuleReportsAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select (select count(*) from module_values v where v.cycle_id = c.id and v.revision > 0)::int from cycles c where c.id = $1
            """, connection);
        command.Parameters.AddWithValue(cycleId);
        return (int?)await command.ExecuteScalarAsync(cancellationToken);
    }
}
