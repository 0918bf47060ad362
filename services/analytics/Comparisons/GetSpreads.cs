using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Analytics.Comparisons;

/// <summary>How schools spread within each group, for several indicators: box plots in one answer.</summary>
/// <param name="By">The dimension, as breakdowns have it.</param>
public sealed record SpreadsResponse(OrganisationResponse Organisation, Guid CycleId, string By, IReadOnlyList<IndicatorSpreadResponse> Indicators);

/// <summary>One indicator.</summary>
/// <param name="AsOf">Newest submission or review in it; null before the first.</param>
/// <param name="Behind">More has come since: of a place with very many schools what was counted last is shown.</param>
public sealed record IndicatorSpreadResponse(
    string Id, Text Name, Text? Unit, DateTimeOffset? AsOf, bool Behind, string FormulaVersion, GroupResponse Whole, IReadOnlyList<GroupResponse> Groups);

internal static class GetSpreads
{
    private const int Most = 6;

    public static async Task<Results<Ok<SpreadsResponse>, ProblemHttpResult>> HandleAsync(
        Guid organisationId, Guid cycleId, string indicators, string by, Caller caller, Database database, ProgrammeShelf programmes, GroupShelf shelf, AuditTrail trail,
        CancellationToken cancellationToken)
    {
        var asked = indicators.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToArray();
        if (asked.Length is 0 or > Most)
        {
            return GeneralProblems.Invalid(new FieldError("indicators", "count", new("请选择 1 至 6 个指标", "One to six indicators"))).ToHttpResult();
        }

        DashboardHead? head;
        Problem? problem;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            (head, problem) = await DashboardHead.ReadNodeAsync(connection, programmes, caller, organisationId, cycleId, cancellationToken);
        }

        if (head is null)
        {
            return problem!.ToHttpResult();
        }

        var spreads = new List<IndicatorSpreadResponse>();
        foreach (var id in asked)
        {
            if (head.Formulas.Programme.Indicators.FirstOrDefault(one => one.Id == id) is not { } indicator)
            {
                return AnalyticsProblems.UnknownIndicator.ToHttpResult();
            }

            if (Dimension.Of(by, head.Formulas.Programme) is not { } dimension || indicator.Numerator is null || indicator.Later is not null)
            {
                return AnalyticsProblems.NoBreakdown.ToHttpResult();
            }

            var (rows, behind) = await shelf.ReadAsync(new(head, indicator), dimension, cycleId, cancellationToken);
            spreads.Add(new(
                id, DefinitionResponse.Both(indicator.Name)!, DefinitionResponse.Both(indicator.Unit), rows.AsOf, behind, head.Formulas.Programme.IndicatorsVersion, rows.Whole,
                await rows.SeenAsync(caller, head, dimension, database, cancellationToken)));
        }

        await trail.SawAsync("figure", organisationId, head.CyclePath, spreads.Sum(spread => spread.Groups.Count), new { cycleId, indicators = asked, by });
        return TypedResults.Ok(new SpreadsResponse(head.Organisation, cycleId, by, spreads));
    }
}
