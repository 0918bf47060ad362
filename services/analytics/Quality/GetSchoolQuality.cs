using System.Text.Json;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Analytics.Quality;

/// <summary>How well a school reported, taken apart.</summary>
/// <param name="Method">How it is worked out: "quality-1", ADR 0028.</param>
/// <param name="Score">0 to 100; null before it submitted anything, and when nothing is due of it.</param>
/// <param name="PlaceMean">Mean of the schools directly below the place above it.</param>
/// <param name="Behind">Whether something came in since, which will be judged within minutes.</param>
/// <param name="Parts">The score is their mean by weight, of those that have a percentage.</param>
/// <param name="Findings">What somebody should look at.</param>
/// <param name="Digits">How many of its numbers from 20 up end with 0, 1, … 9.</param>
/// <param name="Series">Its score in each cycle of the programme, oldest first.</param>
public sealed record SchoolQualityResponse(
    OrganisationResponse Organisation, IReadOnlyList<ParentResponse> Parents, Guid CycleId, string Method, int? Score, decimal? PlaceMean, bool Behind, DateTimeOffset? AssessedAt,
    IReadOnlyList<QualityPartResponse> Parts, IReadOnlyList<QualityFindingResponse> Findings, IReadOnlyList<int> Digits, IReadOnlyList<QualityPointResponse> Series);

/// <summary>One thing the score is made of.</summary>
/// <param name="Key">"complete", "timely", "peers", "history", "copied", "repeated" or "rounded".</param>
/// <param name="Percent">0 to 100; null where there is nothing to judge by.</param>
/// <param name="Count">What was counted …</param>
/// <param name="Of">… among so many.</param>
public sealed record QualityPartResponse(string Key, int Weight, int? Percent, int Count, int Of);

/// <summary>Something to look at.</summary>
/// <param name="Kind">"peers", "history", "copied", "repeated" or "rounded".</param>
/// <param name="Value">In the unit of the indicator.</param>
/// <param name="Against">The median of the schools like it, or its own value of the cycle before.</param>
/// <param name="Other">The school with the same numbers; null when the caller may not see it by name.</param>
public sealed record QualityFindingResponse(
    string Kind, string? Indicator, Text? IndicatorName, string? Module, Text? ModuleName, decimal? Value, decimal? Against, Text? Unit, OrganisationResponse? Other, int Count, int Of);

/// <summary>The score in one cycle.</summary>
public sealed record QualityPointResponse(Guid CycleId, string NameZh, string NameEn, DateOnly PeriodStart, DateOnly PeriodEnd, int? Score);

internal static class GetSchoolQuality
{
    private const string Score = """
        select q.score, q.parts, q.findings, q.digits, q.assessed_at, p.score_sum, p.scored, exists (select from quality_marks m where m.cycle_id = $1 and m.node_path = r.node_path)
        from roster_entries r left join school_quality q on q.cycle_id = $1 and q.organisation_id = $2 left join place_quality p on p.cycle_id = $1 and p.path = r.node_path
        where r.cycle_id = $1 and r.organisation_id = $2 and r.level = 'school' limit 1
        """;

    private const string Series = """
        select c.id, c.name_zh, c.name_en, c.period_start, c.period_end, q.score
        from cycles c join roster_entries r on r.cycle_id = c.id and r.organisation_id = $2 and r.level = 'school' left join school_quality q on q.cycle_id = c.id and q.organisation_id = $2
        where c.programme_key = $1 order by c.period_start, c.opened_at, c.id limit 40
        """;

    // By name only what the caller may see: the own people of a school learn that another one has the same numbers, not which.
    private const string Others = "select id, code, name_zh, name_en, level_roles, path, valid_to from organisations where id = any($1) and (path = any($2) or path ^@ any($3))";

    public static async Task<Results<Ok<SchoolQualityResponse>, ProblemHttpResult>> HandleAsync(
        Guid organisationId, Guid cycleId, Caller caller, Database database, ProgrammeShelf programmes, AuditTrail trail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (head, problem) = await DashboardHead.ReadAsync(connection, programmes, caller, organisationId, cycleId, cancellationToken);
        if (head is null)
        {
            return problem!.ToHttpResult();
        }

        var (response, findings) = await ReadAsync(connection, head, cycleId, cancellationToken);
        if (response is null)
        {
            return AnalyticsProblems.NotOnRoster.ToHttpResult();
        }

        var others = await OthersAsync(connection, caller, [.. findings.Select(finding => finding.Other).OfType<Guid>()], cancellationToken);
        await connection.DisposeAsync();
        await trail.SawAsync("quality", organisationId, head.CyclePath, filter: new { cycleId });
        return TypedResults.Ok(response with { Findings = [.. findings.Select(finding => ToResponse(head.Formulas, finding, others))] });
    }

