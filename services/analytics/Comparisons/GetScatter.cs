using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Figures;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Analytics.Comparisons;

/// <summary>Each school of a place as a point: one number across, another up.</summary>
/// <param name="LeftOut">Schools that the caller sees and both numbers are due of, without one of them.</param>
/// <param name="Points">In the order of the tree: the schools a caller may see by name.</param>
public sealed record ScatterResponse(
    OrganisationResponse Organisation, Guid CycleId, string FormulaVersion, ScatterAxisResponse X, ScatterAxisResponse Y, int LeftOut, IReadOnlyList<ScatterPointResponse> Points);

/// <summary>A number that schools are compared by.</summary>
/// <param name="Target">A fixed one, in the unit of the value.</param>
public sealed record ScatterAxisResponse(string Id, ServiceDefaults.Text Name, ServiceDefaults.Text? Unit, double? Target, string Direction);

/// <summary>A school.</summary>
/// <param name="AboveId">Its county, or the city that runs it; null where the cycle does not know.</param>
public sealed record ScatterPointResponse(
    Guid Id, Guid? AboveId, string Code, string NameZh, string NameEn, string? SchoolType, string? UrbanRural, decimal X, decimal Y);

internal static class GetScatter
{
    /// <summary>A city has fewer; more points than this are a cloud.</summary>
    private const int MostSchools = 3000;

    // Both numbers of a county's schools in one look at its rows; who is above them is read once a county.
    private const string Schools = $"""
        with m as materialized (
          select f.path, n.organisation_id from node_figures f left join node_completeness n on n.cycle_id = f.cycle_id and n.path = f.path
          where f.cycle_id = $1 and f.indicator = $2 and f.path >= $4 and f.path < $5)
        select o.id, m.organisation_id, o.code, o.name_zh, o.name_en, r.school_type, r.urban_rural, s.x_numerator, s.x_denominator, s.y_numerator, s.y_denominator
        from m
        cross join lateral (
          select s.organisation_id, min(s.path) as path,
                 max(s.numerator) filter (where s.indicator = $2) as x_numerator, max(s.denominator) filter (where s.indicator = $2) as x_denominator,
                 max(s.numerator) filter (where s.indicator = $3) as y_numerator, max(s.denominator) filter (where s.indicator = $3) as y_denominator
          from school_indicators s
          where s.cycle_id = $1 and s.node_path = m.path and s.indicator in ($2, $3)
            and (s.path = any($6) or s.path ^@ any($7)) and (s.reason is null or s.reason not in {SchoolIndicator.NotDueSql})
          group by s.organisation_id having bool_or(s.indicator = $2) and bool_or(s.indicator = $3)) s
        join roster_entries r on r.cycle_id = $1 and r.organisation_id = s.organisation_id and r.level = 'school'
        join organisations o on o.id = s.organisation_id
        order by s.path
        """;

    public static async Task<Results<Ok<ScatterResponse>, ProblemHttpResult>> HandleAsync(
        Guid organisationId, Guid cycleId, string x, string y, Caller caller, Database database, ProgrammeShelf programmes, AuditTrail trail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (head, problem) = await DashboardHead.ReadNodeAsync(connection, programmes, caller, organisationId, cycleId, cancellationToken);
        if (head is null)
        {
            return problem!.ToHttpResult();
        }

        var indicators = head.Formulas.Programme.Indicators;
        if (indicators.FirstOrDefault(one => one.Id == x) is not { } across || indicators.FirstOrDefault(one => one.Id == y) is not { } up)
        {
            return AnalyticsProblems.UnknownIndicator.ToHttpResult();
        }

        if (!OfSchools(across) || !OfSchools(up))
        {
            return AnalyticsProblems.NoBreakdown.ToHttpResult();
        }

        if (await SchoolsAsync(connection, head, cycleId, cancellationToken) > MostSchools)
        {
            return AnalyticsProblems.TooManyPlaces.ToHttpResult();
        }

        var (points, leftOut) = await PointsAsync(connection, head, (across, up), caller, cycleId, cancellationToken);
        await connection.DisposeAsync();
        await trail.SawAsync("figure", organisationId, head.CyclePath, points.Count, new { cycleId, x, y });
        return TypedResults.Ok(new ScatterResponse(head.Organisation, cycleId, head.Formulas.Programme.IndicatorsVersion, Axis(across), Axis(up), leftOut, points));
    }

    private static bool OfSchools(Indicator indicator) => indicator.Numerator is not null && indicator.Later is null && indicator.Kind != "dispersion";

    private static ScatterAxisResponse Axis(Indicator indicator) =>
        new(indicator.Id, DefinitionResponse.Both(indicator.Name)!, DefinitionResponse.Both(indicator.Unit), indicator.Target?.Value, indicator.Direction);

    private static async Task<int> SchoolsAsync(NpgsqlConnection connection, DashboardHead head, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select schools from node_completeness where cycle_id = $1 and path = $2", connection)
        { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = cycleId }, new() { Value = head.CyclePath } } };
        return await command.ExecuteScalarAsync(cancellationToken) is int schools ? schools : 0;
    }

    private static async Task<(List<ScatterPointResponse> Points, int LeftOut)> PointsAsync(
        NpgsqlConnection connection, DashboardHead head, (Indicator X, Indicator Y) asked, Caller caller, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Schools, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = asked.X.Id }, new() { Value = asked.Y.Id }, new() { Value = head.CyclePath }, new() { Value = TreePath.End(head.CyclePath) },
                new() { Value = caller.OwnPaths() }, new() { Value = caller.SubtreePaths() },
            },
        };
        var (points, leftOut) = (new List<ScatterPointResponse>(), 0);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        decimal? Number(int column) => reader.IsDBNull(column) ? null : reader.GetDecimal(column);
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (Rating.Shown(asked.X, new(true, Number(7), Number(8), null)) is { } x && Rating.Shown(asked.Y, new(true, Number(9), Number(10), null)) is { } y)
            {
                points.Add(new(
                    reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), Text(5), Text(6), x, y));
            }
            else
            {
                leftOut++;
            }
        }

        return (points, leftOut);
    }
}
