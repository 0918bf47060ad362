using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Analytics.Explanations;

/// <summary>The composite index of a place, taken apart.</summary>
/// <param name="AsOf">Newest submission or review in it; the cycle's opening when there is none.</param>
/// <param name="Areas">In the programme's order; their points add up to the index.</param>
public sealed record IndexExplanationResponse(
    OrganisationResponse Organisation, IReadOnlyList<ParentResponse> Parents, Guid CycleId, DateTimeOffset AsOf, string FormulaVersion, IndexResponse Index,
    IReadOnlyList<IndexAreaResponse> Areas);

/// <summary>What one area of requirement adds.</summary>
/// <param name="Weight">In the programme; areas without a score leave theirs to the others.</param>
/// <param name="Score">0 to 100; null when none of its indicators counts here.</param>
/// <param name="Points">Of the index; null without a score.</param>
public sealed record IndexAreaResponse(
    string Key, ServiceDefaults.Text Name, double Weight, decimal? Score, string Light, decimal? Points, IReadOnlyList<IndexPartResponse> Indicators);

/// <summary>What one indicator adds.</summary>
/// <param name="Weight">Within its area.</param>
/// <param name="Score">0 to 100: how far the target is reached; null when it does not count.</param>
/// <param name="Points">Of the index; null when it does not count.</param>
/// <param name="Missing">Counts, has no value, and so counts as 0.</param>
/// <param name="LeftOut">Why it does not count: "later", "information", "does-not-apply", "no-target" or "nothing-to-count"; null when it does.</param>
public sealed record IndexPartResponse(
    string Id, ServiceDefaults.Text Name, double Weight, decimal? Value, ServiceDefaults.Text? Unit, double? Target, string Light, decimal? Score, decimal? Points,
    bool Missing, string? LeftOut);

internal static class GetIndex
{
    /// <summary>Each number of the index with its weight, its target and the points it adds: the same arithmetic as the dashboards'.</summary>
    public static async Task<Results<Ok<IndexExplanationResponse>, ProblemHttpResult>> HandleAsync(
        Guid organisationId, Guid cycleId, Caller caller, Database database, ProgrammeShelf programmes, AuditTrail trail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (head, problem) = await DashboardHead.ReadAsync(connection, programmes, caller, organisationId, cycleId, cancellationToken);
        if (head is null)
        {
            return problem!.ToHttpResult();
        }

        IndexExplanationResponse? explained;
        if (head.IsSchool)
        {
            var rows = await SchoolRows.ReadAsync(connection, head, cycleId, cancellationToken);
            explained = rows is null ? null : Compose(head, rows.Parents, cycleId, rows.Completeness, indicator => GetSchoolDashboard.MeasuredOf(indicator, rows));
        }
        else
        {
            var rows = await NodeRows.ReadAsync(connection, head, caller, cycleId, [], cancellationToken, below: []);
            explained = Compose(head, rows.Parents, cycleId, rows.Completeness, indicator => GetNodeDashboard.MeasuredAt(indicator, rows.Figures, rows.Completeness, median: null));
        }

        if (explained is null)
        {
            return AnalyticsProblems.NotOnRoster.ToHttpResult();
        }

        await connection.DisposeAsync();
        await trail.SawAsync("figure", organisationId, head.CyclePath, filter: new { cycleId, indicator = "index" });
        return TypedResults.Ok(explained);
    }

    private static IndexExplanationResponse Compose(
        DashboardHead head, IReadOnlyList<ParentResponse> parents, Guid cycleId, Completeness completeness, Func<Indicator, Measured> measured)
    {
        var programme = head.Formulas.Programme;
        var (scores, index) = Rating.Rate(programme, measured);
        var counting = programme.Areas.Where((_, i) => scores[i].Score is not null).Sum(area => area.Weight);
        return new(
            head.Organisation, parents, cycleId, completeness.AsOf ?? head.OpenedAt, programme.IndicatorsVersion, index,
            [.. programme.Areas.Zip(scores, (area, score) => ToArea(programme, area, score, counting, measured))]);
    }

    private static IndexAreaResponse ToArea(Programme programme, Area area, AreaResponse score, double counting, Func<Indicator, Measured> measured)
    {
        var indicators = programme.Indicators.Where(indicator => indicator.Area == area.Key).ToArray();
        var weights = indicators.Where(indicator => Rating.Rated(indicator, measured(indicator)) is not null).Sum(indicator => indicator.Weight);
        var parts = indicators.Select(indicator => ToPart(indicator, measured(indicator), weights > 0 ? area.Weight / counting * indicator.Weight / weights : 0)).ToArray();
        return new(
            area.Key, DefinitionResponse.Both(area.Name)!, area.Weight, score.Score, score.Light, score.Score is null ? null : parts.Sum(part => part.Points ?? 0), parts);
    }

    private static IndexPartResponse ToPart(Indicator indicator, Measured measured, double share)
    {
        var rated = Rating.Rated(indicator, measured);
        return new(
            indicator.Id, DefinitionResponse.Both(indicator.Name)!, indicator.Weight, Rating.Shown(indicator, measured), DefinitionResponse.Both(indicator.Unit), measured.Target,
            Rating.Light(indicator, measured), Rounded(rated * 100, 1), Rounded(rated * share * 100, 4), rated is not null && measured.Value(indicator) is null,
            rated is null ? Why(indicator, measured) : null);
    }

    private static string Why(Indicator indicator, Measured measured) =>
        indicator.Later is not null ? "later"
        : indicator.Information || indicator.Weight == 0 ? "information"
        : !measured.Due ? "does-not-apply"
        : measured.Target is null ? "no-target"
        : "nothing-to-count";

    private static decimal? Rounded(double? value, int decimals) => value is { } some ? Math.Round((decimal)some, decimals, MidpointRounding.AwayFromZero) : null;
}
