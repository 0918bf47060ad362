using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Analytics.Explanations;

/// <summary>One number of a province, city or county with all that stands behind it.</summary>
/// <param name="Figure">As the dashboard shows it, passport included.</param>
/// <param name="Standing">How far it can still change.</param>
/// <param name="Approved">The same from the schools alone whose modules passed the county's review or a later one.</param>
/// <param name="Published">As the newest publication has it, which later corrections do not touch; null before the first.</param>
/// <param name="LeftOut">Schools that owe a value and have none, by reason: "not-submitted", "missing" or "broken".</param>
/// <param name="DoesNotApply">Schools it says nothing about, or that do not owe what it reads.</param>
/// <param name="Parts">What it is the sum of: everything directly below, as far as the caller may see it.</param>
public sealed record FigureExplanationResponse(
    OrganisationResponse Organisation, IReadOnlyList<ParentResponse> Parents, Guid CycleId, DefinitionResponse Definition, FigureResponse Figure,
    StandingResponse Standing, PartialFigureResponse? Approved, PublishedFigureResponse? Published, IReadOnlyDictionary<string, int> LeftOut, int DoesNotApply, IReadOnlyList<FigurePartResponse> Parts);

/// <summary>How far a figure can still change.</summary>
/// <param name="State">"provisional" while the cycle is open or something due has not been accepted; "final" after.</param>
/// <param name="ClosedAt">When the cycle took the last report.</param>
/// <param name="Accepted">Module reports here and below that the province accepted, of those submitted.</param>
public sealed record StandingResponse(string State, DateTimeOffset? ClosedAt, int Accepted, int Submitted, int Due);

/// <summary>A figure of some of the schools.</summary>
public sealed record PartialFigureResponse(decimal? Value, decimal Numerator, decimal Denominator, int Schools);

/// <summary>A figure as published.</summary>
/// <param name="Differs">Whether the figure has changed since.</param>
public sealed record PublishedFigureResponse(
    int Number, DateTimeOffset PublishedAt, bool Final, string FormulaVersion, decimal? Value, decimal Numerator, decimal Denominator, int Reported, bool Differs);

/// <summary>What one place directly below adds.</summary>
/// <param name="Numerator">Null without a value.</param>
/// <param name="Denominator">Null without a value.</param>
/// <param name="Reported">Schools with a value.</param>
/// <param name="Due">Schools it applies to.</param>
public sealed record FigurePartResponse(
    OrganisationResponse Organisation, decimal? Value, string Light, decimal? Numerator, decimal? Denominator, int Reported, int Due, int Approved, DateTimeOffset? AsOf);

internal static class GetFigure
{
    /// <summary>Where a number of a dashboard comes from: formula, coverage, who is left out and why, and the parts it is the sum of.</summary>
    public static async Task<Results<Ok<FigureExplanationResponse>, ProblemHttpResult>> HandleAsync(
        string indicator, Guid organisationId, Guid cycleId, Caller caller, Database database, ProgrammeShelf programmes, AuditTrail trail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (head, problem) = await FigureHead.ReadAsync(connection, programmes, caller, indicator, organisationId, cycleId, cancellationToken);
        if (head is null || head.IsSchool)
        {
            return (problem ?? AnalyticsProblems.FigureOfASchool).ToHttpResult();
        }

        var rows = await NodeRows.ReadAsync(connection, head.Place, caller, cycleId, [head.Indicator.Id], cancellationToken, below: [head.Indicator.Id]);
        await connection.DisposeAsync();
        var behind = await BehindFigure.ReadAsync(database, head, cycleId, cancellationToken);
        await trail.SawAsync("figure", organisationId, head.Place.CyclePath, 1 + rows.Children.Count, new { cycleId, indicator });
        return TypedResults.Ok(Compose(head, rows, behind, cycleId));
    }

    private static FigureExplanationResponse Compose(FigureHead head, NodeRows rows, BehindFigure behind, Guid cycleId)
    {
        var (indicator, programme) = (head.Indicator, head.Formulas.Programme);
        var measured = GetNodeDashboard.MeasuredAt(indicator, rows.Figures, rows.Completeness, median: null);
        var (done, row) = (rows.Completeness, rows.Figures.GetValueOrDefault(indicator.Id));
        var counted = indicator.Kind == "timeliness" || indicator.Later is not null;
        return new(
            head.Place.Organisation, rows.Parents, cycleId, DefinitionResponse.Of(programme, indicator),
            GetNodeDashboard.ToFigure(indicator, measured, rows, rows.Completeness.AsOf ?? head.Place.OpenedAt, programme.IndicatorsVersion),
            new(behind.ClosedAt is not null && done.Accepted == done.Submitted ? "final" : "provisional", behind.ClosedAt, done.Accepted, done.Submitted, done.Due),
            counted || indicator.Kind == "dispersion" ? null
                : new(Rating.Shown(indicator, new(true, behind.Numerator, behind.Denominator, null)), behind.Numerator, behind.Denominator, behind.Approved),
            Published(indicator, behind.Published, measured), behind.LeftOut, counted ? 0 : done.Schools - row.Due, [.. rows.Children.Select(child => ToPart(head, child, rows))]);
    }

    internal static PublishedFigureResponse? Published(Indicator indicator, PublishedRow? row, Measured now) => row is null ? null : new(
        row.Number, row.At, row.Final, row.FormulaVersion, row.Reported == 0 ? null : Rating.Shown(indicator, new(true, row.Numerator, row.Denominator, null)),
        row.Numerator, row.Denominator, row.Reported, (now.Numerator ?? 0, now.Denominator ?? 0) != (row.Numerator, row.Denominator));

    private static FigurePartResponse ToPart(FigureHead head, ChildRow child, NodeRows rows)
    {
        var indicator = head.Indicator;
        var isSchool = child.Organisation.LevelRoles.Contains("school");
        var median = isSchool ? rows.Figures.GetValueOrDefault(indicator.Id).Median * indicator.Factor : null;
        // A school has no spread of its own: what it gives is its numerator and denominator.
        var measured = GetNodeDashboard.MeasuredAt(indicator, child.Figures, child.Completeness, median);
        var row = child.Figures.GetValueOrDefault(indicator.Id);
        return indicator.Kind == "timeliness"
            ? new(child.Organisation, Rating.Shown(indicator, measured), Rating.Light(indicator, measured), measured.Numerator, measured.Denominator,
                child.Completeness.Submitted, child.Completeness.Due, child.Completeness.CountyApproved, child.Completeness.AsOf)
            : new(child.Organisation, Rating.Shown(indicator, measured), Rating.Light(indicator, measured), row.Numerator, row.Denominator, row.Reported, row.Due, row.Approved, row.AsOf);
    }
}
