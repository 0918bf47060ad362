using System.Text.Json;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Reporting.ModuleReports;

/// <param name="CycleId">An earlier cycle in which this organisation submitted this module.</param>
/// <param name="NameZh">Name of the cycle.</param>
/// <param name="NameEn">Name of the cycle in English.</param>
/// <param name="PeriodKey">Such as 2026-autumn.</param>
/// <param name="Revision">The latest submitted revision.</param>
/// <param name="SubmittedAt">Server time.</param>
/// <param name="Values">By field key, personal cells masked or erased as in the revision.</param>
internal sealed record EarlierCycle(Guid CycleId, string NameZh, string NameEn, string PeriodKey, int Revision, DateTimeOffset SubmittedAt, JsonElement Values);

/// <param name="Cycles">The oldest first, twelve at most.</param>
internal sealed record HistoryResponse(IReadOnlyList<EarlierCycle> Cycles);

internal static class GetHistory
{
    private const string Sql = $"""
        select m.organisation_id, m.organisation_path, m.module_key, c.programme_key,
          h.organisation_path, h.programme_version, h.cycle_id, h.name_zh, h.name_en, h.period_key, h.number, h.submitted_at, h.values, h.salt
        from module_reports m join reports r on r.id = m.report_id join cycles c on c.id = m.cycle_id
        left join lateral ({EarlierCycles.Sql} limit 12) h on true
        where m.id = $1 order by h.period_start, h.cycle_id
        """;

    public static async Task<Results<Ok<HistoryResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, Database database, ProgrammeCatalogue catalogue, AuditTrail trail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = Budgets.StatementSeconds };
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken) || !caller.SeesReport(row.GetGuid(0), row.GetString(1)))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var (organisationId, path) = (row.GetGuid(0), row.GetString(1));
        if (!caller.ReadsSubmitted(organisationId, path, row.GetString(2)))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var cycles = new List<EarlierCycle>();
        do
        {
            // The place of then decides: a county that got a school in the move does not inherit the other county's papers.
            if (!row.IsDBNull(4) && caller.ReadsSubmitted(organisationId, row.GetString(4), row.GetString(2)))
            {
                cycles.Add(await ReadAsync(row, caller, organisationId, catalogue, cancellationToken));
            }
        }
        while (await row.ReadAsync(cancellationToken));
        await trail.SawAsync("module-report-history", id, path, cycles.Count);
        return TypedResults.Ok(new HistoryResponse(cycles));
    }

    private static async Task<EarlierCycle> ReadAsync(NpgsqlDataReader row, Caller caller, Guid organisationId, ProgrammeCatalogue catalogue, CancellationToken cancellationToken)
    {
        var values = JsonElement.Parse(row.GetString(12));
        var module = (await catalogue.GetAsync(row.GetString(3), row.GetString(5), cancellationToken)).Module(row.GetString(2))!;
        if (!caller.MayReadPersonal(organisationId, row.GetString(4)))
        {
            values = new PersonalSeal(row.IsDBNull(13) ? null : row.GetFieldValue<byte[]>(13)).ForStrangers(module, values);
        }

        return new(
            row.GetGuid(6), row.GetString(7), row.GetString(8), row.GetString(9), row.GetInt32(10), row.GetFieldValue<DateTimeOffset>(11), values);
    }
}
