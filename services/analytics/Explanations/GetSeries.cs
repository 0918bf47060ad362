using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Figures;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Analytics.Explanations;

/// <summary>One number of one place over the cycles of its programme, oldest first; each by the formula of its own cycle.</summary>
/// <param name="Tree">Whose schools are counted at the place: "cycle" as each cycle has it, "today" those that stand there now, "opening" those the roster was frozen with.</param>
public sealed record SeriesResponse(OrganisationResponse Organisation, string Indicator, string Tree, IReadOnlyList<SeriesPointResponse> Points);

/// <summary>The number in one cycle.</summary>
/// <param name="Value">Null without data there.</param>
/// <param name="Target">Fixed target of that version.</param>
/// <param name="DefinitionChanged">Whether it is computed otherwise than in the cycle before: then the two are not to be compared without a word.</param>
/// <param name="ClosedAt">Null while the cycle is open: the number is still moving.</param>
/// <param name="Published">As the cycle's newest publication has it; null before the first, of schools, and on another tree than the cycle's.</param>
public sealed record SeriesPointResponse(
    Guid CycleId, string NameZh, string NameEn, DateOnly PeriodStart, DateOnly PeriodEnd, decimal? Value, string Light, decimal? Numerator, decimal? Denominator,
    int Reported, int Due, int Approved, double? Target, string FormulaVersion, bool DefinitionChanged, DateTimeOffset? ClosedAt, DateTimeOffset? AsOf,
    PublishedFigureResponse? Published);

internal static class GetSeries
{
    public static async Task<Results<Ok<SeriesResponse>, ProblemHttpResult>> HandleAsync(
        string indicator, Guid organisationId, Guid cycleId, string? tree, Caller caller, Database database, ProgrammeShelf programmes, AuditTrail trail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (head, problem) = await FigureHead.ReadAsync(connection, programmes, caller, indicator, organisationId, cycleId, cancellationToken);
        if (head is null)
        {
            return problem!.ToHttpResult();
        }

        if (!SeriesTree.IsKnown(tree ?? SeriesTree.Cycle))
        {
            return AnalyticsProblems.UnknownTree.ToHttpResult();
        }

        await connection.DisposeAsync();
        var asked = SeriesTree.Of(tree ?? SeriesTree.Cycle, head);
        // Totals are visible to whoever sees the place, and these name no school: some of it may have stood elsewhere then.
        await using var all = asked == SeriesTree.Cycle ? await database.OpenConnectionAsync(cancellationToken) : await database.System.OpenConnectionAsync(cancellationToken);
        var points = await PointsAsync(all, programmes, head, asked, tree is null or SeriesTree.Cycle, cancellationToken);
        await all.DisposeAsync();
        await trail.SawAsync("figure", organisationId, head.Place.CyclePath, points.Count, new { indicator, series = true, tree });
        return TypedResults.Ok(new SeriesResponse(head.Place.Organisation, indicator, tree ?? SeriesTree.Cycle, points));
    }

    /// <param name="tree">Whose schools are counted; the connection must see them.</param>
    /// <param name="published">Whether what was published stands beside it: it was counted on the cycle's own tree.</param>
    internal static async Task<IReadOnlyList<SeriesPointResponse>> PointsAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, FigureHead head, string tree, bool published, CancellationToken cancellationToken)
    {
        var rows = new List<(string Version, Func<Indicator, SeriesPointResponse> Make)>();
        await using (var command = Command(connection, head, tree))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var point = Read(reader);
                rows.Add((reader.GetString(5), point));
            }
        }

        var points = new List<SeriesPointResponse>();
        Indicator? before = null;
        foreach (var (version, make) in rows)
        {
            if ((await programmes.FindAsync(connection, head.Formulas.Programme.Key, version, cancellationToken))?.Programme is { } programme
                && programme.Indicators.FirstOrDefault(i => i.Id == head.Indicator.Id) is { } definition)
            {
                var point = make(definition);
                points.Add(point with { Published = published ? point.Published : null, FormulaVersion = programme.IndicatorsVersion, DefinitionChanged = before is not null && DefinitionHistory.Differs(before, definition) });
                before = definition;
            }
        }

        return points;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, FigureHead head, string tree)
    {
        var place = head.Place.Organisation;
        var command = new NpgsqlCommand(SeriesTree.Sql(tree, head.Indicator.Kind), connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters = { new() { Value = head.Formulas.Programme.Key }, new() { Value = place.Id }, new() { Value = head.Indicator.Id } },
        };
        if (tree != SeriesTree.Cycle)
        {
            command.Parameters.Add(new() { Value = place.Path });
            command.Parameters.Add(new() { Value = TreePath.End(place.Path) });
            // Its own number in any path, wherever it stood itself: "/157/".
            command.Parameters.Add(new() { Value = place.Path[place.Path.LastIndexOf('/', place.Path.Length - 2)..] });
        }

        return command;
    }

    private static Func<Indicator, SeriesPointResponse> Read(NpgsqlDataReader reader)
    {
        decimal? Number(int column) => reader.IsDBNull(column) ? null : reader.GetDecimal(column);
        DateTimeOffset? Moment(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
        var point = new SeriesPointResponse(
            reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateOnly>(3), reader.GetFieldValue<DateOnly>(4), null, "none",
            Number(7), Number(8), reader.GetInt32(9), reader.GetInt32(10), reader.GetInt32(11), null, "", false, Moment(6), Moment(12), null);
        var (onTime, due, approved) = (reader.GetInt32(13), reader.GetInt32(14), reader.GetInt32(15));
        double? median = reader.IsDBNull(16) ? null : reader.GetDouble(16);
        var published = reader.IsDBNull(17) ? null
            : new PublishedRow(reader.GetInt32(17), reader.GetFieldValue<DateTimeOffset>(18), reader.GetBoolean(19), reader.GetString(20), reader.GetDecimal(21), reader.GetDecimal(22), reader.GetInt32(23));
        return definition =>
        {
            var counted = definition.Kind == "timeliness" ? point with { Numerator = onTime, Denominator = due, Reported = due, Due = due, Approved = approved } : point;
            var target = definition.Target is { Median: true } ? median * definition.Factor : definition.Target?.Value;
            var measured = new Measured(counted.Due > 0, counted.Reported > 0 ? counted.Numerator : null, counted.Reported > 0 ? counted.Denominator : null, target);
            return counted with
            {
                Numerator = measured.Numerator, Denominator = measured.Denominator, Value = Rating.Shown(definition, measured), Light = Rating.Light(definition, measured), Target = target,
                Published = GetFigure.Published(definition, published, measured),
            };
        };
    }
}
