using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Figures;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Analytics.Dashboards;

/// <summary>One school beside its county.</summary>
/// <param name="AsOf">Newest submission or review of this school; the cycle's opening when there is none.</param>
/// <param name="Modules">What it owes, in the roster's order.</param>
public sealed record SchoolDashboardResponse(
    OrganisationResponse Organisation, IReadOnlyList<ParentResponse> Parents, Guid CycleId, DateTimeOffset AsOf, CompletenessResponse Completeness,
    IReadOnlyList<AreaResponse> Areas, IndexResponse Index, IReadOnlyList<SchoolModuleResponse> Modules, IReadOnlyList<SchoolFigureResponse> Indicators);

/// <summary>One module the school owes.</summary>
/// <param name="State">"not-submitted", "submitted", "returned", "approved" or "accepted".</param>
/// <param name="Revision">Latest revision; null before the first.</param>
public sealed record SchoolModuleResponse(string Key, string State, int? Revision, DateTimeOffset? SubmittedAt);

/// <summary>One indicator of the school.</summary>
/// <param name="Target">In the unit of the value; the county's median where the programme says so.</param>
/// <param name="Reason">Why there is no value: "not-submitted", "missing", "does-not-apply", "not-collected", "exempt", "not-computed" or "broken".</param>
/// <param name="CountyMedian">Median of the schools beside it, in the unit of the value; null for shares.</param>
public sealed record SchoolFigureResponse(
    string Id, string Area, string Kind, decimal? Value, decimal? Numerator, decimal? Denominator, ServiceDefaults.Text? Unit, decimal? Target, string Direction,
    string Light, ServiceDefaults.Text? Later, string? Reason, decimal? CountyMedian, PassportResponse Passport);

internal static class GetSchoolDashboard
{
    public static async Task<Results<Ok<SchoolDashboardResponse>, ProblemHttpResult>> HandleAsync(
        Guid organisationId, Guid cycleId, Caller caller, Database database, ProgrammeShelf programmes, AuditTrail trail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (head, problem) = await DashboardHead.ReadAsync(connection, programmes, caller, organisationId, cycleId, cancellationToken);
        if (head is null)
        {
            return problem!.ToHttpResult();
        }

        var rows = await SchoolRows.ReadAsync(connection, head, cycleId, cancellationToken);
        if (rows is null)
        {
            return AnalyticsProblems.NotOnRoster.ToHttpResult();
        }

        // Handed back first: who waits for the audit must not hold what the audit needs.
        await connection.DisposeAsync();
        await trail.SawAsync("dashboard", organisationId, head.CyclePath, filter: new { cycleId });
        return TypedResults.Ok(Compose(head, rows, cycleId));
    }

    internal static SchoolDashboardResponse Compose(DashboardHead head, SchoolRows rows, Guid cycleId)
    {
        var programme = head.Formulas.Programme;
        var asOf = rows.Completeness.AsOf ?? head.OpenedAt;
        Measured Of(Indicator indicator) => MeasuredOf(indicator, rows);
        var (areas, index) = Rating.Rate(programme, Of);
        return new(head.Organisation, rows.Parents, cycleId, asOf, rows.Completeness.ToResponse(), areas, index, rows.Modules,
            [.. programme.Indicators.Select(indicator => ToFigure(indicator, Of(indicator), rows, asOf, head, programme.IndicatorsVersion))]);
    }

    /// <summary>What the school has to show for an indicator, beside the median of its county where that is the target.</summary>
    public static Measured MeasuredOf(Indicator indicator, SchoolRows rows)
    {
        if (indicator.Kind == "timeliness")
        {
            return rows.Completeness.Timeliness(indicator);
        }

        var row = rows.Figures.GetValueOrDefault(indicator.Id);
        var target = indicator.Target is { Median: true } ? row.Median * indicator.Factor : indicator.Target?.Value;
        // The spread between schools is no property of one school.
        return indicator.Kind == "dispersion" ? default : new(row.Due, row.Numerator, row.Denominator, target);
    }

    private static SchoolFigureResponse ToFigure(Indicator indicator, Measured measured, SchoolRows rows, DateTimeOffset asOf, DashboardHead head, string version)
    {
        var row = rows.Figures.GetValueOrDefault(indicator.Id);
        var (reported, due) = (measured.Numerator is null ? 0 : 1, measured.Due ? 1 : 0);
        var reason = measured.Numerator is not null ? null
            : indicator.Later is not null || indicator.Kind == "dispersion" ? IndicatorOutcome.NotComputed
            : row.Reason ?? SchoolIndicator.NotSubmitted;
        return new(
            indicator.Id, indicator.Area, indicator.Kind, Rating.Shown(indicator, measured), measured.Numerator, measured.Denominator,
            Bilingual(indicator.Unit), Rounded(indicator, measured.Target), indicator.Direction, Rating.Light(indicator, measured), Bilingual(indicator.Later),
            reason, indicator.Kind == "dispersion" ? null : Rounded(indicator, row.Median * indicator.Factor),
            new(row.AsOf ?? asOf, new(reported, due), reported == 0 ? null : row.Approved ? 1 : 0, version,
                reported < due ? [new(head.Organisation.Id, reason!)] : [], due - reported));
    }

    private static decimal? Rounded(Indicator indicator, double? value) =>
        value is { } some ? Math.Round((decimal)some, indicator.Decimals, MidpointRounding.AwayFromZero) : null;

    private static ServiceDefaults.Text? Bilingual(Rules.Text? text) => text is null ? null : new(text.Zh, text.En);
}