    private static async Task<(SchoolQualityResponse? Response, IReadOnlyList<QualityFinding> Findings)> ReadAsync(
        NpgsqlConnection connection, DashboardHead head, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = Budgets.StatementSeconds };
        batch.BatchCommands.Add(new(Score) { Parameters = { new() { Value = cycleId }, new() { Value = head.Organisation.Id } } });
        batch.BatchCommands.Add(new(Series) { Parameters = { new() { Value = head.Formulas.Programme.Key }, new() { Value = head.Organisation.Id } } });
        batch.BatchCommands.Add(head.ParentsCommand());
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return (null, []);
        }

        var judged = !reader.IsDBNull(0);
        var findings = judged ? JsonSerializer.Deserialize<List<QualityFinding>>(reader.GetString(2), QualityStore.Json)! : [];
        var parts = judged ? JsonSerializer.Deserialize<List<QualityPart>>(reader.GetString(1), QualityStore.Json)! : [];
        decimal? mean = reader.IsDBNull(6) || reader.GetInt32(6) == 0 ? null : Math.Round((decimal)reader.GetInt64(5) / reader.GetInt32(6), 1, MidpointRounding.AwayFromZero);
        var response = new SchoolQualityResponse(
            head.Organisation, [], cycleId, Assessment.Method, judged ? reader.GetInt32(0) : null, mean, reader.GetBoolean(7), judged ? reader.GetFieldValue<DateTimeOffset>(4) : null,
            [.. parts.Select(part => new QualityPartResponse(part.Key, part.Weight, part.Percent, part.Count, part.Of))], [], judged ? reader.GetFieldValue<int[]>(3) : new int[10], []);
        await reader.NextResultAsync(cancellationToken);
        var series = new List<QualityPointResponse>();
        while (await reader.ReadAsync(cancellationToken))
        {
            series.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateOnly>(3), reader.GetFieldValue<DateOnly>(4), reader.IsDBNull(5) ? null : reader.GetInt32(5)));
        }

        await reader.NextResultAsync(cancellationToken);
        return (response with { Series = series, Parents = await DashboardHead.ReadParentsAsync(reader, cancellationToken) }, findings);
    }

    private static async Task<Dictionary<Guid, OrganisationResponse>> OthersAsync(NpgsqlConnection connection, Caller caller, Guid[] ids, CancellationToken cancellationToken)
    {
        var others = new Dictionary<Guid, OrganisationResponse>();
        if (ids.Length == 0)
        {
            return others;
        }

        await using var command = new NpgsqlCommand(Others, connection)
        { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = ids }, new() { Value = caller.OwnPaths() }, new() { Value = caller.SubtreePaths() } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            others[reader.GetGuid(0)] = DashboardHead.ReadOrganisation(reader);
        }

        return others;
    }

    private static QualityFindingResponse ToResponse(Formulas formulas, QualityFinding finding, Dictionary<Guid, OrganisationResponse> others)
    {
        var indicator = formulas.Programme.Indicators.FirstOrDefault(one => one.Id == finding.Indicator);
        var module = finding.Module is null ? null : formulas.Programme.Module(finding.Module);
        decimal? Shown(decimal? value) => value is { } some && indicator is not null ? Math.Round(some * (decimal)indicator.Factor, indicator.Decimals, MidpointRounding.AwayFromZero) : value;
        return new(
            finding.Kind, finding.Indicator, Bilingual(indicator?.Name), finding.Module, Bilingual(module?.Name), Shown(finding.Value), Shown(finding.Against), Bilingual(indicator?.Unit),
            finding.Other is { } other ? others.GetValueOrDefault(other) : null, finding.Count, finding.Of);
    }

    private static Text? Bilingual(Rules.Text? text) => text is null ? null : new(text.Zh, text.En);
}
