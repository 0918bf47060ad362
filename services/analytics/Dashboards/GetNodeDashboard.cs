using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Analytics.Dashboards;

/// <summary>The one chart of a province, city or county.</summary>
/// <param name="Organisation">The place.</param>
/// <param name="Parents">Above it, province first, names only.</param>
/// <param name="AsOf">Newest submission or review in any figure here; the cycle's opening when there is none.</param>
/// <param name="Indicators">All indicators of the programme, in its order, those for later included.</param>
/// <param name="Children">Directly below, as far as the caller may see them, by code.</param>
public sealed record NodeDashboardResponse(
    OrganisationResponse Organisation, IReadOnlyList<ParentResponse> Parents, Guid CycleId, DateTimeOffset AsOf, CompletenessResponse Completeness,
    IReadOnlyList<AreaResponse> Areas, IndexResponse Index, IReadOnlyList<FigureResponse> Indicators, IReadOnlyList<ChildResponse> Children);

/// <summary>A place directly below: a city, county or school.</summary>
/// <param name="Figures">By indicator id; an indicator that does not apply there is left out, one without data has the value null.</param>
public sealed record ChildResponse(
    OrganisationResponse Organisation, CompletenessResponse Completeness, IndexResponse Index, IReadOnlyList<AreaResponse> Areas,
    IReadOnlyDictionary<string, ShortFigureResponse> Figures);

internal static class GetNodeDashboard
{
    public static async Task<Results<Ok<NodeDashboardResponse>, ProblemHttpResult>> HandleAsync(
        Guid organisationId, Guid cycleId, Caller caller, Database database, ProgrammeShelf programmes, AuditTrail trail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (head, problem) = await DashboardHead.ReadNodeAsync(connection, programmes, caller, organisationId, cycleId, cancellationToken);
        if (head is null)
        {
            return problem!.ToHttpResult();
        }

        var rows = await NodeRows.ReadAsync(connection, head, caller, cycleId, head.Formulas.OfSchools.Select(formula => formula.Indicator.Id), cancellationToken);
        // Handed back first: who waits for the audit must not hold what the audit needs.
        await connection.DisposeAsync();
        await trail.SawAsync("dashboard", organisationId, head.CyclePath, 1 + rows.Children.Count, new { cycleId });
        return TypedResults.Ok(Compose(head, rows, cycleId));
    }

    internal static NodeDashboardResponse Compose(DashboardHead head, NodeRows rows, Guid cycleId)
    {
        var programme = head.Formulas.Programme;
        var asOf = rows.Completeness.AsOf ?? head.OpenedAt;
        Measured OfNode(Indicator indicator) => MeasuredAt(indicator, rows.Figures, rows.Completeness, median: null);
        var (areas, index) = Rating.Rate(programme, OfNode);
        return new(
            head.Organisation, rows.Parents, cycleId, asOf, rows.Completeness.ToResponse(), areas, index,
            [.. programme.Indicators.Select(indicator => ToFigure(indicator, OfNode(indicator), rows, asOf, programme.IndicatorsVersion))],
            [.. rows.Children.Select(child => ToChild(programme, child, rows.Figures))]);
    }

    public static FigureResponse ToFigure(Indicator indicator, Measured measured, NodeRows rows, DateTimeOffset asOf, string version)
    {
        var row = rows.Figures.GetValueOrDefault(indicator.Id);
        // Timeliness is counted in module reports: all that are due are in it, whether they came or not.
        var (reported, due, approved) = indicator.Kind == "timeliness"
            ? (rows.Completeness.Due, rows.Completeness.Due, Completeness.Share(rows.Completeness.CountyApproved, rows.Completeness.Submitted))
            : (row.Reported, row.Due, Completeness.Share(row.Approved, row.Reported));
        return new(
            indicator.Id, indicator.Area, indicator.Kind, Rating.Shown(indicator, measured), measured.Numerator, measured.Denominator,
            Bilingual(indicator.Unit), (decimal?)measured.Target, indicator.Direction, Rating.Light(indicator, measured), Bilingual(indicator.Later),
            new(row.AsOf ?? asOf, new(reported, due), approved, version, [.. rows.Excluded[indicator.Id]], due - reported));
    }

    private static ChildResponse ToChild(Programme programme, ChildRow child, Dictionary<string, FigureRow> above)
    {
        // A school is compared with the median of the schools beside it, which is the node's own row.
        var isSchool = child.Organisation.LevelRoles.Contains("school");
        // A spread between schools is none of one school.
        Measured OfChild(Indicator indicator) => isSchool && indicator.Kind == "dispersion" ? default : MeasuredAt(
            indicator, child.Figures, child.Completeness, isSchool ? above.GetValueOrDefault(indicator.Id).Median * indicator.Factor : null);
        var (areas, index) = Rating.Rate(programme, OfChild);
        var figures = programme.Indicators.Select(indicator => (indicator, measured: OfChild(indicator))).Where(pair => pair.measured.Due)
            .ToDictionary(pair => pair.indicator.Id, pair => new ShortFigureResponse(Rating.Shown(pair.indicator, pair.measured), Rating.Light(pair.indicator, pair.measured)));
        return new(child.Organisation, child.Completeness.ToResponse(), index, areas, figures);
    }

    public static Measured MeasuredAt(Indicator indicator, Dictionary<string, FigureRow> figures, Completeness completeness, double? median)
    {
        if (indicator.Kind == "timeliness")
        {
            return completeness.Timeliness(indicator);
        }

        var row = figures.GetValueOrDefault(indicator.Id);
        var target = indicator.Target is { Median: true } ? median : indicator.Target?.Value;
        return row.Reported > 0 ? new(row.Due > 0, row.Numerator, row.Denominator, target) : new(row.Due > 0, null, null, target);
    }

    private static ServiceDefaults.Text? Bilingual(Rules.Text? text) => text is null ? null : new(text.Zh, text.En);
}
