using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Programmes;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Reporting.Masters;

/// <param name="Source">Name of the register, as people know it.</param>
/// <param name="AsOf">The day it was read.</param>
/// <param name="Figures">Some thousands at once; a repetition changes nothing.</param>
internal sealed record PutMasterFiguresRequest(string Source, DateOnly AsOf, IReadOnlyList<MasterFigureEntry> Figures);

/// <param name="Code">Code of the organisation.</param>
/// <param name="Key">A figure the programme knows, such as students, or students/g1 for one grade.</param>
/// <param name="Value">0 or more.</param>
internal sealed record MasterFigureEntry(string Code, string Key, double Value);

/// <param name="Stored">Figures written.</param>
/// <param name="Unknown">Codes below the caller's province that no organisation has, fifty at most.</param>
internal sealed record PutMasterFiguresResponse(int Stored, IReadOnlyList<string> Unknown);

/// <summary>The province owner hands in what a register says, before or during a cycle; forms compare from their next look on.</summary>
internal static class PutMasterFigures
{
    private const int MaxFigures = 5000;
    private const int MaxSource = ImportMasterFigures.MaxSource;
    private const int MaxUnknown = 50;

    public static readonly FieldError SourceLength = new("source", "length", new("请填写数据来源，至多 200 字", "Name the register in at most 200 characters"));

    private const string Sql = """
        with given as (select * from unnest($1, $2, $3) as g(code, key, value)),
        known as (select g.*, o.id from given g join organisations o on o.code = g.code and exists (select from unnest($4) root where o.path ^@ root) and o.valid_to is null),
        written as (
          insert into master_figures (organisation_id, key, value, source, as_of, recorded_at)
          select id, key, value, $5, $6, $7 from known
          on conflict (organisation_id, key) do update set value = excluded.value, source = excluded.source, as_of = excluded.as_of, recorded_at = excluded.recorded_at
          returning 1)
        select (select count(*)::int from written), array(select distinct g.code from given g where not exists (select from known k where k.code = g.code) order by 1 limit 50)
        """;

    public static async Task<Results<Ok<PutMasterFiguresResponse>, ProblemHttpResult>> HandleAsync(
        PutMasterFiguresRequest request, Caller caller, ReportingDbContext db, ProgrammeCatalogue catalogue, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (caller.Rights.FirstOrDefault(right => right.Role == Roles.ProvinceOwner) is not { } owner)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (Check(request, catalogue) is { Count: > 0 } errors)
        {
            return GeneralProblems.Invalid(errors).ToHttpResult();
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var answer = await StoreAsync((NpgsqlConnection)db.Database.GetDbConnection(), request, owner.Path, now, cancellationToken);
        await db.AuditAsync([AuditAct.Of(caller, "master-figures.recorded", owner.OrganisationId, owner.Path, new { request.AsOf, unknown = answer.Unknown.Count }) with { Rows = answer.Stored }], now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(answer);
    }

    public sealed record Columns(string[] Codes, string[] Keys, double[] Values);

    private static async Task<PutMasterFiguresResponse> StoreAsync(NpgsqlConnection connection, PutMasterFiguresRequest request, string path, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // One row a figure, the last of a repetition.
        var figures = request.Figures.GroupBy(figure => (figure.Code, figure.Key)).Select(group => group.Last()).ToList();
        await using var command = Command(connection, new([.. figures.Select(figure => figure.Code)], [.. figures.Select(figure => figure.Key)], [.. figures.Select(figure => figure.Value)]), [path], (request.Source.Trim(), request.AsOf, now));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new(row.GetInt32(0), row.GetFieldValue<string[]>(1));
    }

    /// <summary>Those of the codes below the roots; how many there are.</summary>
    public static async Task<int> WriteAsync(NpgsqlConnection connection, Columns figures, string[] roots, (string Source, DateOnly AsOf, DateTimeOffset Now) load, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, figures, roots, load);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, Columns figures, string[] roots, (string Source, DateOnly AsOf, DateTimeOffset Now) load)
    {
        var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = Budgets.StatementSeconds };
        command.Parameters.AddWithValue(figures.Codes);
        command.Parameters.AddWithValue(figures.Keys);
        command.Parameters.AddWithValue(figures.Values);
        command.Parameters.AddWithValue(roots);
        command.Parameters.AddWithValue(load.Source);
        command.Parameters.AddWithValue(load.AsOf);
        command.Parameters.AddWithValue(load.Now);
        return command;
    }

    private static List<FieldError> Check(PutMasterFiguresRequest request, ProgrammeCatalogue catalogue)
    {
        var keys = new MasterColumns(catalogue.Shipped).Figures.Select(column => column.Key).ToHashSet(StringComparer.Ordinal);
        var errors = new List<FieldError>();
        if (request.Source.Trim().Length is 0 or > MaxSource)
        {
            errors.Add(SourceLength);
        }

        if (request.Figures.Count is 0 or > MaxFigures)
        {
            errors.Add(new("figures", "length", new($"每次 1 至 {MaxFigures} 条", $"Give 1 to {MaxFigures} figures at once")));
        }

        for (var i = 0; i < request.Figures.Count && errors.Count < MaxUnknown; i++)
        {
            var figure = request.Figures[i];
            if (!keys.Contains(figure.Key))
            {
                errors.Add(new($"figures/{i}/key", "unknown-key", new($"项目没有定义 {figure.Key}，可用：{string.Join("、", keys.Where(key => !key.Contains('/', StringComparison.Ordinal)))}", $"The programme knows no {figure.Key}, only {string.Join(", ", keys.Where(key => !key.Contains('/', StringComparison.Ordinal)))}")));
            }

            if (!double.IsFinite(figure.Value) || figure.Value < 0)
            {
                errors.Add(new($"figures/{i}/value", "range", new("应为 0 或正数", "It is 0 or more")));
            }
        }

        return errors;
    }
}
