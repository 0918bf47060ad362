using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Analytics.Comparisons;

/// <summary>Places side by side, by all indicators: a heat map, a ranking, a map in one answer.</summary>
/// <param name="AsOf">Newest submission or review in any figure here; the cycle's opening when there is none.</param>
/// <param name="Below">"children" or "counties".</param>
/// <param name="Indicators">Columns, in the programme's order; those for later are left out.</param>
/// <param name="Whole">The place itself, by the same columns.</param>
/// <param name="Places">Rows, by code; as far as the caller may see them.</param>
public sealed record MatrixResponse(
    OrganisationResponse Organisation, Guid CycleId, DateTimeOffset AsOf, string FormulaVersion, string Below, IReadOnlyList<MatrixIndicatorResponse> Indicators,
    MatrixRowResponse Whole, IReadOnlyList<MatrixRowResponse> Places);

/// <summary>A column.</summary>
/// <param name="Target">A fixed one, in the unit of the value; null where schools are held against their county's median.</param>
/// <param name="Information">Shown and never rated.</param>
public sealed record MatrixIndicatorResponse(
    string Id, string Area, string Kind, ServiceDefaults.Text Name, ServiceDefaults.Text? Unit, int Decimals, double? Target, string Direction, bool Information);

/// <summary>A row.</summary>
/// <param name="AboveId">The place it hangs below in the cycle.</param>
/// <param name="Values">One for each column; null without data.</param>
/// <param name="Lights">One for each column: "green", "amber", "red", "none" (no data, no target or for information) or "absent" (it does not apply here).</param>
/// <param name="Reported">One for each column: schools with a value.</param>
/// <param name="Due">One for each column: schools it applies to.</param>
public sealed record MatrixRowResponse(
    Guid Id, Guid? AboveId, string Code, string NameZh, string NameEn, IReadOnlyList<string> LevelRoles, CompletenessResponse Completeness, IndexResponse Index,
    IReadOnlyList<AreaResponse> Areas, IReadOnlyList<decimal?> Values, IReadOnlyList<string> Lights, IReadOnlyList<int> Reported, IReadOnlyList<int> Due);

internal static class GetMatrix
{
    /// <summary>A page draws some thousands of cells; a nation's counties would be a hundred thousand.</summary>
    private const int MostCells = 20_000;

    public static async Task<Results<Ok<MatrixResponse>, ProblemHttpResult>> HandleAsync(
        Guid organisationId, Guid cycleId, string? below, Caller caller, Database database, ProgrammeShelf programmes, AuditTrail trail, CancellationToken cancellationToken)
    {
        below ??= PlacesBelow.Children;
        if (!PlacesBelow.IsKnown(below))
        {
            return GeneralProblems.Invalid(new FieldError("below", "option", new("只能是 children 或 counties", "It is children or counties"))).ToHttpResult();
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (head, problem) = await DashboardHead.ReadNodeAsync(connection, programmes, caller, organisationId, cycleId, cancellationToken);
        if (head is null)
        {
            return problem!.ToHttpResult();
        }

        var places = await PlacesBelow.ReadAsync(connection, head, below, caller, cycleId, cancellationToken);
        var indicators = head.Formulas.Programme.Indicators.Where(indicator => indicator.Later is null).ToArray();
        if (places.Count * indicators.Length > MostCells)
        {
            return AnalyticsProblems.TooManyPlaces.ToHttpResult();
        }

        var whole = await WholeAsync(connection, head, cycleId, cancellationToken);
        var figures = await PlacesBelow.FiguresAsync(connection, head, places, cycleId, cancellationToken);
        await connection.DisposeAsync();
        await trail.SawAsync("dashboard", organisationId, head.CyclePath, 1 + places.Count, new { cycleId, matrix = below });
        return TypedResults.Ok(Compose(head, whole, places, figures, indicators, below, cycleId));
    }

    private static async Task<Completeness> WholeAsync(Npgsql.NpgsqlConnection connection, DashboardHead head, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new Npgsql.NpgsqlCommand($"select {Completeness.Columns} from node_completeness n where n.cycle_id = $1 and n.path = $2", connection)
        { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = cycleId }, new() { Value = head.CyclePath } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Completeness.Read(reader, 0) : Completeness.None;
    }

    private static MatrixResponse Compose(
        DashboardHead head, Completeness whole, IReadOnlyList<PlaceBelow> places, Dictionary<string, Dictionary<string, FigureRow>> figures, Indicator[] indicators, string below, Guid cycleId)
    {
        var programme = head.Formulas.Programme;
        var own = figures.GetValueOrDefault(head.CyclePath) ?? [];
        MatrixRowResponse Row(PlaceBelow place)
        {
            // A school is compared with the median of the schools beside it, which is the node's own row.
            var isSchool = place.Organisation.LevelRoles.Contains("school");
            var row = figures.GetValueOrDefault(place.Path) ?? [];
            // The spread between schools is no property of one school.
            Measured Of(Indicator indicator) => isSchool && indicator.Kind == "dispersion" ? default : GetNodeDashboard.MeasuredAt(
                indicator, row, place.Completeness, isSchool ? own.GetValueOrDefault(indicator.Id).Median * indicator.Factor : null);
            var measured = indicators.Select(Of).ToArray();
            var (areas, index) = Rating.Rate(programme, Of);
            var (organisation, timely) = (place.Organisation, place.Completeness.Due);
            return new(
                organisation.Id, place.AboveId, organisation.Code, organisation.NameZh, organisation.NameEn, organisation.LevelRoles, place.Completeness.ToResponse(), index, areas,
                [.. indicators.Zip(measured, Rating.Shown)], [.. indicators.Zip(measured, (indicator, one) => one.Due ? Rating.Light(indicator, one) : "absent")],
                [.. indicators.Select(indicator => indicator.Kind == "timeliness" ? timely : row.GetValueOrDefault(indicator.Id).Reported)],
                [.. indicators.Select(indicator => indicator.Kind == "timeliness" ? timely : row.GetValueOrDefault(indicator.Id).Due)]);
        }

        return new(
            head.Organisation, cycleId, whole.AsOf ?? head.OpenedAt, programme.IndicatorsVersion, below,
            [.. indicators.Select(i => new MatrixIndicatorResponse(
                i.Id, i.Area, i.Kind, DefinitionResponse.Both(i.Name)!, DefinitionResponse.Both(i.Unit), i.Decimals, i.Target?.Value, i.Direction, i.Information))],
            Row(new(head.Organisation, null, head.CyclePath, whole)), [.. places.Select(Row)]);
    }
}
